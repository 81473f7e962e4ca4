import { useTranslation } from "react-i18next";
import { NumberField } from "@/components/number-field";
import type { SectionProps } from "../hooks/use-draft";
import { timeFields } from "../model/settings";

/** How long the server waits for this channel before it goes on to another. */
export function TimeoutFields({ draft: { settings }, errorOf, set }: SectionProps) {
  const { t } = useTranslation();
  return (
    <div className="grid gap-4 sm:grid-cols-2">
      {timeFields.map((name) => (
        <NumberField
          key={name}
          label={t(`channels.field.${name}`)}
          hint={t(`channels.editor.${name}`)}
          error={errorOf(name)}
          value={settings[name]}
          unit={t("units.seconds")}
          placeholder={t("channels.editor.asSite")}
          onChange={(value) => set({ [name]: value })}
        />
      ))}
    </div>
  );
}

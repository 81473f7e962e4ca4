import { useTranslation } from "react-i18next";
import { Field } from "@/components/ui/field";
import { FlagField } from "@/components/ui/flag-field";
import { type ConfigField, nameIn } from "@/lib/channel-types";
import { type Channel, optionOf, withOption } from "../model/channel";
import { DescriptorControl } from "./descriptor-control";

interface OptionFieldsProps {
  fields: readonly ConfigField[];
  channel: Channel;
  errorOf: (name: string) => string | undefined;
  onChange: (channel: Channel) => void;
}

/** The settings of a channel type, drawn from what the plugin declares. What is left empty has the plugin's own default. */
export function OptionFields({ fields, channel, errorOf, onChange }: OptionFieldsProps) {
  const { t, i18n } = useTranslation();
  return (
    <fieldset className="flex flex-col gap-5 rounded-panel border border-line px-4 pt-3 pb-4">
      <legend className="px-1 text-sm font-medium text-muted">{t("channels.editor.options")}</legend>
      {fields.map((field) => {
        const label = nameIn(field.label, i18n.language, field.name);
        const hint = nameIn(field.hint, i18n.language, "");
        const value = optionOf(channel, field.name);
        const set = (next: string) => onChange(withOption(channel, field.name, next));
        if (field.kind === "FLAG") {
          return <FlagField key={field.name} label={label} hint={hint} on={(value || field.fallback) === "true"} onChange={(on) => set(String(on))} />;
        }
        const hints = [hint, field.fallback && t("channels.editor.byDefault", { value: field.fallback })];
        return (
          <Field key={field.name} label={label} hint={hints.filter(Boolean).join(" ")} error={errorOf(field.name)} required={field.required}>
            <DescriptorControl field={field} value={value} onChange={set} />
          </Field>
        );
      })}
    </fieldset>
  );
}

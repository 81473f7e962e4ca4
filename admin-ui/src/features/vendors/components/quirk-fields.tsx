import { useTranslation } from "react-i18next";
import { NamesInput } from "@/components/names-input";
import { Disclosure } from "@/components/ui/disclosure";
import { Field } from "@/components/ui/field";
import { FlagField } from "@/components/ui/flag-field";
import { hasQuirk, quirks, textsAt, withQuirk, withValue } from "../model/profile";
import type { ProfilePartProps } from "./profile-form";

/** In what most vendors that differ do differ; open from the start where something of it is said. */
export function QuirkFields({ profile, onChange, errorAt }: ProfilePartProps) {
  const { t } = useTranslation();
  const dropped = textsAt(profile, "/chat/drop");
  const dropError = errorAt("/chat/drop");
  const inUse = dropped.length > 0 || dropError !== undefined || quirks.some((quirk) => hasQuirk(profile, quirk) !== quirk.usual || errorAt(quirk.pointer) !== undefined);
  return (
    <Disclosure label={t("vendors.editor.quirks")} wanted={inUse}>
      {quirks.map((quirk) => (
        <FlagField
          key={quirk.name}
          label={t(`vendors.quirk.${quirk.name}.label`)}
          hint={t(`vendors.quirk.${quirk.name}.hint`)}
          error={errorAt(quirk.pointer)}
          on={hasQuirk(profile, quirk)}
          onChange={(on) => onChange((now) => withQuirk(now, quirk, on))}
        />
      ))}
      <Field label={t("vendors.field.drop")} hint={t("vendors.editor.dropHint")} error={dropError}>
        <NamesInput
          names={dropped}
          placeholder={"logit_bias"}
          onChange={(names) => onChange((now) => withValue(now, "/chat/drop", names.length > 0 ? names : undefined))}
        />
      </Field>
      <p className="text-sm text-muted">{t("vendors.editor.quirksMore")}</p>
    </Disclosure>
  );
}

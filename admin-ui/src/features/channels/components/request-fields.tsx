import { useTranslation } from "react-i18next";
import { JsonEditor } from "@/components/json-editor";
import { Field, Select, TextArea } from "@/components/ui/field";
import { FlagField } from "@/components/ui/flag-field";
import type { SectionProps } from "../hooks/use-draft";
import { flagFields, parameterEffect, parameterMistake, type Settings, unmappedChoices } from "../model/settings";
import { HeaderRows } from "./header-rows";
import { Group } from "./section";

interface RequestFieldsProps extends SectionProps {
  /** What the type never passes on. */
  unmapped: readonly string[];
}

/** What becomes of a request on its way to this channel. */
export function RequestFields({ draft: { channel, settings }, unmapped, errorOf, change, set }: RequestFieldsProps) {
  const { t } = useTranslation();
  return (
    <>
      <Field label={t("channels.field.mapper")} hint={t("channels.editor.mapperHint")} error={errorOf("mapper")}>
        <TextArea
          rows={3}
          spellCheck={false}
          className="font-mono text-sm"
          placeholder={"gpt-4o>gpt-4o-2024-08-06"}
          value={channel.mapper}
          onChange={(event) => change({ mapper: event.target.value })}
        />
      </Field>
      {flagFields.map((name) => (
        <FlagField
          key={name}
          label={t(`channels.field.${name}`)}
          hint={t(`channels.editor.${name}`)}
          error={errorOf(name)}
          on={settings[name]}
          onChange={(on) => set({ [name]: on })}
        />
      ))}
      <HeaderRows rows={settings.header_override} error={errorOf("header_override")} onChange={(rows) => set({ header_override: rows })} />
      <Parameters text={settings.param_override} refused={errorOf("param_override")} onChange={(text) => set({ param_override: text })} />
      <Field
        label={t("channels.field.unmapped")}
        error={errorOf("unmappedFields")}
        hint={unmapped.length > 0 ? t("channels.editor.unmappedKnown", { fields: unmapped.join(", ") }) : t("channels.editor.unmappedHint")}
      >
        <Select value={settings.unmappedFields} onChange={(event) => set({ unmappedFields: event.target.value as Settings["unmappedFields"] })}>
          {unmappedChoices.map((choice) => (
            <option key={choice} value={choice}>
              {t(`channels.unmapped.${choice || "site"}`)}
            </option>
          ))}
        </Select>
      </Field>
    </>
  );
}

/** Members of the request as JSON, with what that will do in words below. Mistakes are said while somebody types: JSON is rarely right at once. */
function Parameters({ text, refused, onChange }: { text: string; refused: string | undefined; onChange: (text: string) => void }) {
  const { t } = useTranslation();
  const mistake = parameterMistake(text);
  const words = mistake ? { line: mistake.line, words: t(`channels.parameters.${mistake.problem}`, { member: mistake.member }) } : null;
  const { set, removed } = parameterEffect(text);
  const effects = [
    set.length > 0 && t("channels.parameters.sets", { members: set.join(", ") }),
    removed.length > 0 && t("channels.parameters.removes", { members: removed.join(", ") }),
  ];
  return (
    <Group legend={t("channels.field.param_override")}>
      <JsonEditor
        label={t("channels.field.param_override")}
        rows={3}
        text={text}
        placeholder={'{ "temperature": 0.3, "logit_bias": null }'}
        mistake={words ?? (refused ? { line: 1, words: refused } : null)}
        hint={(words === null && effects.filter(Boolean).join(" ")) || t("channels.parameters.hint")}
        onChange={onChange}
      />
    </Group>
  );
}

import { useTranslation } from "react-i18next";
import { Field, Input, Select } from "@/components/ui/field";
import { Switch } from "@/components/ui/switch";
import { type Channel, type ConfigField, nameIn, optionOf, withOption } from "../model/channel";

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
        const value = optionOf(channel, field.name);
        const set = (next: string) => onChange(withOption(channel, field.name, next));
        if (field.kind === "FLAG") {
          return (
            <label key={field.name} className="flex items-center gap-3 text-sm">
              <Switch checked={(value || field.fallback) === "true"} onCheckedChange={(on) => set(String(on))} />
              {label}
            </label>
          );
        }
        const hint = [nameIn(field.hint, i18n.language, ""), field.fallback && t("channels.editor.byDefault", { value: field.fallback })];
        return (
          <Field key={field.name} label={label} hint={hint.filter(Boolean).join(" ")} error={errorOf(field.name)} required={field.required}>
            <OptionControl field={field} value={value} onChange={set} />
          </Field>
        );
      })}
    </fieldset>
  );
}

function OptionControl({ field, value, onChange }: { field: ConfigField; value: string; onChange: (value: string) => void }) {
  if (field.kind === "CHOICE") {
    return (
      <Select value={value} onChange={(event) => onChange(event.target.value)}>
        <option value="">{field.fallback || "–"}</option>
        {field.choices
          .filter((choice) => choice !== field.fallback)
          .map((choice) => (
            <option key={choice} value={choice}>
              {choice}
            </option>
          ))}
      </Select>
    );
  }
  const types = { TEXT: "text", SECRET: "password", URL: "url", NUMBER: "number", FLAG: "text" } as const;
  return (
    <Input
      type={types[field.kind]}
      {...(field.kind === "NUMBER" ? { step: "any" } : {})}
      {...(field.kind === "SECRET" ? { autoComplete: "new-password" } : {})}
      placeholder={field.fallback}
      spellCheck={false}
      value={value}
      onChange={(event) => onChange(event.target.value)}
    />
  );
}

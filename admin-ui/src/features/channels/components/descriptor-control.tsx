import { Input, Select } from "@/components/ui/field";
import type { ConfigField } from "@/lib/channel-types";

interface DescriptorControlProps {
  field: ConfigField;
  /** Empty where nothing was chosen and the fallback of the plugin counts. */
  value: string;
  onChange: (value: string) => void;
}

/** The control for a setting that is not on or off, by its kind. Stands in a field. */
export function DescriptorControl({ field, value, onChange }: DescriptorControlProps) {
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
  const kinds = {
    TEXT: { type: "text" },
    FLAG: { type: "text" },
    SECRET: { type: "password", autoComplete: "new-password", className: "font-mono" },
    URL: { type: "url", inputMode: "url", className: "font-mono" },
    NUMBER: { type: "number", inputMode: "decimal", step: "any" },
  } as const;
  return (
    <Input
      autoComplete="off"
      {...kinds[field.kind]}
      placeholder={field.fallback}
      spellCheck={false}
      autoCapitalize="none"
      value={value}
      onChange={(event) => onChange(event.target.value)}
    />
  );
}

import { useEffect, useState } from "react";
import { Input } from "@/components/ui/field";
import { useSettled } from "@/lib/browser";

interface FilterFieldProps {
  value: string;
  label: string;
  numeric?: boolean;
  className?: string;
  onChange: (value: string) => void;
}

/** A text that lists are filtered by: it counts when somebody stops typing, so that not every letter is asked for. */
export function FilterField({ value, label, numeric = false, className, onChange }: FilterFieldProps) {
  const [typed, setTyped] = useState(value);
  const settled = useSettled(typed);
  useEffect(() => setTyped(value), [value]);
  useEffect(() => {
    if (settled === typed && settled !== value) {
      onChange(settled);
    }
    // What is typed is handed on once, when it has settled; that the address has changed meanwhile is no new typing.
    // oxlint-disable-next-line react/exhaustive-deps
  }, [settled]);
  return (
    <Input
      aria-label={label}
      placeholder={label}
      value={typed}
      spellCheck={false}
      autoCapitalize="none"
      autoComplete="off"
      inputMode={numeric ? "numeric" : "search"}
      className={className}
      onChange={(event) => setTyped(numeric ? event.target.value.replace(/\D/g, "") : event.target.value)}
      onKeyDown={(event) => event.key === "Enter" && onChange(typed)}
      onBlur={() => typed !== value && onChange(typed)}
    />
  );
}

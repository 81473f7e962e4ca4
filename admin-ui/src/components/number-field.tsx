import type { ReactNode } from "react";
import { cn } from "@/lib/cn";
import { Field, Input } from "./ui/field";

interface NumberFieldProps {
  label: string;
  hint?: ReactNode;
  error?: string | undefined;
  /** As it was typed; empty where the default counts. */
  value: string;
  /** What the figure counts, short. */
  unit?: string;
  /** The default, shown where nothing is typed. */
  placeholder?: string;
  disabled?: boolean;
  className?: string;
  onChange: (value: string) => void;
}

/** A figure with its unit. Kept as text, so that nothing somebody types is lost before it can be judged. */
export function NumberField({ label, hint, error, value, unit, placeholder, disabled, className, onChange }: NumberFieldProps) {
  return (
    <Field label={label} hint={hint} error={error} {...(className ? { className } : {})}>
      <span className="relative block">
        <Input
          inputMode="decimal"
          autoComplete="off"
          value={value}
          placeholder={placeholder}
          disabled={disabled}
          className={cn("tabular-nums", unit && (unit.length > 3 ? "pr-20" : "pr-11"))}
          onChange={(event) => onChange(event.target.value)}
        />
        {unit && <span className="pointer-events-none absolute inset-y-0 right-3 flex items-center text-sm text-muted">{unit}</span>}
      </span>
    </Field>
  );
}

import { useId } from "react";
import { Switch } from "./switch";

interface FlagFieldProps {
  label: string;
  hint?: string;
  error?: string | undefined;
  on: boolean;
  disabled?: boolean;
  onChange: (on: boolean) => void;
}

/** Something that is on or off, and what helps with it. */
export function FlagField({ label, hint = "", error, on, disabled = false, onChange }: FlagFieldProps) {
  const id = useId();
  const describedBy = [error && `${id}-error`, hint && `${id}-hint`].filter(Boolean).join(" ");
  return (
    <div className="flex flex-col gap-1">
      <label className="flex items-center gap-3 text-sm font-medium">
        <Switch checked={on} disabled={disabled} onCheckedChange={onChange} aria-invalid={error ? true : undefined} {...(describedBy ? { "aria-describedby": describedBy } : {})} />
        {label}
      </label>
      {error && (
        <p id={`${id}-error`} className="pl-12 text-sm text-danger">
          {error}
        </p>
      )}
      {hint && (
        <p id={`${id}-hint`} className="pl-12 text-sm text-muted">
          {hint}
        </p>
      )}
    </div>
  );
}

import { ChevronDown } from "lucide-react";
import { type ComponentProps, type ReactNode, createContext, useContext, useId } from "react";
import { cn } from "@/lib/cn";

const controlStyles =
  "w-full rounded-control border border-line-strong bg-paper px-3 text-base text-ink placeholder:text-faint focus-visible:outline-2 focus-visible:outline-offset-0 aria-invalid:border-danger read-only:not-[select]:bg-sunken read-only:not-[select]:text-muted disabled:opacity-60";

interface FieldIds {
  control: string;
  label: string;
  describedBy: string | undefined;
  invalid: boolean;
  required: boolean;
}

const FieldContext = createContext<FieldIds | null>(null);

interface FieldProps {
  label: string;
  hint?: ReactNode;
  error?: string | undefined;
  required?: boolean;
  className?: string;
  children: ReactNode;
}

/** A label, one control, and what helps with it; the control finds its name and its description by itself. */
export function Field({ label, hint, error, required = false, className, children }: FieldProps) {
  const id = useId();
  const describedBy = [error && `${id}-error`, hint && `${id}-hint`].filter(Boolean).join(" ") || undefined;
  return (
    <FieldContext.Provider value={{ control: id, label: `${id}-label`, describedBy, invalid: Boolean(error), required }}>
      <div className={cn("flex flex-col gap-1.5", className)}>
        <label id={`${id}-label`} htmlFor={id} className="text-sm font-medium">
          {label}
        </label>
        {children}
        {error && (
          <p id={`${id}-error`} className="text-sm text-danger">
            {error}
          </p>
        )}
        {hint && (
          <p id={`${id}-hint`} className="text-sm text-muted">
            {hint}
          </p>
        )}
      </div>
    </FieldContext.Provider>
  );
}

function useFieldProps() {
  const ids = useContext(FieldContext);
  return ids ? { id: ids.control, "aria-describedby": ids.describedBy, "aria-invalid": ids.invalid || undefined, required: ids.required } : {};
}

/**
 * For a button that opens a list instead of a control of the browser: it is called by the label of its field and by what is chosen.
 *
 * @param value the id of the element that shows what is chosen
 */
export function useFieldButton(value: string) {
  const ids = useContext(FieldContext);
  return ids
    ? { id: ids.control, "aria-labelledby": `${ids.label} ${value}`, "aria-describedby": ids.describedBy, "aria-invalid": ids.invalid || undefined }
    : { "aria-labelledby": value };
}

export function Input({ className, ...rest }: ComponentProps<"input">) {
  return <input {...useFieldProps()} className={cn(controlStyles, "h-9 pointer-coarse:h-11", className)} {...rest} />;
}

export function TextArea({ className, ...rest }: ComponentProps<"textarea">) {
  return <textarea {...useFieldProps()} className={cn(controlStyles, "min-h-20 resize-y py-2", className)} {...rest} />;
}

/** The browser's own list, which every phone and screen reader knows how to handle, in our frame. */
export function Select({ className, children, ...rest }: ComponentProps<"select">) {
  return (
    <span className="relative block">
      <select {...useFieldProps()} className={cn(controlStyles, "h-9 appearance-none truncate pr-9 pointer-coarse:h-11", className)} {...rest}>
        {children}
      </select>
      <ChevronDown className="pointer-events-none absolute top-1/2 right-3 size-4 -translate-y-1/2 text-muted" aria-hidden />
    </span>
  );
}

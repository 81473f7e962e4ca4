import { useId } from "react";
import { useTranslation } from "react-i18next";
import { cn } from "@/lib/cn";

interface JsonEditorProps {
  label: string;
  hint: string;
  text: string;
  /** How many lines it shows at least. */
  rows?: number;
  placeholder?: string;
  /** The line to look at, from 1, and why. */
  mistake: { line: number; words: string } | null;
  onChange: (text: string) => void;
}

/** A plain editor for JSON. It is as high as its text, so that its line numbers need no scrolling of their own. */
export function JsonEditor({ label, hint, text, rows = 16, placeholder = "", mistake, onChange }: JsonEditorProps) {
  const { t } = useTranslation();
  const id = useId();
  const lines = text.split("\n").length;
  return (
    <div className="flex flex-col gap-2">
      {mistake && (
        <p id={`${id}-mistake`} className="text-sm text-danger">
          {t("jsonEditor.mistake", mistake)}
        </p>
      )}
      <div
        className={cn(
          "relative flex overflow-hidden rounded-control border bg-paper font-mono text-sm leading-5.5 focus-within:outline-2 focus-within:outline-accent pointer-coarse:leading-7",
          mistake ? "border-danger" : "border-line-strong",
        )}
      >
        {mistake && (
          <div
            aria-hidden
            className="absolute inset-x-0 top-2.5 h-[1lh] bg-danger-soft"
            style={{ transform: `translateY(calc(${mistake.line - 1} * 1lh))` }}
          />
        )}
        <pre aria-hidden className="relative shrink-0 py-2.5 pr-3 pl-3 text-right text-faint select-none">
          {Array.from({ length: lines }, (_, at) => at + 1).join("\n")}
        </pre>
        <textarea
          aria-label={label}
          aria-invalid={mistake ? true : undefined}
          aria-describedby={mistake ? `${id}-mistake ${id}-hint` : `${id}-hint`}
          value={text}
          rows={Math.max(lines, rows)}
          placeholder={placeholder}
          wrap="off"
          spellCheck={false}
          autoComplete="off"
          autoCapitalize="none"
          className="relative min-w-0 flex-1 resize-none overflow-x-auto overflow-y-hidden bg-transparent py-2.5 pr-3 leading-[inherit] outline-none scroll-thin placeholder:text-faint"
          onChange={(event) => onChange(event.target.value)}
        />
      </div>
      <p id={`${id}-hint`} className="text-sm text-muted">
        {hint}
      </p>
    </div>
  );
}

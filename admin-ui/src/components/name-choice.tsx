import { Search } from "lucide-react";
import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import { cn } from "@/lib/cn";
import { hasWords } from "@/lib/names";
import { Button } from "./ui/button";

export interface NameOption {
  name: string;
  /** What has to be known of it. */
  note?: ReactNode;
}

export interface Preset {
  label: string;
  disabled?: boolean;
  /** What is chosen after it, given the names that the search finds. */
  choose: (found: readonly string[]) => Iterable<string>;
}

interface NameChoiceProps {
  label: string;
  options: readonly NameOption[];
  chosen: ReadonlySet<string>;
  /** Buttons that choose many at once. */
  presets: readonly Preset[];
  className?: string;
  onChange: (chosen: Set<string>) => void;
}

/** How many rows are drawn; the search finds the others. */
const MOST_ROWS = 200;

/** Chooses some of many names by check boxes, with a search above them. */
export function NameChoice({ label, options, chosen, presets, className, onChange }: NameChoiceProps) {
  const { t } = useTranslation();
  const [search, setSearch] = useState("");
  const found = options.filter(({ name }) => hasWords([name], search.trim()));
  const toggle = (name: string, on: boolean) => {
    const next = new Set(chosen);
    if (on) {
      next.add(name);
    } else {
      next.delete(name);
    }
    onChange(next);
  };
  return (
    <fieldset className={cn("flex min-h-0 flex-col rounded-control border border-line-strong", className)}>
      <legend className="sr-only">{label}</legend>
      <div className="flex flex-wrap items-center gap-x-2 gap-y-1 border-b border-line py-1 pr-1 pl-3">
        <Search className="size-4 shrink-0 text-faint" aria-hidden />
        <input
          type="search"
          value={search}
          aria-label={t("nameChoice.search")}
          placeholder={t("nameChoice.search")}
          className="h-9 min-w-32 flex-1 bg-transparent text-base outline-none placeholder:text-faint pointer-coarse:h-11"
          onChange={(event) => setSearch(event.target.value)}
        />
        <span className="flex flex-wrap gap-0.5">
          {presets.map((preset) => (
            <Button key={preset.label} size="sm" variant="ghost" disabled={preset.disabled} onClick={() => onChange(new Set(preset.choose(found.map(({ name }) => name))))}>
              {preset.label}
            </Button>
          ))}
        </span>
      </div>
      <ul className="min-h-0 flex-1 overflow-y-auto p-1.5 scroll-thin" tabIndex={-1}>
        {found.slice(0, MOST_ROWS).map(({ name, note }) => (
          <li key={name}>
            <label className="flex min-h-9 items-center gap-2.5 rounded-md px-2 hover:bg-hover pointer-coarse:min-h-11">
              <input type="checkbox" className="size-4 shrink-0 accent-accent" checked={chosen.has(name)} onChange={(event) => toggle(name, event.target.checked)} />
              <span className="min-w-0 flex-1 truncate font-mono text-sm">{name}</span> {note}
            </label>
          </li>
        ))}
        {found.length === 0 && <li className="px-2 py-5 text-center text-sm text-muted">{t("nameChoice.noMatch")}</li>}
        {found.length > MOST_ROWS && <li className="px-2 py-2 text-sm text-muted">{t("nameChoice.more", { count: found.length - MOST_ROWS })}</li>}
      </ul>
    </fieldset>
  );
}

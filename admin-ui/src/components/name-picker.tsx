import { Command } from "cmdk";
import { Check, ChevronDown, Search } from "lucide-react";
import { useId, useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { cn } from "@/lib/cn";
import { hasWords } from "@/lib/names";
import { useFieldButton } from "./ui/field";
import { PopoverPanel, PopoverRoot, PopoverTrigger } from "./ui/popover";

interface NamePickerProps {
  names: readonly string[];
  /** Empty where none is chosen. */
  value: string;
  /** Stands where none is chosen; as a choice too where `clearable`. */
  placeholder: string;
  clearable?: boolean;
  onChoose: (name: string) => void;
}

/** How many rows are drawn; the search finds the others. */
const MOST_ROWS = 200;

/** Chooses one of many names, such as models: searchable, driven by keyboard. Stands in a field. */
export function NamePicker({ names, value, placeholder, clearable = false, onChoose }: NamePickerProps) {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  const [search, setSearch] = useState("");
  const shownId = useId();
  const field = useFieldButton(shownId);
  const found = useMemo(() => names.filter((name) => hasWords([name], search.trim())), [names, search]);
  const choose = (name: string) => {
    setOpen(false);
    setSearch("");
    onChoose(name);
  };
  return (
    <PopoverRoot modal open={open} onOpenChange={setOpen}>
      <PopoverTrigger
        {...field}
        className="flex h-9 w-full items-center gap-2 rounded-control border border-line-strong bg-paper px-3 text-left text-base focus-visible:outline-2 focus-visible:outline-offset-0 aria-invalid:border-danger pointer-coarse:h-11"
      >
        <span id={shownId} className={cn("min-w-0 flex-1 truncate", value ? "font-mono text-sm" : "text-faint")}>
          {value || placeholder}
        </span>
        <ChevronDown className="size-4 shrink-0 text-muted" aria-hidden />
      </PopoverTrigger>
      <PopoverPanel
        align="start"
        aria-label={t("namePicker.label")}
        className="w-[max(var(--radix-popover-trigger-width),min(20rem,calc(100vw-1.5rem)))] max-w-[calc(100vw-1.5rem)] overflow-hidden"
      >
        <Command label={t("namePicker.label")} loop shouldFilter={false} {...(value ? { defaultValue: value } : {})}>
          <div className="flex items-center gap-2.5 border-b border-line px-3.5">
            <Search className="size-4 text-faint" aria-hidden />
            <Command.Input
              value={search}
              onValueChange={setSearch}
              placeholder={t("namePicker.search")}
              className="h-11 min-w-0 flex-1 bg-transparent text-base outline-none placeholder:text-faint"
            />
          </div>
          <Command.List className="relative max-h-[min(18rem,calc(var(--radix-popover-content-available-height)-4rem))] overflow-y-auto overscroll-contain p-1.5 scroll-thin">
            <Command.Empty className="px-3 py-6 text-center text-sm text-muted">{t("namePicker.noMatch")}</Command.Empty>
            {clearable && search === "" && <Row name="" label={placeholder} current={value === ""} onChoose={choose} />}
            {found.slice(0, MOST_ROWS).map((name) => (
              <Row key={name} name={name} current={name === value} onChoose={choose} />
            ))}
            {found.length > MOST_ROWS && <p className="px-2.5 py-2 text-sm text-muted">{t("namePicker.more", { count: found.length - MOST_ROWS })}</p>}
          </Command.List>
        </Command>
      </PopoverPanel>
    </PopoverRoot>
  );
}

function Row({ name, label, current, onChoose }: { name: string; label?: string; current: boolean; onChoose: (name: string) => void }) {
  return (
    <Command.Item
      value={name || "-"}
      onSelect={() => onChoose(name)}
      className="flex min-h-9 items-center gap-2 rounded-md px-2.5 data-[selected=true]:bg-hover pointer-coarse:min-h-11"
    >
      <span className={cn("min-w-0 flex-1 truncate", label ? "text-sm text-muted" : "font-mono text-sm")}>{label ?? name}</span>
      {current && <Check className="size-4 shrink-0 text-accent-ink" aria-hidden />}
    </Command.Item>
  );
}

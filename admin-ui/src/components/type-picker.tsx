import { Command } from "cmdk";
import { Check, ChevronDown, Search } from "lucide-react";
import { useId, useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { allNames, type ChannelType, nameIn, sortTypes } from "@/lib/channel-types";
import { cn } from "@/lib/cn";
import { hasWords } from "@/lib/names";
import { TypeLogo } from "./type-logo";
import { useFieldButton } from "./ui/field";
import { PopoverPanel, PopoverRoot, PopoverTrigger } from "./ui/popover";

interface TypePickerProps {
  types: readonly ChannelType[];
  /** The id of the chosen type; it may be one that no plugin provides just now. */
  value: string;
  /** Stands where nothing is chosen. */
  placeholder?: string;
  onChoose: (type: ChannelType) => void;
}

/** Chooses one of many vendors: with their marks, searchable, driven by keyboard. Stands in a field. */
export function TypePicker({ types, value, placeholder = "", onChoose }: TypePickerProps) {
  const { t, i18n } = useTranslation();
  const [open, setOpen] = useState(false);
  const shownId = useId();
  const field = useFieldButton(shownId);
  const chosen = types.find((type) => type.id === value);
  const ordered = useMemo(() => sortTypes(types, i18n.language), [types, i18n.language]);
  const name = chosen ? nameIn(chosen.name, i18n.language, chosen.id) : value;
  return (
    // Modal, because it opens above dialogs, which let nothing outside of them be scrolled.
    <PopoverRoot modal open={open} onOpenChange={setOpen}>
      <PopoverTrigger
        {...field}
        className="flex h-9 w-full items-center gap-2.5 rounded-control border border-line-strong bg-paper pr-3 pl-2 text-left text-base focus-visible:outline-2 focus-visible:outline-offset-0 aria-invalid:border-danger pointer-coarse:h-11"
      >
        {chosen && <TypeLogo svg={chosen.logo} name={name} className="size-5" />}
        <span id={shownId} className={cn("min-w-0 flex-1 truncate", !name && "pl-1 text-faint")}>
          {name || placeholder}
        </span>
        <ChevronDown className="size-4 shrink-0 text-muted" aria-hidden />
      </PopoverTrigger>
      <PopoverPanel
        align="start"
        aria-label={t("typePicker.label")}
        onOpenAutoFocus={showChosen}
        className="w-[max(var(--radix-popover-trigger-width),min(26rem,calc(100vw-1.5rem)))] max-w-[calc(100vw-1.5rem)] overflow-hidden"
      >
        <Command label={t("typePicker.label")} {...(chosen ? { defaultValue: chosen.id } : {})} loop filter={(_id, search, words = []) => Number(hasWords(words, search))}>
          <div className="flex items-center gap-2.5 border-b border-line px-3.5">
            <Search className="size-4 text-faint" aria-hidden />
            <Command.Input placeholder={t("typePicker.search")} className="h-11 min-w-0 flex-1 bg-transparent text-base outline-none placeholder:text-faint" />
          </div>
          <Command.List className="max-h-[min(22rem,var(--radix-popover-content-available-height)-4rem)] relative overflow-y-auto overscroll-contain p-1.5 scroll-thin">
            <Command.Empty className="px-3 py-6 text-center text-sm text-muted">{t("typePicker.noMatch")}</Command.Empty>
            {ordered.map((type) => (
              <TypeRow
                key={type.id}
                type={type}
                current={type.id === value}
                onChoose={() => {
                  setOpen(false);
                  onChoose(type);
                }}
              />
            ))}
          </Command.List>
        </Command>
      </PopoverPanel>
    </PopoverRoot>
  );
}

/** In a long list the chosen one may be far down. */
function showChosen(event: Event): void {
  const panel = event.currentTarget as HTMLElement;
  requestAnimationFrame(() => {
    const list = panel.querySelector("[cmdk-list]");
    const chosen = panel.querySelector<HTMLElement>('[cmdk-item][aria-selected="true"]');
    if (list && chosen) {
      list.scrollTop = chosen.offsetTop - list.clientHeight / 2;
    }
  });
}

function TypeRow({ type, current, onChoose }: { type: ChannelType; current: boolean; onChoose: () => void }) {
  const { i18n } = useTranslation();
  const name = nameIn(type.name, i18n.language, type.id);
  const description = nameIn(type.description, i18n.language, "");
  return (
    <Command.Item
      value={type.id}
      keywords={[type.id, ...allNames(type.name), ...allNames(type.description)]}
      onSelect={onChoose}
      className="flex items-center gap-3 rounded-md px-2.5 py-1.5 data-[selected=true]:bg-hover pointer-coarse:min-h-11"
    >
      <TypeLogo svg={type.logo} name={name} />
      <span className="min-w-0 flex-1">
        <span className="flex items-baseline gap-2">
          <span className={cn("truncate text-sm", current ? "font-semibold" : "font-medium")}>{name}</span>
          <span className="shrink-0 font-mono text-xs text-faint">{type.id}</span>
        </span>
        {description && <span className="block truncate text-xs text-muted">{description}</span>}
      </span>
      {current && <Check className="size-4 shrink-0 text-accent-ink" aria-hidden />}
    </Command.Item>
  );
}

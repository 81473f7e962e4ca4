import { X } from "lucide-react";
import { type ClipboardEvent, type KeyboardEvent, type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import { splitNames, withNames } from "@/lib/names";
import { Button } from "./ui/button";
import { Input } from "./ui/field";

interface NamesInputProps {
  names: readonly string[];
  /** What is suggested; offered as long as some of it is missing. */
  template?: readonly string[];
  placeholder: string;
  /** Further ways to come by names. */
  actions?: ReactNode;
  onChange: (names: string[]) => void;
}

const NONE: readonly string[] = [];

/** Names as chips; typed with Enter, comma or blank between them, or pasted in one go. */
export function NamesInput({ names, template = NONE, placeholder, actions, onChange }: NamesInputProps) {
  const { t } = useTranslation();
  const [typed, setTyped] = useState("");
  const missing = template.filter((name) => !names.includes(name));

  const take = (text: string) => {
    onChange(withNames(names, splitNames(text)));
    setTyped("");
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (["Enter", ",", "，", " "].includes(event.key) && !event.nativeEvent.isComposing) {
      event.preventDefault();
      take(typed);
    } else if (event.key === "Backspace" && typed === "") {
      onChange(names.slice(0, -1));
    }
  };
  const onPaste = (event: ClipboardEvent) => {
    const pasted = event.clipboardData.getData("text");
    if (splitNames(pasted).length > 1) {
      event.preventDefault();
      take(pasted);
    }
  };

  return (
    <div className="flex flex-col gap-2">
      <Input
        value={typed}
        placeholder={placeholder}
        spellCheck={false}
        autoCapitalize="none"
        className="font-mono"
        onChange={(event) => setTyped(event.target.value)}
        onKeyDown={onKeyDown}
        onPaste={onPaste}
        onBlur={() => typed.trim() && take(typed)}
      />
      {names.length > 0 && (
        <ul className="flex max-h-40 flex-wrap gap-1.5 overflow-y-auto scroll-thin">
          {names.map((name) => (
            <li key={name} className="inline-flex h-7 items-center rounded-md border border-line bg-sunken pl-2 font-mono text-xs pointer-coarse:h-11">
              <span className="max-w-64 truncate">{name}</span>
              <button
                type="button"
                aria-label={t("namesInput.remove", { name })}
                className="grid size-7 place-items-center rounded-md text-faint hover:text-ink pointer-coarse:size-11"
                onClick={() => onChange(names.filter((other) => other !== name))}
              >
                <X className="size-3.5" aria-hidden />
              </button>
            </li>
          ))}
        </ul>
      )}
      <div className="flex flex-wrap gap-1.5 empty:hidden">
        {actions}
        {missing.length > 0 && (
          <Button size="sm" onClick={() => onChange(withNames(names, template))}>
            {t("namesInput.addTemplate", { count: missing.length })}
          </Button>
        )}
        {names.length > 1 && (
          <Button size="sm" variant="ghost" onClick={() => onChange([])}>
            {t("namesInput.clear")}
          </Button>
        )}
      </div>
    </div>
  );
}

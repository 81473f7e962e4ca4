import { X } from "lucide-react";
import { type ClipboardEvent, type KeyboardEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "@/components/ui/button";
import { Input } from "@/components/ui/field";
import { splitModels, withModels } from "../model/channel";

interface ModelsInputProps {
  models: readonly string[];
  /** What the type suggests. */
  template: readonly string[];
  onChange: (models: string[]) => void;
}

/** Names as chips; typed with Enter, comma or blank between them, or pasted in one go. */
export function ModelsInput({ models, template, onChange }: ModelsInputProps) {
  const { t } = useTranslation();
  const [typed, setTyped] = useState("");
  const missing = template.filter((model) => !models.includes(model));

  const take = (text: string) => {
    onChange(withModels(models, splitModels(text)));
    setTyped("");
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (["Enter", ",", "，", " "].includes(event.key) && !event.nativeEvent.isComposing) {
      event.preventDefault();
      take(typed);
    } else if (event.key === "Backspace" && typed === "") {
      onChange(models.slice(0, -1));
    }
  };
  const onPaste = (event: ClipboardEvent) => {
    const pasted = event.clipboardData.getData("text");
    if (splitModels(pasted).length > 1) {
      event.preventDefault();
      take(pasted);
    }
  };

  return (
    <div className="flex flex-col gap-2">
      <Input
        value={typed}
        placeholder={t("channels.editor.modelsPlaceholder")}
        spellCheck={false}
        autoCapitalize="none"
        className="font-mono"
        onChange={(event) => setTyped(event.target.value)}
        onKeyDown={onKeyDown}
        onPaste={onPaste}
        onBlur={() => typed.trim() && take(typed)}
      />
      {models.length > 0 && (
        <ul className="flex max-h-40 flex-wrap gap-1.5 overflow-y-auto scroll-thin">
          {models.map((model) => (
            <li key={model} className="inline-flex h-7 items-center rounded-md border border-line bg-sunken pl-2 font-mono text-xs pointer-coarse:h-11">
              <span className="max-w-64 truncate">{model}</span>
              <button
                type="button"
                aria-label={t("channels.editor.removeModel", { model })}
                className="grid size-7 place-items-center rounded-md text-faint hover:text-ink pointer-coarse:size-11"
                onClick={() => onChange(models.filter((other) => other !== model))}
              >
                <X className="size-3.5" aria-hidden />
              </button>
            </li>
          ))}
        </ul>
      )}
      <div className="flex flex-wrap gap-1.5">
        {missing.length > 0 && (
          <Button size="sm" onClick={() => onChange(withModels(models, template))}>
            {t("channels.editor.addTemplate", { count: missing.length })}
          </Button>
        )}
        {models.length > 1 && (
          <Button size="sm" variant="ghost" onClick={() => onChange([])}>
            {t("channels.editor.clearModels")}
          </Button>
        )}
      </div>
    </div>
  );
}

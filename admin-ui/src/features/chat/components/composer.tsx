import { ArrowUp, Square } from "lucide-react";
import { type KeyboardEvent, type Ref, useImperativeHandle, useLayoutEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import { IconButton } from "@/components/ui/icon-button";
import { useMedia } from "@/lib/browser";
import { ModelPicker } from "./model-picker";

export interface ComposerHandle {
  focus(): void;
}

interface ComposerProps {
  draft: string;
  onDraft: (text: string) => void;
  running: boolean;
  /** False while there is no model to send to. */
  ready: boolean;
  onSend: (text: string) => void;
  onStop: () => void;
  ref?: Ref<ComposerHandle>;
}

/** Where questions are written. Enter sends and Shift+Enter breaks the line; on a touch keyboard Enter breaks the line. */
export function Composer({ draft, onDraft, running, ready, onSend, onStop, ref }: ComposerProps) {
  const { t } = useTranslation();
  const area = useRef<HTMLTextAreaElement>(null);
  const touch = useMedia("(pointer: coarse)");
  const canSend = ready && !running && draft.trim() !== "";

  useImperativeHandle(ref, () => ({ focus: () => area.current?.focus() }), []);

  useLayoutEffect(() => {
    const element = area.current;
    if (element) {
      element.style.height = "auto";
      element.style.height = `${element.scrollHeight}px`;
    }
  }, [draft]);

  const send = () => {
    if (canSend) {
      onSend(draft.trim());
    }
  };

  const onKeyDown = (event: KeyboardEvent<HTMLTextAreaElement>) => {
    if (event.key === "Escape" && running) {
      event.preventDefault();
      onStop();
      return;
    }
    // While an input method is composing, Enter chooses a candidate; Safari says so only with the key code.
    const composing = event.nativeEvent.isComposing || event.keyCode === 229;
    if (event.key === "Enter" && !event.shiftKey && !composing && !touch) {
      event.preventDefault();
      send();
    }
  };

  return (
    <div className="flex flex-col rounded-composer border border-line-strong bg-raised transition-colors focus-within:border-accent">
      <textarea
        ref={area}
        rows={1}
        value={draft}
        onChange={(event) => onDraft(event.target.value)}
        onKeyDown={onKeyDown}
        aria-label={t("composer.label")}
        placeholder={t("composer.placeholder")}
        enterKeyHint={touch ? "enter" : "send"}
        className="max-h-[40dvh] min-h-12 w-full resize-none overflow-y-auto bg-transparent px-4 pt-3 pb-1 text-lg/6 outline-none scroll-thin placeholder:text-faint"
      />
      <div className="flex items-center gap-2 px-2 pb-2">
        <div className="flex min-w-0 flex-1">
          <ModelPicker />
        </div>
        {running ? (
          <IconButton label={t("composer.stop")} chord="escape" variant="primary" className="rounded-full bg-ink text-paper hover:bg-muted" onClick={onStop}>
            <Square className="size-3.5! fill-current" />
          </IconButton>
        ) : (
          <IconButton label={t("composer.send")} variant="primary" className="rounded-full" disabled={!canSend} onClick={send}>
            <ArrowUp />
          </IconButton>
        )}
      </div>
    </div>
  );
}

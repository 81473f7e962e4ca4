import { ChevronRight } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Markdown } from "@/components/markdown";
import { useNow } from "@/lib/browser";
import { cn } from "@/lib/cn";
import { useFormats } from "@/lib/format";

interface ReasoningProps {
  text: string;
  startedAt: number | undefined;
  endedAt: number | undefined;
  /** Whether the answer is still being written. */
  running: boolean;
}

/** What the model thought, folded; its duration is the label. */
export function Reasoning({ text, startedAt, endedAt, running }: ReasoningProps) {
  const { t } = useTranslation();
  const formats = useFormats();
  const [open, setOpen] = useState(false);
  const thinking = running && endedAt === undefined;
  const now = useNow(1_000, thinking);
  const spent = startedAt === undefined ? 0 : Math.max(0, (endedAt ?? now) - startedAt);
  const span = formats.span(thinking ? Math.floor(spent / 1_000) * 1_000 : spent);
  return (
    <div className="mb-3">
      <button
        type="button"
        aria-expanded={open}
        onClick={() => setOpen(!open)}
        className="-ml-1 flex items-center gap-1 rounded-md px-1 text-sm text-muted hover:text-ink pointer-coarse:min-h-11"
      >
        <ChevronRight className={cn("size-4 transition-transform", open && "rotate-90")} aria-hidden />
        <span className={cn(thinking && "animate-breathe")}>{thinking ? t("reasoning.running", { span }) : t("reasoning.done", { span })}</span>
      </button>
      {open && (
        <div className="mt-1.5 ml-1 border-l-2 border-line pl-4">
          <Markdown text={text} className="prose-quiet" />
        </div>
      )}
    </div>
  );
}

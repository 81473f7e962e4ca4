import { RotateCcw } from "lucide-react";
import { memo, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { CopyButton } from "@/components/copy-button";
import { Markdown } from "@/components/markdown";
import { IconButton } from "@/components/ui/icon-button";
import { cn } from "@/lib/cn";
import type { Message } from "../model/conversation";
import { AnswerFailure } from "./answer-failure";
import { BranchSwitch } from "./branch-switch";
import { MessageMeta } from "./message-meta";
import { ModelTile } from "./model-tile";
import { Reasoning } from "./reasoning";

export interface AssistantMessageProps {
  message: Message;
  versions: readonly Message[];
  /** Whether this answer is being written now. */
  running: boolean;
  /** The last message keeps its actions in view. */
  last: boolean;
  onShow: (id: string) => void;
  onAgain: (message: Message) => void;
  remedyFor: (message: Message) => ReactNode;
}

export const AssistantMessage = memo(function AssistantMessage(props: AssistantMessageProps) {
  const { message, versions, running, last, onShow, onAgain, remedyFor } = props;
  const { t } = useTranslation();
  const model = message.model ?? "";
  return (
    <article aria-label={t("message.answer", { model })} aria-busy={running} className="group">
      <header className="mb-2 flex items-center gap-2 text-sm font-medium text-muted">
        <ModelTile model={model} />
        <span className="truncate">{model}</span>
      </header>
      {message.reasoning && (
        <Reasoning
          text={message.reasoning}
          startedAt={message.firstTokenAt ?? message.createdAt}
          endedAt={message.reasoningEndedAt ?? message.endedAt}
          running={running}
        />
      )}
      {message.content && <Markdown text={message.content} growing={running} />}
      {running && !message.content && !message.reasoning && <Waiting />}
      {!running && <Ending message={message} onAgain={onAgain} remedy={remedyFor(message)} />}
      {!running && (message.content !== "" || versions.length > 1) && (
        <footer
          className={cn(
            "mt-1.5 -ml-1.5 flex min-h-7 flex-wrap items-center gap-x-1 transition-opacity",
            !last && "opacity-0 group-focus-within:opacity-100 group-hover:opacity-100 pointer-coarse:opacity-100",
          )}
        >
          <BranchSwitch message={message} versions={versions} onShow={onShow} />
          {message.content && <CopyButton text={message.content} label={t("message.copy")} />}
          {!message.failure && (
            <IconButton label={t("message.again")} size="sm" onClick={() => onAgain(message)}>
              <RotateCcw />
            </IconButton>
          )}
          <span className="ml-1.5 opacity-0 transition-opacity group-focus-within:opacity-100 group-hover:opacity-100 pointer-coarse:opacity-100">
            <MessageMeta message={message} />
          </span>
        </footer>
      )}
    </article>
  );
});

function Waiting() {
  const { t } = useTranslation();
  return (
    <p className="flex h-7 items-center gap-1.5">
      <span className="sr-only">{t("message.waiting")}</span>
      {[0, 1, 2].map((dot) => (
        <span key={dot} aria-hidden className="size-1.5 animate-breathe rounded-full bg-muted" style={{ animationDelay: `${dot * 180}ms` }} />
      ))}
    </p>
  );
}

/** Says how the answer ended where it did not simply end well. */
function Ending({ message, onAgain, remedy }: { message: Message; onAgain: (message: Message) => void; remedy: ReactNode }) {
  const { t } = useTranslation();
  if (message.failure) {
    return (
      <div className={cn(message.content && "mt-4")}>
        <AnswerFailure failure={message.failure} model={message.model ?? ""} onRetry={() => onAgain(message)} remedy={remedy} />
      </div>
    );
  }
  const note = noteOf(message);
  return note && <p className="mt-2 text-sm text-muted italic">{t(`ending.${note}`)}</p>;
}

function noteOf(message: Message): "stopped" | "cut" | "length" | "filtered" | "empty" | null {
  if (message.outcome === "stopped") {
    return "stopped";
  }
  // Without an outcome the page was closed while the answer was being written.
  if (message.outcome === "cut" || message.outcome === undefined) {
    return "cut";
  }
  if (message.finishReason === "length") {
    return "length";
  }
  if (message.finishReason === "content_filter") {
    return "filtered";
  }
  return message.content ? null : "empty";
}

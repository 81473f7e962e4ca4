import { ArrowDown } from "lucide-react";
import { type ReactNode, useMemo } from "react";
import { useTranslation } from "react-i18next";
import { IconButton } from "@/components/ui/icon-button";
import { useStickyScroll } from "../hooks/use-sticky-scroll";
import { type Conversation, type Message, shownOf, withAnswer } from "../model/conversation";
import type { RunningAnswer } from "../model/running-answers";
import { AssistantMessage } from "./assistant-message";
import { UserMessage } from "./user-message";

interface MessageListProps {
  conversation: Conversation;
  running: RunningAnswer | undefined;
  onShow: (id: string) => void;
  onAgain: (message: Message) => void;
  onAskDifferently: (message: Message, text: string) => void;
  remedyFor: (message: Message) => ReactNode;
}

export function MessageList({ conversation, running, onShow, onAgain, onAskDifferently, remedyFor }: MessageListProps) {
  const { t } = useTranslation();
  const path = useMemo(() => shownOf(conversation), [conversation]);
  const { scroller, content, away, toEnd } = useStickyScroll(conversation.id, running?.messageId);
  const isRunning = running !== undefined && running.answer.phase !== "ended";
  return (
    <div className="relative min-h-0 flex-1">
      <div ref={scroller} className="h-full overflow-y-auto scroll-thin" tabIndex={-1}>
        <div ref={content} role="log" aria-live="off" aria-label={t("message.list")} className="mx-auto flex max-w-reading flex-col gap-7 px-4 pt-6 pb-10 sm:px-6">
          {path.map(({ message, versions }, at) => (
            // What is off the screen is not laid out: a conversation of hundreds of messages stays quick.
            <div key={message.id} className="-mx-3 px-3 [contain-intrinsic-size:auto_12rem] [content-visibility:auto]">
              {message.role === "user" ? (
                <UserMessage message={message} versions={versions} onShow={onShow} onAskDifferently={onAskDifferently} />
              ) : (
                <AssistantMessage
                  message={running?.messageId === message.id ? withAnswer(message, running.answer) : message}
                  versions={versions}
                  running={isRunning && running.messageId === message.id}
                  last={at === path.length - 1}
                  onShow={onShow}
                  onAgain={onAgain}
                  remedyFor={remedyFor}
                />
              )}
            </div>
          ))}
        </div>
      </div>
      {away && (
        <IconButton
          label={t("message.toEnd")}
          onClick={toEnd}
          className="absolute bottom-3 left-1/2 -translate-x-1/2 rounded-full border border-line-strong bg-raised shadow-pop"
        >
          <ArrowDown />
        </IconButton>
      )}
    </div>
  );
}

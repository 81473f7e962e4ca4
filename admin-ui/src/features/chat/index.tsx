import { useQuery } from "@tanstack/react-query";
import { Link, useNavigate } from "@tanstack/react-router";
import { SearchX, SquarePen } from "lucide-react";
import { useCallback, useEffect, useMemo, useRef } from "react";
import { useTranslation } from "react-i18next";
import { type Commands, CommandsContext } from "@/components/commands";
import { Notice } from "@/components/notice";
import { QueryError } from "@/components/query-error";
import { SidebarToggle } from "@/components/shell";
import { Button } from "@/components/ui/button";
import { IconButton } from "@/components/ui/icon-button";
import { Skeleton } from "@/components/ui/skeleton";
import { copyText, useTitle } from "@/lib/browser";
import { useHotkeys } from "@/lib/hotkeys";
import { preferences } from "@/lib/preferences";
import { session, useSession } from "@/lib/session";
import { toasts } from "@/lib/toasts";
import { conversationQuery } from "./api/conversations";
import { Composer, type ComposerHandle } from "./components/composer";
import { EmptyChat } from "./components/empty-chat";
import { MessageList } from "./components/message-list";
import { useChat, useRunningAnswer } from "./hooks/chat-context";
import { useDraft } from "./hooks/use-draft";
import { useModel } from "./hooks/use-model";
import { type Message, pathOf } from "./model/conversation";

const NEW_CHAT = "new";

/** One conversation, or the beginning of a new one. `question` fills the composer of a new one, and is not sent by itself. */
export function ChatPage({ conversationId, question }: { conversationId?: string; question?: string | undefined }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const chat = useChat();
  const user = useSession((now) => now.user);
  const { model, models } = useModel();
  const running = useRunningAnswer(conversationId);
  const isRunning = running !== undefined && running.answer.phase !== "ended";
  const conversation = useQuery({ ...conversationQuery(chat.store, conversationId ?? NEW_CHAT), enabled: conversationId !== undefined });
  const [draft, setDraft] = useDraft(user, conversationId ?? NEW_CHAT);
  const composer = useRef<ComposerHandle>(null);
  const shown = conversationId ? conversation.data : null;
  useTitle(conversationId ? (shown?.title ?? "") : t("sidebar.newChat"));

  useEffect(() => {
    if (!matchMedia("(pointer: coarse)").matches) {
      composer.current?.focus();
    }
  }, [conversationId]);

  // A conversation goes on with the model it was left with.
  const leftWith = shown?.model;
  useEffect(() => {
    if (leftWith) {
      preferences.showModel(leftWith);
    }
  }, [conversationId, leftWith]);

  useEffect(() => {
    if (question) {
      setDraft(question);
      void navigate({ to: "/", search: {}, replace: true });
    }
  }, [question, setDraft, navigate]);

  const send = (text: string) => {
    if (!model) {
      return;
    }
    setDraft("");
    if (conversationId) {
      void chat.ask(conversationId, text, model);
    } else {
      void navigate({ to: "/c/$conversationId", params: { conversationId: chat.begin(text, model) } });
    }
  };

  const onShow = useCallback((id: string) => conversationId && chat.showBranch(conversationId, id), [chat, conversationId]);
  const onAgain = useCallback(
    (answer: Message) => conversationId && void chat.answerAgain(conversationId, answer, model ?? answer.model ?? ""),
    [chat, conversationId, model],
  );
  const onAskDifferently = useCallback(
    (message: Message, text: string) => conversationId && model && void chat.askDifferently(conversationId, message, text, model),
    [chat, conversationId, model],
  );
  const commands = useMemo<Commands | null>(
    () => (conversationId ? { run: ({ text, model: ordered }) => void chat.ask(conversationId, text, ordered), busy: isRunning } : null),
    [chat, conversationId, isRunning],
  );
  const remedyFor = useCallback((message: Message) => <Remedy message={message} />, []);

  useHotkeys({
    ...(isRunning && conversationId ? { escape: () => chat.stop(conversationId) } : {}),
    "mod+shift+c": () => {
      const last = shown && pathOf(shown).findLast((message) => message.role === "assistant" && message.content);
      if (last) {
        void copyText(last.content).then((copied) => toasts.show(copied ? t("message.copiedLast") : t("common.copyFailed"), copied ? "done" : "failed"));
      }
    },
  });

  const composerRow = (
    <div className="mx-auto w-full max-w-reading px-3 pb-safe sm:px-6">
      <Composer
        ref={composer}
        draft={draft}
        onDraft={setDraft}
        running={isRunning}
        ready={model !== null && models.data !== undefined}
        onSend={send}
        onStop={() => conversationId && chat.stop(conversationId)}
      />
    </div>
  );

  return (
    <main className="flex min-h-0 flex-1 flex-col">
      <header className="flex h-13 shrink-0 items-center gap-1 px-2">
        <SidebarToggle />
        <h1 className={shown ? "min-w-0 flex-1 truncate px-1.5 text-sm font-medium text-muted" : "sr-only"}>{shown?.title ?? t("sidebar.newChat")}</h1>
        {conversationId && (
          <IconButton
            label={t("sidebar.newChat")}
            chord="mod+shift+o"
            className="md:hidden"
            onClick={() => void navigate({ to: "/" })}
          >
            <SquarePen />
          </IconButton>
        )}
      </header>
      {conversationId === undefined && (
        <div className="flex min-h-0 flex-1 flex-col overflow-y-auto sm:justify-center sm:pb-[14dvh]">
          <div className="flex flex-1 flex-col justify-center sm:flex-none">
            <EmptyChat />
          </div>
          {composerRow}
        </div>
      )}
      {conversationId !== undefined && conversation.isPending && <LoadingConversation />}
      {conversation.isError && <QueryError error={conversation.error} onRetry={() => void conversation.refetch()} />}
      {conversationId !== undefined && conversation.data === null && (
        <Notice
          icon={SearchX}
          title={t("conversation.goneTitle")}
          action={
            <Button asChild>
              <Link to="/">{t("sidebar.newChat")}</Link>
            </Button>
          }
        >
          {t("conversation.goneText")}
        </Notice>
      )}
      {shown && (
        <CommandsContext value={commands}>
          <MessageList
            conversation={shown}
            running={running}
            onShow={onShow}
            onAgain={onAgain}
            onAskDifferently={onAskDifferently}
            remedyFor={remedyFor}
          />
          {composerRow}
        </CommandsContext>
      )}
    </main>
  );
}

/** Where an administrator can mend what kept an answer from coming. */
function Remedy({ message }: { message: Message }) {
  const { t } = useTranslation();
  const kind = message.failure?.kind;
  if (!session.current().admin || (kind !== "no-channel" && kind !== "price")) {
    return null;
  }
  return (
    <Button asChild size="sm">
      {kind === "price" ? <Link to="/console/prices">{t("failure.toPrices")}</Link> : <Link to="/console/channels">{t("failure.toChannels")}</Link>}
    </Button>
  );
}

function LoadingConversation() {
  const { t } = useTranslation();
  return (
    <div role="status" aria-label={t("common.loading")} className="mx-auto flex w-full max-w-reading flex-1 flex-col gap-4 px-6 pt-6">
      <Skeleton className="h-11 w-2/5 self-end rounded-2xl" />
      <Skeleton className="mt-4 h-4 w-1/4" />
      {["w-full", "w-11/12", "w-4/5", "w-3/5"].map((width) => (
        <Skeleton key={width} className={`h-4 ${width}`} />
      ))}
    </div>
  );
}

import { useQueryClient } from "@tanstack/react-query";
import i18next from "i18next";
import { createContext, type ReactNode, useContext, useEffect, useState, useSyncExternalStore } from "react";
import { toasts } from "@/lib/toasts";
import { ChatService } from "../model/chat-service";
import type { RunningAnswer } from "../model/running-answers";

const ChatContext = createContext<ChatService | null>(null);

/** Lends the chat service of one user to everything below. Give it the user as `key`. */
export function ChatProvider({ user, children }: { user: string; children: ReactNode }) {
  const client = useQueryClient();
  const [service, setService] = useState<ChatService | null>(null);
  useEffect(() => {
    let told = false;
    const created = new ChatService(client, user, () => {
      if (!told) {
        told = true;
        toasts.show(i18next.t("conversation.notKept"), "failed");
      }
    });
    setService(created);
    return () => created.close();
  }, [client, user]);
  return service && <ChatContext.Provider value={service}>{children}</ChatContext.Provider>;
}

export function useChat(): ChatService {
  const service = useContext(ChatContext);
  if (!service) {
    throw new Error("useChat needs a ChatProvider above it");
  }
  return service;
}

/** The answer being written in a conversation, renewed at most once a frame. */
export function useRunningAnswer(conversationId: string | undefined): RunningAnswer | undefined {
  const { answers } = useChat();
  return useSyncExternalStore(answers.subscribe, () => (conversationId ? answers.of(conversationId) : undefined));
}

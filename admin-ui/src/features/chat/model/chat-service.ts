import type { QueryClient } from "@tanstack/react-query";
import { newId } from "@/lib/ids";
import { apiKeyQuery } from "@/lib/relay";
import { conversationQuery, ConversationWriter } from "../api/conversations";
import { sendChat } from "../api/send-chat";
import { type Conversation, type Message, pathTo, promptOf, showBranch, startConversation, withAnswer, withMessage, withoutEmptyAnswer } from "./conversation";
import { browserConversationStore, type ConversationStore } from "./conversation-store";
import { RunningAnswers } from "./running-answers";

/** Everything a person can do with conversations. One for each signed-in user; close it at sign-out. */
export class ChatService {
  readonly store: ConversationStore;
  readonly answers: RunningAnswers;
  readonly #client: QueryClient;
  readonly #writer: ConversationWriter;

  /** @param onLost called when a conversation could not be kept, for lack of space or because the browser keeps nothing */
  constructor(client: QueryClient, user: string, onLost: () => void, store: ConversationStore = browserConversationStore(user)) {
    this.store = store;
    this.#client = client;
    this.#writer = new ConversationWriter(client, store, user, onLost);
    this.answers = new RunningAnswers({
      onKeep: (conversationId, messageId, answer) => {
        void this.#writer.change(conversationId, (conversation) => {
          const message = conversation.messages[messageId];
          return message ? withMessage(conversation, withAnswer(message, answer), conversation.updatedAt) : conversation;
        });
      },
    });
  }

  /** Asks the first question of a new conversation. Returns the conversation's id. */
  begin(text: string, model: string): string {
    const conversation = startConversation(text, model, Date.now());
    this.#ask(conversation, text, model, null);
    return conversation.id;
  }

  /** Asks the next question at the end of what is on screen. */
  async ask(id: string, text: string, model: string): Promise<void> {
    const conversation = await this.#load(id);
    if (conversation) {
      this.#ask(conversation, text, model, conversation.leafId);
    }
  }

  /** Asks a question again in other words: a new branch beside the old question. */
  async askDifferently(id: string, question: Message, text: string, model: string): Promise<void> {
    const conversation = await this.#load(id);
    if (conversation) {
      this.#ask(conversation, text, model, question.parentId);
    }
  }

  /** Has the same question answered again: a new branch beside the old answer. */
  async answerAgain(id: string, answer: Message, model: string): Promise<void> {
    const conversation = await this.#load(id);
    if (conversation) {
      this.#answer(withoutEmptyAnswer(conversation, answer), model, answer.parentId);
    }
  }

  stop(id: string): void {
    this.answers.stop(id);
  }

  showBranch(id: string, messageId: string): void {
    void this.#writer.change(id, (conversation) => showBranch(conversation, messageId));
  }

  rename(id: string, title: string): void {
    void this.#writer.change(id, (conversation) => ({ ...conversation, title }));
  }

  setPinned(id: string, pinned: boolean): void {
    void this.#writer.change(id, (conversation) => ({ ...conversation, pinned }));
  }

  async remove(id: string): Promise<void> {
    this.answers.stop(id);
    await this.#writer.change(id, (conversation) => conversation); // after the stopped answer's own last write
    this.#writer.remove(id);
  }

  load(id: string): Promise<Conversation | null> {
    return this.#load(id);
  }

  close(): void {
    this.answers.stopAll();
    this.#writer.close();
  }

  #load(id: string): Promise<Conversation | null> {
    return this.#client.ensureQueryData(conversationQuery(this.store, id));
  }

  #ask(conversation: Conversation, text: string, model: string, parentId: string | null): void {
    const now = Date.now();
    const question: Message = { id: newId(), parentId, role: "user", content: text, createdAt: now };
    this.#answer({ ...withMessage(conversation, question, now), model }, model, question.id);
  }

  #answer(conversation: Conversation, model: string, parentId: string | null): void {
    const now = Date.now();
    this.answers.stop(conversation.id);
    const message: Message = { id: newId(), parentId, role: "assistant", content: "", model, createdAt: now };
    this.#writer.put({ ...withMessage(conversation, message, now), model });
    const request = { model, messages: promptOf(pathTo(conversation, parentId)) };
    this.answers.start(conversation.id, message.id, (signal, onEvent) => sendChat(request, (fresh) => this.#apiKey(fresh), signal, onEvent));
  }

  async #apiKey(fresh: boolean): Promise<string> {
    if (fresh) {
      await this.#client.invalidateQueries({ queryKey: apiKeyQuery.queryKey, refetchType: "none" });
      return this.#client.fetchQuery({ ...apiKeyQuery, staleTime: 0 });
    }
    return this.#client.ensureQueryData(apiKeyQuery);
  }
}

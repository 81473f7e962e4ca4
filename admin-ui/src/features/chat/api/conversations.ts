import { queryOptions, type QueryClient } from "@tanstack/react-query";
import { type Conversation, type ConversationSummary, summaryOf } from "../model/conversation";
import type { ConversationStore } from "../model/conversation-store";

export const conversationsQuery = (store: ConversationStore) =>
  queryOptions({ queryKey: ["conversations"], queryFn: () => store.list(), staleTime: Infinity });

export const conversationQuery = (store: ConversationStore, id: string) =>
  queryOptions({ queryKey: ["conversations", id], queryFn: () => store.load(id), staleTime: Infinity });

/** Changes conversations in the cache at once and in the store right after, and lets other tabs know. */
export class ConversationWriter {
  readonly #client: QueryClient;
  readonly #store: ConversationStore;
  readonly #onLost: () => void;
  #channel: BroadcastChannel | null;

  /** @param onLost called when the store did not take a change: it is on screen and will be gone with the page */
  constructor(client: QueryClient, store: ConversationStore, user: string, onLost: () => void) {
    this.#client = client;
    this.#store = store;
    this.#onLost = onLost;
    this.#channel = typeof BroadcastChannel === "undefined" ? null : new BroadcastChannel(`patchbay.conversations.${user}`);
    this.#channel?.addEventListener("message", () => {
      void this.#client.invalidateQueries({ queryKey: ["conversations"] });
    });
  }

  put(conversation: Conversation): void {
    this.#client.setQueryData(conversationQuery(this.#store, conversation.id).queryKey, conversation);
    this.#client.setQueryData<ConversationSummary[]>(conversationsQuery(this.#store).queryKey, (list) => [
      summaryOf(conversation),
      ...(list ?? []).filter((other) => other.id !== conversation.id),
    ]);
    void this.#tell(this.#store.save(conversation));
  }

  /** Applies a change to the newest version of a conversation; nothing when it is gone. */
  async change(id: string, change: (conversation: Conversation) => Conversation): Promise<void> {
    const query = conversationQuery(this.#store, id);
    // Without a pause where it is at hand: an answer that ends is to be in its place before the next frame.
    const conversation = this.#client.getQueryData(query.queryKey) ?? (await this.#client.ensureQueryData(query));
    if (conversation) {
      this.put(change(conversation));
    }
  }

  remove(id: string): void {
    this.#client.setQueryData(conversationQuery(this.#store, id).queryKey, null);
    this.#client.setQueryData<ConversationSummary[]>(conversationsQuery(this.#store).queryKey, (list) => list?.filter((other) => other.id !== id));
    void this.#tell(this.#store.remove(id));
  }

  close(): void {
    this.#channel?.close();
    this.#channel = null;
  }

  async #tell(written: Promise<void>): Promise<void> {
    try {
      await written;
    } catch {
      this.#onLost();
      return;
    }
    this.#channel?.postMessage("changed");
  }
}

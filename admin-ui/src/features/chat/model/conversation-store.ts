import { type DBSchema, type IDBPDatabase, openDB } from "idb";
import { type Conversation, conversationSchema, type ConversationSummary, summaryOf } from "./conversation";

/** Where conversations are kept. One user's; the caller opens another store for another user. */
export interface ConversationStore {
  /** All conversations without their messages, newest first. */
  list(): Promise<ConversationSummary[]>;
  load(id: string): Promise<Conversation | null>;
  save(conversation: Conversation): Promise<void>;
  remove(id: string): Promise<void>;
}

interface Schema extends DBSchema {
  conversations: { key: string; value: Conversation };
}

/** Keeps conversations in this browser, in a database per user so that people who share a machine do not read each other's. */
export function browserConversationStore(user: string): ConversationStore {
  let opened: Promise<IDBPDatabase<Schema>> | undefined;
  const database = () => {
    opened ??= openDB<Schema>(`patchbay.${user}`, 1, {
      upgrade: (db) => {
        db.createObjectStore("conversations", { keyPath: "id" });
      },
    });
    return opened;
  };
  return {
    async list() {
      const rows: unknown[] = await (await database()).getAll("conversations");
      return rows
        .map((row) => conversationSchema.safeParse(row))
        .flatMap((parsed) => (parsed.success ? [summaryOf(parsed.data)] : []))
        .sort((a, b) => b.updatedAt - a.updatedAt);
    },
    async load(id) {
      const row: unknown = await (await database()).get("conversations", id);
      const parsed = conversationSchema.safeParse(row);
      return parsed.success ? parsed.data : null;
    },
    async save(conversation) {
      await (await database()).put("conversations", conversation);
    },
    async remove(id) {
      await (await database()).delete("conversations", id);
    },
  };
}

import { z } from "zod";
import { newId } from "@/lib/ids";
import type { Answer } from "./answer";
import { failureKinds } from "./failure";

const usageSchema = z.object({
  input: z.number(),
  output: z.number(),
  cached: z.number().optional(),
  reasoning: z.number().optional(),
});

export const messageSchema = z.object({
  id: z.string(),
  parentId: z.string().nullable(),
  role: z.enum(["user", "assistant"]),
  content: z.string(),
  createdAt: z.number(),
  model: z.string().optional(),
  reasoning: z.string().optional(),
  firstTokenAt: z.number().optional(),
  reasoningEndedAt: z.number().optional(),
  endedAt: z.number().optional(),
  usage: usageSchema.optional(),
  cost: z.number().optional(),
  finishReason: z.string().optional(),
  /** Missing on an answer that is being written, or whose page was closed while it was. */
  outcome: z.enum(["complete", "stopped", "cut", "failed"]).optional(),
  failure: z.object({ kind: z.enum(failureKinds).catch("upstream"), detail: z.string() }).optional(),
});
export type Message = z.infer<typeof messageSchema>;

/**
 * A conversation is a tree: each message names the one it follows. Editing a question or asking again grows a branch beside the old one,
 * and `leafId` says which branch is on screen.
 */
export const conversationSchema = z.object({
  id: z.string(),
  title: z.string(),
  model: z.string(),
  pinned: z.boolean().default(false),
  createdAt: z.number(),
  updatedAt: z.number(),
  leafId: z.string().nullable(),
  messages: z.record(z.string(), messageSchema),
});
export type Conversation = z.infer<typeof conversationSchema>;

export type ConversationSummary = Pick<Conversation, "id" | "title" | "pinned" | "updatedAt">;

const TITLE_LENGTH = 60;

export function summaryOf({ id, title, pinned, updatedAt }: Conversation): ConversationSummary {
  return { id, title, pinned, updatedAt };
}

/** The first line of the first question, shortened at a word. */
export function titleFrom(text: string): string {
  const line = text.trim().split("\n", 1)[0]?.trim() ?? "";
  const characters = [...line];
  if (characters.length <= TITLE_LENGTH) {
    return line;
  }
  const cut = characters.slice(0, TITLE_LENGTH).join("");
  const lastBlank = cut.lastIndexOf(" ");
  return `${lastBlank > TITLE_LENGTH / 2 ? cut.slice(0, lastBlank) : cut}…`;
}

export function startConversation(text: string, model: string, at: number): Conversation {
  return { id: newId(), title: titleFrom(text), model, pinned: false, createdAt: at, updatedAt: at, leafId: null, messages: {} };
}

/** The messages on screen, first to last. */
export function pathOf(conversation: Conversation): Message[] {
  return pathTo(conversation, conversation.leafId);
}

/** The messages from the first one to the given one. */
export function pathTo(conversation: Conversation, messageId: string | null): Message[] {
  const path: Message[] = [];
  let next = messageId;
  while (next !== null) {
    const message: Message | undefined = conversation.messages[next];
    if (!message) {
      break;
    }
    path.push(message);
    next = message.parentId;
  }
  return path.toReversed();
}

export interface Shown {
  readonly message: Message;
  /** The message and those beside it, oldest first; always the same empty list where it stands alone. */
  readonly versions: readonly Message[];
}

const ALONE: readonly Message[] = [];

/** The messages on screen with the versions of each. */
export function shownOf(conversation: Conversation): Shown[] {
  const byParent = new Map<string | null, Message[]>();
  for (const message of Object.values(conversation.messages)) {
    const beside = byParent.get(message.parentId);
    if (beside) {
      beside.push(message);
    } else {
      byParent.set(message.parentId, [message]);
    }
  }
  return pathOf(conversation).map((message) => {
    const versions = byParent.get(message.parentId) ?? ALONE;
    return { message, versions: versions.length > 1 ? versions.toSorted((a, b) => a.createdAt - b.createdAt) : ALONE };
  });
}

/** Shows the branch the message is on, down to its newest end. */
export function showBranch(conversation: Conversation, messageId: string): Conversation {
  let leafId = messageId;
  for (;;) {
    const children = Object.values(conversation.messages).filter((message) => message.parentId === leafId);
    const newest = children.sort((a, b) => b.createdAt - a.createdAt)[0];
    if (!newest) {
      return { ...conversation, leafId };
    }
    leafId = newest.id;
  }
}

/** Adds a message (or puts a newer version in its place) and, when it is new, shows it. */
export function withMessage(conversation: Conversation, message: Message, at: number): Conversation {
  const known = message.id in conversation.messages;
  return {
    ...conversation,
    updatedAt: at,
    leafId: known ? conversation.leafId : message.id,
    messages: { ...conversation.messages, [message.id]: message },
  };
}

/** Takes out an answer that never came, so that trying again puts a new one in its place. Others stay, as do answers that were replied to. */
export function withoutEmptyAnswer(conversation: Conversation, message: Message): Conversation {
  const replied = Object.values(conversation.messages).some((other) => other.parentId === message.id);
  if (message.role !== "assistant" || message.content !== "" || message.reasoning || replied) {
    return conversation;
  }
  const { [message.id]: _gone, ...messages } = conversation.messages;
  return { ...conversation, messages, leafId: conversation.leafId === message.id ? message.parentId : conversation.leafId };
}

/** Writes an answer, finished or not, into its message. */
export function withAnswer(message: Message, answer: Answer): Message {
  const { content, reasoning, firstTokenAt, reasoningEndedAt, endedAt, usage, cost, finishReason, outcome, failure } = answer;
  return {
    ...message,
    content,
    reasoning: reasoning || undefined,
    firstTokenAt,
    reasoningEndedAt,
    endedAt,
    usage,
    cost,
    finishReason,
    outcome,
    failure,
  };
}

/** What the model is told: the path, without answers that never came. */
export function promptOf(path: readonly Message[]): Array<{ role: Message["role"]; content: string }> {
  return path.filter((message) => message.content !== "").map(({ role, content }) => ({ role, content }));
}

/** The conversation on screen as a Markdown document. */
export function toMarkdown(conversation: Conversation, names: { user: string; assistant: string }): string {
  const parts = pathOf(conversation).map((message) => {
    const who = message.role === "user" ? names.user : message.model ? `${names.assistant} (${message.model})` : names.assistant;
    return `## ${who}\n\n${message.content}`;
  });
  return `# ${conversation.title}\n\n${parts.join("\n\n")}\n`;
}

export type DateGroup = "pinned" | "today" | "yesterday" | "week" | "month" | `m:${number}`;

/** Sorts summaries into the sidebar's groups: pinned, then by age in days of the local calendar, then by month. */
export function groupByDate(summaries: readonly ConversationSummary[], now: number): Array<{ group: DateGroup; items: ConversationSummary[] }> {
  const midnight = new Date(now);
  midnight.setHours(0, 0, 0, 0);
  const daysAgo = (at: number) => {
    const day = new Date(at);
    day.setHours(0, 0, 0, 0);
    return Math.round((midnight.getTime() - day.getTime()) / 86_400_000);
  };
  const groupOf = (summary: ConversationSummary): DateGroup => {
    if (summary.pinned) {
      return "pinned";
    }
    const days = daysAgo(summary.updatedAt);
    if (days <= 0) {
      return "today";
    }
    if (days === 1) {
      return "yesterday";
    }
    if (days <= 7) {
      return "week";
    }
    if (days <= 30) {
      return "month";
    }
    const date = new Date(summary.updatedAt);
    return `m:${new Date(date.getFullYear(), date.getMonth(), 1).getTime()}`;
  };
  const groups = new Map<DateGroup, ConversationSummary[]>();
  const ordered = [...summaries].sort((a, b) => Number(b.pinned) - Number(a.pinned) || b.updatedAt - a.updatedAt);
  for (const summary of ordered) {
    const group = groupOf(summary);
    groups.set(group, [...(groups.get(group) ?? []), summary]);
  }
  return [...groups].map(([group, items]) => ({ group, items }));
}

import { z } from "zod";
import { localDay } from "@/lib/server-time";
import { outcomes } from "./record";

export const recordTypes = ["all", "consume", "topup", "system"] as const;
export type RecordType = (typeof recordTypes)[number];

export const spans = ["today", "week", "month", "dates"] as const;
export type Span = (typeof spans)[number];

const text = z.string().max(255).optional().catch(undefined);
const day = z
  .string()
  .regex(/^\d{4}-\d\d-\d\d$/)
  .optional()
  .catch(undefined);
const id = z.number().int().positive().optional().catch(undefined);

/** The filters of the request log as they stand in the address. */
export const recordSearch = z.object({
  /** From 1, as people count. */
  page: z.number().int().min(1).optional().catch(undefined),
  user: id,
  channel: id,
  model: text,
  key: text,
  type: z.enum(recordTypes).optional().catch(undefined),
  outcome: z.enum(outcomes).optional().catch(undefined),
  time: z.enum(spans).optional().catch(undefined),
  from: day,
  to: day,
});
export type RecordSearch = z.output<typeof recordSearch>;

const DAY_MS = 86_400_000;

const startOf = (day: string) => new Date(`${day}T00:00:00`);
const iso = (at: Date) => (Number.isNaN(at.getTime()) ? undefined : at.toISOString());

/** The moments between which lines are asked for, in the reader's own days. */
export function momentsOf({ time, from, to }: RecordSearch, now: number): { start_time?: string | undefined; end_time?: string | undefined } {
  switch (time) {
    case undefined:
      return {};
    case "today":
      return { start_time: iso(startOf(localDay(now))) };
    case "week":
      return { start_time: iso(startOf(localDay(now - 6 * DAY_MS))) };
    case "month":
      return { start_time: iso(startOf(localDay(now - 29 * DAY_MS))) };
    case "dates":
      return { start_time: from && iso(startOf(from)), end_time: to && iso(new Date(`${to}T23:59:59.999`)) };
  }
}

/** What the server is asked; members that say nothing are left out. */
export interface RecordWish {
  readonly user_id?: number;
  readonly self?: true;
  readonly channel?: number;
  readonly model?: string;
  readonly token_name?: string;
  readonly type: RecordType;
  readonly outcome?: string;
  readonly start_time?: string;
  readonly end_time?: string;
}

/** @param scope `mine` for one's own lines, whoever one is */
export function wishOf(search: RecordSearch, scope: "all" | "mine", now: number): RecordWish {
  const members = {
    ...(scope === "mine" ? { self: true } : { user_id: search.user, channel: search.channel }),
    model: search.model?.trim() || undefined,
    token_name: search.key?.trim() || undefined,
    type: search.type ?? usualType[scope],
    outcome: search.outcome,
    ...momentsOf(search, now),
  };
  return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined)) as unknown as RecordWish;
}

/** What is shown where the address says nothing: the console is about calls, the wallet about all that moved the balance. */
export const usualType = { all: "consume", mine: "all" } as const satisfies Record<string, RecordType>;

/** The search with a part changed: the page begins anew, and what says nothing is left out of the address. */
export function withFilter(search: RecordSearch, part: Partial<RecordSearch>): RecordSearch {
  const next = { ...search, page: undefined, ...part };
  if (next.time !== "dates") {
    next.from = undefined;
    next.to = undefined;
  }
  return Object.fromEntries(Object.entries(next).filter(([, value]) => value !== undefined && value !== "")) as RecordSearch;
}

/** Whether anything but the page is chosen. */
export const isFiltered = (search: RecordSearch): boolean => Object.entries(search).some(([name, value]) => name !== "page" && value !== undefined);

import { z } from "zod";
import type { Plan } from "@/lib/plans";

/** The plan of the signed-in user. Days are whole; times are UTC, and 1970 where there is nothing to tell. */
export const subscriptionSchema = z.object({
  /** 0 for none. */
  level: z.number().catch(0),
  is_subscribed: z.boolean().catch(false),
  /** Days until it ends. */
  expired: z.number().catch(0),
  expired_at: z.string().nullish(),
  /** Days until the counters begin anew. */
  refresh: z.number().catch(0),
  refresh_at: z.string().nullish(),
  usage: z
    .record(z.string(), z.object({ used: z.coerce.number(), total: z.coerce.number() }))
    .nullish()
    .transform((usage) => usage ?? {}),
});
export type Subscription = z.output<typeof subscriptionSchema>;

export type Change = "buy" | "renew" | "upgrade" | "downgrade";

/** What going to a level would be for somebody with this plan. */
export function changeTo(level: number, { level: had, is_subscribed: subscribed }: Subscription): Change {
  if (!subscribed || had === 0) {
    return "buy";
  }
  return level === had ? "renew" : level > had ? "upgrade" : "downgrade";
}

/** Whether a number of months is to be chosen; a change of level keeps the time that was paid for. */
export const asksMonths = (change: Change): boolean => change === "buy" || change === "renew";

export interface ItemUse {
  readonly id: string;
  readonly name: string;
  readonly used: number;
  /** Null without a limit. */
  readonly total: number | null;
  /** 0 to 1; 0 without a limit. */
  readonly share: number;
}

/** How much of each item is used, in the order of the plan; items the plan no longer has come last. */
export function usesOf({ usage, level }: Subscription, plans: readonly Plan[]): ItemUse[] {
  const items = plans.find((plan) => plan.level === level)?.items ?? [];
  const names = new Map(items.map(({ id, name }) => [id, name || id]));
  const ids = [...items.map(({ id }) => id).filter((id) => id in usage), ...Object.keys(usage).filter((id) => !names.has(id))];
  return ids.flatMap((id) => {
    const use = usage[id];
    if (!use) {
      return [];
    }
    const total = use.total < 0 ? null : use.total;
    return [{ id, name: names.get(id) ?? id, used: use.used, total, share: total === null ? 0 : total === 0 ? 1 : Math.min(1, use.used / total) }];
  });
}

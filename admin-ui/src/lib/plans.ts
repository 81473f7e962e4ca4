import { z } from "zod";

const text = z
  .string()
  .nullish()
  .transform((value) => value ?? "");

/** Requests without a limit. */
export const UNLIMITED = -1;

const planItemSchema = z.object({
  /** Names the counter; the same id in several plans is the same counter. */
  id: z.string(),
  name: text,
  icon: text,
  /** How many requests a month, or {@link UNLIMITED}. */
  value: z.coerce.number(),
  models: z
    .array(z.string())
    .nullish()
    .transform((models) => models ?? []),
});
export type PlanItem = z.output<typeof planItemSchema>;

export const planSchema = z.object({
  level: z.number(),
  /** For a month, in units of currency. */
  price: z.coerce.number().catch(0),
  items: z
    .array(planItemSchema)
    .nullish()
    .transform((items) => items ?? []),
  /** What is paid of the list price when so many months are bought at once. */
  discounts: z
    .record(z.string(), z.coerce.number())
    .nullish()
    .transform((discounts) => discounts ?? {}),
});
export type Plan = z.output<typeof planSchema>;

export const levels = [1, 2, 3] as const;
export type Level = (typeof levels)[number];

/** The names of the levels, as keys of texts. */
export const planNames = { 1: "basic", 2: "standard", 3: "pro" } as const;
export const planName = (level: number): (typeof planNames)[Level] | null => (level === 1 || level === 2 || level === 3 ? planNames[level] : null);

/** The months that are offered at once. */
export const monthChoices = [1, 3, 6, 12, 36] as const;

export const CREDITS_PER_UNIT = 10;

/** What is paid of the list price where a plan says nothing. */
export function usualShare(months: number): number {
  return months >= 36 ? 0.7 : months >= 12 ? 0.8 : months >= 6 ? 0.9 : 1;
}

export const shareOf = (plan: Pick<Plan, "discounts">, months: number): number => plan.discounts[String(months)] ?? usualShare(months);

/** A share of the list price as percents off it, without the noise of binary fractions. */
export const percentOff = (share: number): number => Number(((1 - share) * 100).toFixed(6));
export const shareOff = (percent: number): number => Number((1 - percent / 100).toFixed(8));

/** What a month costs in credits when so many are bought at once. */
export const creditsPerMonth = (plan: Plan, months = 1): number => Number((plan.price * CREDITS_PER_UNIT * shareOf(plan, months)).toFixed(6));

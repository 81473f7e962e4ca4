import { z } from "zod";
import { levels, monthChoices, percentOff, type Plan, type PlanItem, planSchema, shareOff } from "@/lib/plans";

export const settingsSchema = z.object({
  /** Whether plans are sold and pay for requests. */
  enabled: z.boolean().catch(false),
  plans: z
    .array(planSchema)
    .nullish()
    .transform((plans) => plans ?? []),
  /** Whether plans also pay for requests by API key. */
  relay_plan: z.boolean().catch(false),
  /** The time zone in which months are counted. */
  zone: z.string().catch("UTC"),
});
export type Settings = z.output<typeof settingsSchema>;

/** A plan while somebody writes: figures as they were typed. */
export interface PlanForm {
  readonly level: number;
  readonly price: string;
  readonly items: readonly PlanItem[];
  /** Percents off the list price by months; empty for the usual. */
  readonly discounts: Readonly<Record<string, string>>;
  /** Discounts for other numbers of months, which are kept as they are. */
  readonly others: Readonly<Record<string, number>>;
}

export interface SettingsForm {
  readonly enabled: boolean;
  readonly relayPlan: boolean;
  readonly zone: string;
  /** One of each level. */
  readonly plans: readonly PlanForm[];
}

const isOffered = (months: string) => monthChoices.some((choice) => String(choice) === months);

function planForm(level: number, plan: Plan | undefined): PlanForm {
  const discounts = Object.entries(plan?.discounts ?? {});
  return {
    level,
    price: plan ? String(plan.price) : "",
    items: plan?.items ?? [],
    discounts: Object.fromEntries(discounts.flatMap(([months, share]) => (isOffered(months) ? [[months, String(percentOff(share))]] : []))),
    others: Object.fromEntries(discounts.filter(([months]) => !isOffered(months))),
  };
}

export function formOf({ enabled, plans, relay_plan: relayPlan, zone }: Settings): SettingsForm {
  return { enabled, relayPlan, zone, plans: levels.map((level) => planForm(level, plans.find((plan) => plan.level === level))) };
}

const numberOf = (typed: string) => Number(typed.replace(",", "."));

/** What is sent. A level without a price and without items is no plan. */
export function settingsOf({ enabled, relayPlan, zone, plans }: SettingsForm): Settings {
  return {
    enabled,
    relay_plan: relayPlan,
    zone: zone.trim() || "UTC",
    plans: plans
      .filter(({ price, items }) => price.trim() !== "" || items.length > 0)
      .map(({ level, price, items, discounts, others }) => ({
        level,
        price: numberOf(price),
        items: [...items],
        discounts: {
          ...others,
          ...Object.fromEntries(Object.entries(discounts).flatMap(([months, percent]) => (percent.trim() === "" ? [] : [[months, shareOff(numberOf(percent))]]))),
        },
      })),
  };
}

const isZone = (zone: string) => {
  try {
    return new Intl.DateTimeFormat("en", { timeZone: zone }).resolvedOptions().timeZone !== "";
  } catch {
    return false;
  }
};

/** Where a form cannot be sent: `zone`, `price 2`, `discount 2 12`. */
export function badFields({ zone, plans }: SettingsForm): Set<string> {
  const bad = new Set<string>();
  if (zone.trim() !== "" && !isZone(zone.trim())) {
    bad.add("zone");
  }
  for (const { level, price, discounts } of plans) {
    const amount = numberOf(price);
    if (Number.isNaN(amount) || amount < 0 || amount > 1_000_000) {
      bad.add(`price ${level}`);
    }
    for (const [months, percent] of Object.entries(discounts)) {
      const off = numberOf(percent);
      if (Number.isNaN(off) || off < 0 || off > 100) {
        bad.add(`discount ${level} ${months}`);
      }
    }
  }
  return bad;
}

import { levels, percentOff, type Plan, type PlanItem } from "@/lib/plans";
import type { Settings } from "./settings";

export type Change =
  | { kind: "enabled" | "relay"; on: boolean }
  | { kind: "zone"; from: string; to: string }
  | { kind: "planAdded" | "planRemoved" | "order"; level: number }
  | { kind: "price"; level: number; from: number; to: number }
  | { kind: "discount"; level: number; months: number; from: number | null; to: number | null }
  | { kind: "itemAdded" | "itemRemoved" | "itemNamed"; level: number; item: string }
  | { kind: "itemValue"; level: number; item: string; from: number; to: number }
  | { kind: "itemModels"; level: number; item: string; added: readonly string[]; removed: readonly string[] };

/** What differs between two settings, in the order of the page. */
export function changesBetween(before: Settings, after: Settings): Change[] {
  return [
    ...(before.enabled === after.enabled ? [] : [{ kind: "enabled", on: after.enabled } as const]),
    ...(before.relay_plan === after.relay_plan ? [] : [{ kind: "relay", on: after.relay_plan } as const]),
    ...(before.zone === after.zone ? [] : [{ kind: "zone", from: before.zone, to: after.zone } as const]),
    ...levels.flatMap((level) => planChanges(level, ...([before, after].map(({ plans }) => plans.find((plan) => plan.level === level)) as [Plan | undefined, Plan | undefined]))),
  ];
}

const nameOf = (item: PlanItem) => item.name || item.id;

function planChanges(level: number, before: Plan | undefined, after: Plan | undefined): Change[] {
  if (!before || !after) {
    return before === after ? [] : [{ kind: after ? "planAdded" : "planRemoved", level }];
  }
  const months = [...new Set([...Object.keys(before.discounts), ...Object.keys(after.discounts)])].sort((a, b) => Number(a) - Number(b));
  const off = (plan: Plan, at: string) => (plan.discounts[at] === undefined ? null : percentOff(plan.discounts[at]));
  const kept = (plan: Plan, other: Plan) => plan.items.filter(({ id }) => other.items.some((item) => item.id === id)).map(({ id }) => id);
  return [
    ...(before.price === after.price ? [] : [{ kind: "price", level, from: before.price, to: after.price } as const]),
    ...months.flatMap((at): Change[] => (off(before, at) === off(after, at) ? [] : [{ kind: "discount", level, months: Number(at), from: off(before, at), to: off(after, at) }])),
    ...before.items.filter(({ id }) => !after.items.some((item) => item.id === id)).map((item) => ({ kind: "itemRemoved", level, item: nameOf(item) }) as const),
    ...after.items.flatMap((item) => itemChanges(level, before.items.find(({ id }) => id === item.id), item)),
    ...(kept(before, after).join("\n") === kept(after, before).join("\n") ? [] : [{ kind: "order", level } as const]),
  ];
}

function itemChanges(level: number, before: PlanItem | undefined, after: PlanItem): Change[] {
  const item = nameOf(after);
  if (!before) {
    return [{ kind: "itemAdded", level, item }];
  }
  const added = after.models.filter((model) => !before.models.includes(model));
  const removed = before.models.filter((model) => !after.models.includes(model));
  return [
    ...(before.name === after.name ? [] : [{ kind: "itemNamed", level, item } as const]),
    ...(before.value === after.value ? [] : [{ kind: "itemValue", level, item, from: before.value, to: after.value } as const]),
    ...(added.length + removed.length === 0 ? [] : [{ kind: "itemModels", level, item, added, removed } as const]),
  ];
}

import { type PlanItem, UNLIMITED } from "@/lib/plans";

/** An item while somebody writes. */
export interface ItemForm {
  readonly id: string;
  readonly name: string;
  readonly unlimited: boolean;
  readonly value: string;
  readonly models: readonly string[];
}

const USUAL_VALUE = "100";

export const itemForm = (item: PlanItem | null): ItemForm =>
  item
    ? { id: item.id, name: item.name, unlimited: item.value === UNLIMITED, value: item.value === UNLIMITED ? USUAL_VALUE : String(item.value), models: item.models }
    : { id: "", name: "", unlimited: false, value: USUAL_VALUE, models: [] };

export type ItemProblem = "idMissing" | "idTaken" | "value" | "models";

/** What keeps an item from being one; `taken` are the ids of the other items of the plan. */
export function itemProblems({ id, unlimited, value, models }: ItemForm, taken: readonly string[]): ItemProblem[] {
  const checks: ReadonlyArray<[ItemProblem, boolean]> = [
    ["idMissing", id.trim() === ""],
    ["idTaken", taken.includes(id.trim())],
    ["value", !unlimited && !/^\d{1,15}$/.test(value.trim())],
    ["models", models.length === 0],
  ];
  return checks.flatMap(([problem, found]) => (found ? [problem] : []));
}

export function itemOf({ id, name, unlimited, value, models }: ItemForm, before: PlanItem | null): PlanItem {
  return { id: id.trim(), name: name.trim(), icon: before?.icon ?? "", value: unlimited ? UNLIMITED : Number(value), models: [...models] };
}

/** An id made of a name. */
export const idOf = (name: string): string =>
  name
    .trim()
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, "-")
    .replace(/^-|-$/g, "");

/** The items with one of them moved by one place. */
export function moved<T>(items: readonly T[], from: number, by: -1 | 1): T[] {
  const next = [...items];
  const [item] = next.splice(from, 1);
  if (item !== undefined) {
    next.splice(from + by, 0, item);
  }
  return next;
}

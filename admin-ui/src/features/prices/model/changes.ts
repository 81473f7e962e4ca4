import { z } from "zod";
import { type Price, type PricePart, priceSchema } from "./price";

const changeSchema = z.object({
  model: z.string(),
  before: priceSchema.nullish().transform((price) => price ?? null),
  after: priceSchema.nullish().transform((price) => price ?? null),
});

const listOf = z
  .array(changeSchema)
  .nullish()
  .transform((changes) => changes ?? []);

/** What taking over a price list would do. */
export const changesSchema = z.object({
  added: listOf,
  changed: listOf,
  removed: listOf,
  /** How many priced models keep their price. */
  unchanged: z.number().catch(0),
  /** How many models would be added, changed or removed. */
  affected: z.number().catch(0),
});
export type Changes = z.output<typeof changesSchema>;

export type ChangeKind = "added" | "changed" | "removed";

export interface ModelChange {
  readonly model: string;
  readonly kind: ChangeKind;
  readonly before: Price | null;
  readonly after: Price | null;
}

/** All changes as rows: what changes first, then what is lost, then what is new. */
export function changeRows({ added, changed, removed }: Changes): ModelChange[] {
  const rows = (kind: ChangeKind, changes: Changes["added"]) => changes.map((change): ModelChange => ({ ...change, kind }));
  return [...rows("changed", changed), ...rows("removed", removed), ...rows("added", added)];
}

export type FigureName = "input" | "output" | "perCall" | PricePart;

/** The figures of a price, in the order in which people read them. */
export function figuresOf(price: Price): Array<[FigureName, number]> {
  switch (price.type) {
    case "non-billing":
      return [];
    case "times-billing":
      return [["perCall", price.output]];
    case "token-billing": {
      const parts = (names: readonly PricePart[]) => names.flatMap((name) => (price[name] === undefined ? [] : [[name, price[name]] as [FigureName, number]]));
      return [
        ["input", price.input],
        ...parts(["cached_input", "cache_write", "audio_input", "image_input"]),
        ["output", price.output],
        ...parts(["reasoning", "audio_output", "image_output"]),
      ];
    }
  }
}

/** The figures of a price that the other price does not have, or has differently. */
export function differing(price: Price, other: Price | null): Set<FigureName> {
  const others = new Map(other && other.type === price.type ? figuresOf(other) : []);
  return new Set(figuresOf(price).flatMap(([name, value]) => (others.get(name) === value ? [] : [name])));
}

/** How much dearer the main figure becomes, as a share of 1; null where the two cannot be compared. */
export function rise(before: Price, after: Price): number | null {
  if (before.type !== after.type || before.type === "non-billing") {
    return null;
  }
  const weight = ({ type, input, output }: Price) => (type === "token-billing" ? input + output : output);
  const [was, is] = [weight(before), weight(after)];
  return was > 0 && was !== is ? is / was - 1 : null;
}

/** What lies between two price lists, model by model. The first rule that names a model counts; rules for later are left to the server. */
export function changesBetween(before: readonly Price[], after: readonly Price[]): ModelChange[] {
  const [had, has] = [before, after].map((prices) => {
    const found = new Map<string, Price>();
    for (const price of prices) {
      price.models.forEach((model) => found.has(model) || found.set(model, price));
    }
    return found;
  }) as [Map<string, Price>, Map<string, Price>];
  const same = (one: Price, other: Price) =>
    one.type === other.type && one.anonymous === other.anonymous && one.effective_from === other.effective_from && differing(one, other).size === 0 && differing(other, one).size === 0;
  const rows = [...new Set([...had.keys(), ...has.keys()])].flatMap((model): ModelChange[] => {
    const [was, is] = [had.get(model) ?? null, has.get(model) ?? null];
    if (was && is) {
      return same(was, is) ? [] : [{ model, kind: "changed", before: was, after: is }];
    }
    return [{ model, kind: was ? "removed" : "added", before: was, after: is }];
  });
  const order: readonly ChangeKind[] = ["changed", "removed", "added"];
  return rows.sort((a, b) => order.indexOf(a.kind) - order.indexOf(b.kind));
}

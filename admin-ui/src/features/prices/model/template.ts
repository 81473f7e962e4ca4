import { z } from "zod";
import type { Price } from "./price";

/** Where some of the built-in prices are from. */
export const originSchema = z.object({
  vendor: z.string(),
  name: z.string().catch(""),
  source: z.string().catch(""),
  as_of: z.string().catch(""),
  currency: z.string().catch(""),
  note: z.string().catch(""),
});
export type Origin = z.output<typeof originSchema>;

/** The vendors of some origins, each once, by name. */
export function vendorsOf(origins: readonly Origin[]): Array<{ id: string; name: string }> {
  const names = new Map<string, string>();
  for (const { vendor, name } of origins) {
    names.set(vendor, names.get(vendor) || name || vendor);
  }
  return [...names].map(([id, name]) => ({ id, name })).sort((a, b) => a.name.localeCompare(b.name));
}

/** The models of some prices with the price of each; the first one counts. */
export function pricesByModel(prices: readonly Price[]): Map<string, Price> {
  const found = new Map<string, Price>();
  for (const price of prices) {
    for (const model of price.models) {
      if (!found.has(model)) {
        found.set(model, price);
      }
    }
  }
  return found;
}

/** The prices for the chosen models alone; those that are left without a model fall away. */
export function onlyFor(prices: readonly Price[], chosen: ReadonlySet<string>): Price[] {
  return prices.flatMap((price) => {
    const models = price.models.filter((model) => chosen.has(model));
    return models.length > 0 ? [{ ...price, models }] : [];
  });
}

/** A rate as it was typed: a figure between 0 and 1,000, null where it is none. */
export function rateOf(typed: string): number | null {
  const rate = Number(typed.replace(",", "."));
  return typed.trim() !== "" && rate > 0 && rate <= 1_000 ? rate : null;
}

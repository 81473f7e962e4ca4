import { z } from "zod";

export const priceKinds = ["token-billing", "times-billing", "non-billing"] as const;
export type PriceKind = (typeof priceKinds)[number];

/** What of a call can have a price of its own. Without one it costs what the rest of the input or output costs. */
export const priceParts = ["cached_input", "cache_write", "audio_input", "image_input", "reasoning", "audio_output", "image_output"] as const;
export type PricePart = (typeof priceParts)[number];

const amount = z.coerce.number().catch(0);
const part = z
  .union([z.number(), z.string().transform(Number)])
  .nullish()
  .transform((value) => value ?? undefined);

/** A price rule. Token prices are credits per thousand tokens; a price per call stands in `output`. */
export const priceSchema = z.object({
  id: z.number().catch(-1),
  type: z.enum(priceKinds).catch("token-billing"),
  models: z
    .array(z.string())
    .nullish()
    .transform((models) => models ?? []),
  input: amount,
  output: amount,
  anonymous: z.boolean().catch(false),
  cached_input: part,
  cache_write: part,
  reasoning: part,
  audio_input: part,
  audio_output: part,
  image_input: part,
  image_output: part,
  /** The moment from which it counts; without one it always has. */
  effective_from: z
    .string()
    .nullish()
    .transform((at) => at ?? undefined),
});
export type Price = z.output<typeof priceSchema>;

export const NEW_ID = -1;

const withoutParts = Object.fromEntries(priceParts.map((name) => [name, undefined])) as Record<PricePart, undefined>;

export function newPrice(models: readonly string[] = []): Price {
  return { id: NEW_ID, type: "token-billing", models: [...models], input: 0, output: 0, anonymous: false, ...withoutParts, effective_from: undefined };
}

/** What is sent: figures that the kind does not use are not left over from another kind. */
export function cleanPrice(price: Price): Price {
  const positive = (value: number) => (Number.isFinite(value) ? Math.max(0, value) : 0);
  switch (price.type) {
    case "non-billing":
      return { ...price, ...withoutParts, input: 0, output: 0 };
    case "times-billing":
      return { ...price, ...withoutParts, input: 0, output: positive(price.output), anonymous: false };
    case "token-billing": {
      const parts = Object.fromEntries(partsOf(price).map(([name, value]) => [name, positive(value)]));
      return { ...price, ...withoutParts, ...parts, input: positive(price.input), output: positive(price.output), anonymous: false };
    }
  }
}

/** The parts that have a price of their own. */
export function partsOf(price: Price): Array<[PricePart, number]> {
  return priceParts.flatMap((name) => {
    const value = price[name];
    return value === undefined ? [] : [[name, value] as [PricePart, number]];
  });
}

/** Models that are offered and have no price: closed to everybody but administrators. */
export function unpriced(offered: readonly string[], prices: readonly Price[]): string[] {
  const priced = new Set(prices.flatMap((price) => price.models));
  return offered.filter((model) => !priced.has(model));
}

/** Models named by more than one rule that begin at the same time; the first rule counts, which is easily overlooked. */
export function pricedTwice(prices: readonly Price[]): Set<string> {
  const seen = new Set<string>();
  const twice = new Set<string>();
  for (const { models, effective_from: from = "" } of prices) {
    for (const model of models) {
      const key = `${from} ${model}`;
      if (seen.has(key)) {
        twice.add(model);
      }
      seen.add(key);
    }
  }
  return twice;
}

/** Whether a rule will count, but does not yet. */
export const isFuture = (price: Price, now: number): boolean => price.effective_from !== undefined && Date.parse(price.effective_from) > now;

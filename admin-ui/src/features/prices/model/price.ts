import { z } from "zod";

export const priceKinds = ["token-billing", "times-billing", "non-billing"] as const;
export type PriceKind = (typeof priceKinds)[number];

const amount = z.coerce.number().catch(0);

/** A price rule. Token prices are credits per thousand tokens; a price per call stands in `output`. */
export const priceSchema = z.object({
  id: z.number(),
  type: z.enum(priceKinds).catch("token-billing"),
  models: z
    .array(z.string())
    .nullish()
    .transform((models) => models ?? []),
  input: amount,
  output: amount,
  anonymous: z.boolean().catch(false),
});
export type Price = z.output<typeof priceSchema>;

export const NEW_ID = -1;

export function newPrice(models: readonly string[] = []): Price {
  return { id: NEW_ID, type: "token-billing", models: [...models], input: 0, output: 0, anonymous: false };
}

/** What is sent: figures that the kind does not use are not left over from another kind. */
export function cleanPrice(price: Price): Price {
  const positive = (value: number) => (Number.isFinite(value) ? Math.max(0, value) : 0);
  switch (price.type) {
    case "non-billing":
      return { ...price, input: 0, output: 0 };
    case "times-billing":
      return { ...price, input: 0, output: positive(price.output), anonymous: false };
    case "token-billing":
      return { ...price, input: positive(price.input), output: positive(price.output), anonymous: false };
  }
}

/** Models that are offered and have no price: closed to everybody but administrators. */
export function unpriced(offered: readonly string[], prices: readonly Price[]): string[] {
  const priced = new Set(prices.flatMap((price) => price.models));
  return offered.filter((model) => !priced.has(model));
}

/** Models named by more than one rule; the first rule counts, which is easily overlooked. */
export function pricedTwice(prices: readonly Price[]): Set<string> {
  const seen = new Set<string>();
  const twice = new Set<string>();
  for (const model of prices.flatMap((price) => price.models)) {
    (seen.has(model) ? twice : seen).add(model);
  }
  return twice;
}

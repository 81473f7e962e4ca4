import { z } from "zod";

const figure = z.union([z.number(), z.string().transform(Number)]);
const amount = figure.nullish().transform((value) => value ?? 0);

/** What a line of a bill can be about. */
export const lineKinds = ["input", "cached_input", "cache_write", "audio_input", "image_input", "output", "reasoning", "audio_output", "image_output", "request"] as const;
export type LineKind = (typeof lineKinds)[number];

const lineSchema = z.object({
  what: z.string(),
  count: amount,
  /** Credits for a thousand tokens, or for one request. */
  price: amount,
  credits: amount,
});
export type BillLine = z.output<typeof lineSchema>;

/** How a charge came about. All amounts are credits. */
export const receiptSchema = z.object({
  state: z.enum(["open", "charged", "released"]),
  /** `credits`, or the item of a plan. */
  paid_by: z.string().catch("credits"),
  held: amount,
  price: z
    .object({
      version: z.number(),
      group: z.string().catch(""),
      multiplier: amount,
      rule: z.object({ type: z.string() }).nullish(),
    })
    .nullish()
    .transform((price) => price ?? null),
  usage: z.object({ estimated: z.boolean().catch(false) }).nullish(),
  lines: z
    .array(lineSchema)
    .nullish()
    .transform((lines) => lines ?? []),
  computed: amount,
  charged: amount,
  written_off: amount,
  refunded: amount,
  agrees: z.boolean().catch(true),
  note: z
    .string()
    .nullish()
    .transform((note) => note ?? ""),
  at: z.string().nullish(),
});
export type Receipt = z.output<typeof receiptSchema>;

export const isLineKind = (what: string): what is LineKind => lineKinds.some((kind) => kind === what);

/** A sum without the noise of binary fractions; nothing here has more than 12 decimals that count. */
const clean = (value: number) => Number(value.toFixed(12));

/** The bill: lines that count something, their sum, and what the group's multiplier makes of it; null where it changes nothing. */
export function billOf({ lines, price }: Receipt): { lines: BillLine[]; sum: number; multiplied: number | null } {
  const sum = clean(lines.reduce((all, { credits }) => all + credits, 0));
  const multiplier = price?.multiplier ?? 1;
  return { lines: lines.filter(({ count }) => count > 0), sum, multiplied: multiplier === 1 ? null : clean(sum * multiplier) };
}

/** What can be given back; a charge is given back once, and units of a plan are no credits. */
export const refundable = ({ state, charged, refunded }: Receipt): number => (state === "charged" && refunded === 0 ? charged : 0);

import { z } from "zod";
import { upperFirst } from "@/lib/words";
import { strategies } from "./rules";

const lineSchema = z.object({
  id: z.number(),
  name: z.string(),
  type: z.string(),
  priority: z.number(),
  weight: z.number(),
  cost: z.number(),
  /** Average time to the first content in milliseconds, null when none is known. */
  latencyMs: z
    .number()
    .nullish()
    .transform((ms) => ms ?? null),
  /** The place of its priority among those that could answer, from 1; 0 when it is left out. */
  order: z.number(),
  /** The part of the calls it gets among the channels of its order, 0 to 1. */
  share: z.number(),
  /** Why it is left out, or what speaks for it. */
  reasons: z.array(z.string()).catch([]),
});
export type Line = z.output<typeof lineSchema>;

export const explanationSchema = z.object({
  model: z.string(),
  strategy: z.enum(strategies).catch("WEIGHT"),
  channels: z.array(lineSchema),
});
export type Explanation = z.output<typeof explanationSchema>;

export interface Tier {
  /** From 1; 0 for those that are left out. */
  order: number;
  lines: Line[];
}

export interface Plan {
  /** Channels that are tried together, in the order they are tried; those that offer the model and are left out stand last. */
  tiers: Tier[];
  /** Those that are left out because they do not offer the model at all. */
  elsewhere: Line[];
}

/** What is explained, in the order it is told. */
export function planOf({ channels, model }: Explanation, offers: readonly Offer[]): Plan {
  const offering = new Set(offers.flatMap((offer) => (namesOf(offer).includes(model) ? [offer.id] : [])));
  const tiers = new Map<number, Line[]>();
  const elsewhere: Line[] = [];
  for (const line of channels) {
    if (line.order === 0 && !offering.has(line.id)) {
      elsewhere.push(line);
    } else {
      tiers.set(line.order, [...(tiers.get(line.order) ?? []), line]);
    }
  }
  return {
    tiers: [...tiers]
      .map(([order, lines]) => ({ order, lines: lines.toSorted((a, b) => b.share - a.share || a.name.localeCompare(b.name)) }))
      .sort((a, b) => Number(a.order === 0) - Number(b.order === 0) || a.order - b.order),
    elsewhere,
  };
}

/** A reason as a sentence, with the moments in it as the reader writes them. */
export function sayReason(reason: string, clock: (at: number) => string): string {
  return upperFirst(reason.replace(/\d{4}-\d\d-\d\dT\d\d:\d\d:[\d.]+Z/g, (moment) => clock(Date.parse(moment))));
}

/** What a channel offers, as far as a choice of models needs it. */
export const offerSchema = z.object({
  id: z.number(),
  models: z
    .array(z.string())
    .nullish()
    .transform((models) => models ?? []),
  mapper: z
    .string()
    .nullish()
    .transform((mapper) => mapper ?? ""),
});
export type Offer = z.output<typeof offerSchema>;

/** The names a channel may be asked for: what it offers, and what a mapping takes for that. */
function namesOf({ models, mapper }: Offer): string[] {
  const asked = mapper.split("\n").flatMap((line) => (line.includes(">") ? [line.trim().replace(/^!/, "").split(">")[0]?.trim() ?? ""] : []));
  return [...models, ...asked].filter(Boolean);
}

/** All names that may be asked for, sorted; also of channels that are switched off, because that is a reason too. */
export function modelsOf(offers: readonly Offer[]): string[] {
  return [...new Set(offers.flatMap(namesOf))].sort((a, b) => a.localeCompare(b));
}

/** The channel to ask about; the answer is about all of them. */
export function subjectOf(offers: readonly Offer[], model: string): number | null {
  return (offers.find((offer) => namesOf(offer).includes(model)) ?? offers[0])?.id ?? null;
}

import { z } from "zod";

export const strategies = ["WEIGHT", "LATENCY", "COST"] as const;
export type Strategy = (typeof strategies)[number];

export const rulesSchema = z.object({
  /** How one of several channels of the same priority is chosen. */
  strategy: z.enum(strategies),
  /** Whether a conversation stays with the channel that answered it. */
  affinity: z.boolean(),
  /** After how many milliseconds without content a second channel is asked; 0 for never. */
  hedgeAfterMs: z.number(),
  /** The largest share of calls that may be asked twice, 1 to 100. */
  hedgePercent: z.number(),
  /** How often the server itself tries channels that rest, in seconds; 0 for never. */
  probeSeconds: z.number(),
});
export type Rules = z.output<typeof rulesSchema>;

/** The rules while somebody writes: figures as they were typed, and whether they count at all. */
export interface RulesForm {
  strategy: Strategy;
  affinity: boolean;
  hedging: boolean;
  hedgeAfterMs: string;
  hedgePercent: string;
  probing: boolean;
  probeSeconds: string;
}

/** What stands in the fields when somebody switches hedging or probing on. */
const usual = { hedgeAfterMs: "3000", probeSeconds: "30" };

export function formOf(rules: Rules): RulesForm {
  return {
    strategy: rules.strategy,
    affinity: rules.affinity,
    hedging: rules.hedgeAfterMs > 0,
    hedgeAfterMs: rules.hedgeAfterMs > 0 ? String(rules.hedgeAfterMs) : usual.hedgeAfterMs,
    hedgePercent: String(rules.hedgePercent),
    probing: rules.probeSeconds > 0,
    probeSeconds: rules.probeSeconds > 0 ? String(rules.probeSeconds) : usual.probeSeconds,
  };
}

export const limits = { hedgeAfterMs: [1, 600_000], hedgePercent: [1, 100], probeSeconds: [1, 86_400] } as const;
export type FigureName = keyof typeof limits;

/** The figures that are not whole numbers within their limits; only those that count. */
export function badFigures(form: RulesForm): FigureName[] {
  const counting: FigureName[] = [...(form.hedging ? (["hedgeAfterMs", "hedgePercent"] as const) : []), ...(form.probing ? (["probeSeconds"] as const) : [])];
  return counting.filter((name) => {
    const value = Number(form[name]);
    const [least, most] = limits[name];
    return form[name].trim() === "" || !Number.isInteger(value) || value < least || value > most;
  });
}

/** What differs from the rules in force: only that is sent, so that two people do not undo each other's changes. */
export function changesOf(rules: Rules, form: RulesForm): Partial<Rules> {
  const next: Rules = {
    strategy: form.strategy,
    affinity: form.affinity,
    hedgeAfterMs: form.hedging ? Number(form.hedgeAfterMs) : 0,
    hedgePercent: form.hedging ? Number(form.hedgePercent) : rules.hedgePercent,
    probeSeconds: form.probing ? Number(form.probeSeconds) : 0,
  };
  return Object.fromEntries(Object.entries(next).filter(([name, value]) => rules[name as keyof Rules] !== value));
}

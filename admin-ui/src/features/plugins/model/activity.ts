import { z } from "zod";

/** The steps of a plugin's life, as the server names them. */
export const phases = [
  "FOUND",
  "RESOLVED",
  "STARTED",
  "REPLACED",
  "RESTORED",
  "DRAINING",
  "DRAINED",
  "STOPPED",
  "COLLECTED",
  "DISABLED",
  "REMOVED",
  "FAILED",
] as const;
export type Phase = (typeof phases)[number];

export const stepSchema = z.object({
  sequence: z.number(),
  at: z.string().transform((value) => Date.parse(value)),
  plugin: z.string(),
  version: z.string().nullish().transform((value) => value ?? ""),
  phase: z.enum(phases),
  text: z.string().nullish().transform((value) => value ?? ""),
});

/** One step in the life of a plugin. */
export type Step = z.output<typeof stepSchema>;

const KEPT = 60;

/** The latest steps, newest first. The server sends what it has kept again after each connection; no step stands here twice. */
export function withStep(steps: readonly Step[], step: Step): readonly Step[] {
  if (steps.some((other) => other.sequence === step.sequence)) {
    return steps;
  }
  return [...steps, step].sort((a, b) => b.sequence - a.sequence).slice(0, KEPT);
}

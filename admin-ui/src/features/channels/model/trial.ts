import { z } from "zod";
import { namesSchema } from "@/lib/channel-types";

const text = z
  .string()
  .nullish()
  .transform((value) => value ?? "");
const number = z
  .number()
  .nullish()
  .transform((value) => value ?? null);

const faultSchema = z.object({
  kind: z.string(),
  message: text,
  /** HTTP status, null where none came. */
  status: number,
  vendorCode: text,
  retryAfterMs: number,
  /** What it means and what to do, by language. */
  hint: namesSchema,
});
export type TrialFault = z.output<typeof faultSchema>;

const stepSchema = z.object({ at: z.number(), step: z.string(), detail: text });

const factsSchema = z.object({
  ok: z.boolean(),
  fault: faultSchema.nullish().transform((fault) => fault ?? null),
  keyMask: text,
  plugin: text,
  pluginVersion: text,
  totalMs: z.number().catch(0),
  dropped: z.array(z.string()).catch([]),
  notes: z.record(z.string(), z.string()).catch({}),
  steps: z.array(stepSchema).catch([]),
});

const usageSchema = z.object({ input: number, output: number, cachedInput: number, reasoning: number });

export const trialSchema = factsSchema.extend({
  /** What was done: a chat, or the list of models where the model does not chat, or nothing. */
  check: z.enum(["chat", "models", "none"]).catch("chat"),
  remark: namesSchema,
  model: text,
  upstreamModel: text,
  /** Whether the channel offers the model. */
  listed: z.boolean().catch(true),
  stream: z.boolean().catch(true),
  text,
  textCut: z.boolean().catch(false),
  reasoning: z.boolean().catch(false),
  finish: text,
  usage: usageSchema.nullish().transform((usage) => usage ?? null),
  firstContentMs: number,
  upstreamModels: number,
  upstreamHasModel: z
    .boolean()
    .nullish()
    .transform((has) => has ?? null),
});
/** How a trial went. */
export type Trial = z.output<typeof trialSchema>;

export const listingSchema = factsSchema.extend({ models: z.array(z.string()).catch([]), cut: z.boolean().catch(false) });
export type Listing = z.output<typeof listingSchema>;

const balanceSchema = z.object({ left: z.string(), total: text, used: text, currency: text, part: text });
export type Balance = z.output<typeof balanceSchema>;

export const balancesSchema = factsSchema.extend({ balances: z.array(balanceSchema).catch([]) });
export type BalanceReport = z.output<typeof balancesSchema>;

/** What is wanted of a trial; what is left out is as usual. */
export interface Order {
  model?: string;
  key?: number;
  stream?: boolean;
  prompt?: string;
  timeout?: number;
}

/** The form of a trial. */
export interface TrialForm {
  /** Empty for the first that chats. */
  model: string;
  /** The place of the key, or null for any. */
  key: number | null;
  stream: boolean;
  prompt: string;
  /** Seconds as typed; empty for the usual. */
  timeout: string;
}

export const LONGEST_TIMEOUT = 120;

/** Whether the time to wait is one that the server takes. */
export function goodTimeout(typed: string): boolean {
  const seconds = Number(typed);
  return typed.trim() === "" || (Number.isInteger(seconds) && seconds >= 1 && seconds <= LONGEST_TIMEOUT);
}

export function orderOf(form: TrialForm): Order {
  return {
    ...(form.model ? { model: form.model } : {}),
    ...(form.key === null ? {} : { key: form.key }),
    stream: form.stream,
    ...(form.prompt.trim() ? { prompt: form.prompt } : {}),
    ...(form.timeout.trim() ? { timeout: Number(form.timeout) } : {}),
  };
}

const stepNames = { ready: "ready", asked: "asked", head: "head", "first content": "firstContent", end: "end" } as const;
type StepName = (typeof stepNames)[keyof typeof stepNames];

export interface Moment {
  at: number;
  /** Null for a step that this page does not know; it is shown as the server calls it. */
  name: StepName | null;
  step: string;
  detail: string;
  /** Milliseconds until the next one, null for the last. */
  took: number | null;
}

/** The transcript with the time that passed between its steps, which is what one looks for. */
export function timelineOf(steps: Trial["steps"]): Moment[] {
  return steps.map((step, at) => ({
    ...step,
    name: stepNames[step.step as keyof typeof stepNames] ?? null,
    took: steps[at + 1] === undefined ? null : Math.max(0, (steps[at + 1]?.at ?? 0) - step.at),
  }));
}

/** A model as a choice: what the upstream lists, and what the channel offers beyond that. */
export interface ModelChoice {
  name: string;
  /** Whether the upstream lists it, by this name or the one it is mapped to. */
  there: boolean;
  /** What the channel calls it towards the upstream, where that is another name. */
  real: string;
}

/** What an upstream has and a channel offers, each once: what is offered and missing there comes first. */
export function modelChoices(listed: readonly string[], offered: readonly string[], mapper: string): ModelChoice[] {
  const upstream = new Set(listed);
  const mapping = new Map(
    mapper.split("\n").flatMap((line) => {
      const [asked = "", real = ""] = line.trim().replace(/^!/, "").split(">");
      return real.trim() ? [[asked.trim(), real.trim()] as const] : [];
    }),
  );
  const own = offered
    .filter((name) => !upstream.has(name))
    .map((name) => ({ name, there: upstream.has(mapping.get(name) ?? name), real: mapping.get(name) ?? "" }));
  return [...own, ...listed.map((name) => ({ name, there: true, real: mapping.get(name) ?? "" }))];
}

/** Whether the type of the channel does not know the question at all. */
export function isUnsupported({ fault }: { fault: TrialFault | null }): boolean {
  return fault?.kind === "UNSUPPORTED";
}

import { z } from "zod";
import type { Channel } from "./channel";

/** A moment in milliseconds, null where there is none. */
const moment = z
  .string()
  .nullish()
  .transform((text) => {
    const at = Date.parse(text ?? "");
    return Number.isNaN(at) ? null : at;
  });
const text = z
  .string()
  .nullish()
  .transform((value) => value ?? "");
const count = z.number().catch(0);

const phases = ["good", "resting", "due", "trial"] as const;

const stateSchema = z.object({
  /** `due`: the next call tries it; `trial`: a call is trying it. */
  phase: z.enum(phases).catch("good"),
  /** How often in a row it had to rest. */
  strikes: count,
  since: moment,
  until: moment,
  kind: text,
  reason: text,
});
export type State = z.output<typeof stateSchema>;

const keySchema = z.object({
  index: z.number(),
  /** The key, masked. */
  shown: text,
  state: stateSchema,
  running: count,
  calls: count,
  faults: count,
  /** Models that this key may not use at the moment. */
  models: z.record(z.string(), stateSchema).catch({}),
});
export type KeyReport = z.output<typeof keySchema>;

export const reportSchema = z.object({
  id: z.number(),
  state: stateSchema,
  running: count,
  calls: count,
  answered: count,
  faults: z.record(z.string(), z.number()).catch({}),
  lastFault: z
    .object({ kind: z.string(), message: text, at: moment })
    .nullish()
    .transform((fault) => fault ?? null)
    .catch(null),
  latencyMs: z.record(z.string(), z.number()).catch({}),
  keys: z.array(keySchema).catch([]),
});

/** How a channel stands, as the server that was asked has seen it since its start. */
export type Report = z.output<typeof reportSchema>;

/** The reports by channel, without models that a channel does not offer any more: what is known of them outlives that. */
export function reportsOf(channels: readonly Channel[], all: ReadonlyMap<number, Report>): ReadonlyMap<number, Report> {
  return new Map(
    channels.flatMap((channel) => {
      const report = all.get(channel.id);
      const offered = ([model]: [string, State]) => channel.models.includes(model) || channel.mapper.includes(model);
      const keys = report?.keys.map((key) => ({ ...key, models: Object.fromEntries(Object.entries(key.models).filter(offered)) }));
      return report && keys ? [[channel.id, { ...report, keys }] as const] : [];
    }),
  );
}

/** Faults that only a person can mend. */
const needsPerson = new Set(["KEY_DEAD", "QUOTA", "NO_ACCESS", "CONFIG", "CLOCK", "PLUGIN"]);
/** Faults that are answers: the upstream is well, it refused the request. */
const answers = new Set(["BAD_REQUEST", "TOO_LONG", "CONTENT", "UNSUPPORTED", "KEY_STALE"]);

const FEWEST_CALLS = 10;
const POOR_SHARE = 0.9;
/** A fault is news for that long. */
const FRESH_MS = 3_600_000;

/** The faults that speak against the channel. */
export function ownFaults(report: Report): number {
  return Object.entries(report.faults).reduce((sum, [kind, times]) => (answers.has(kind) ? sum : sum + times), 0);
}

/** The share of attempts that were answered, 0 to 1; null before there were any. */
export function answeredShare(report: Report): number | null {
  const ended = report.answered + ownFaults(report);
  return ended > 0 ? report.answered / ended : null;
}

export type Verdict =
  | { word: "off" | "unknown" | "unused" | "good" | "due" | "trial" | "poor" }
  | { word: "resting"; until: number | null }
  | { word: "noKey" }
  | { word: "someKeys"; resting: number; of: number }
  | { word: "someModels"; models: string[] };

export type Tone = "ok" | "warn" | "danger" | "off";

const rests = (state: State) => state.phase !== "good";

/** How much a state should worry. */
export function stateTone(state: State): Tone {
  return state.phase === "good" ? "ok" : needsPerson.has(state.kind) ? "danger" : "warn";
}

/** How a channel is, in one word, and how much that should worry. */
export function verdictOf(active: boolean, report: Report | undefined): { verdict: Verdict; tone: Tone } {
  if (!active) {
    return { verdict: { word: "off" }, tone: "off" };
  }
  if (!report) {
    return { verdict: { word: "unknown" }, tone: "off" };
  }
  const { phase, until } = report.state;
  if (phase === "resting") {
    return { verdict: { word: "resting", until }, tone: stateTone(report.state) };
  }
  if (phase !== "good") {
    return { verdict: { word: phase }, tone: "warn" };
  }
  const resting = report.keys.filter((key) => rests(key.state)).length;
  if (resting > 0) {
    const none = resting === report.keys.length;
    return none ? { verdict: { word: "noKey" }, tone: "danger" } : { verdict: { word: "someKeys", resting, of: report.keys.length }, tone: "warn" };
  }
  const models = [...new Set(report.keys.flatMap((key) => Object.keys(key.models)))];
  if (models.length > 0) {
    return { verdict: { word: "someModels", models }, tone: "warn" };
  }
  if (isPoor(report)) {
    return { verdict: { word: "poor" }, tone: "warn" };
  }
  return { verdict: { word: report.calls === 0 ? "unused" : "good" }, tone: "ok" };
}

function isPoor(report: Report): boolean {
  const share = answeredShare(report);
  return share !== null && report.answered + ownFaults(report) >= FEWEST_CALLS && share < POOR_SHARE;
}

/** Whether somebody should look at the channel. One that is switched off was looked at. */
export function needsAttention(channel: Channel, report: Report | undefined, hasPlugin: boolean): boolean {
  const { tone } = verdictOf(channel.state, report);
  return channel.state && (!hasPlugin || tone === "warn" || tone === "danger");
}

/** Whether there is a rest to end. */
export function canRevive(report: Report | undefined): boolean {
  return report !== undefined && (rests(report.state) || report.keys.some((key) => rests(key.state) || Object.keys(key.models).length > 0));
}

/** The last fault, as long as it is news. */
export function freshFault(report: Report, now: number): Report["lastFault"] {
  const { lastFault } = report;
  return lastFault && (lastFault.at === null || now - lastFault.at < FRESH_MS) ? lastFault : null;
}

/** The state that explains a verdict: the channel's own, else that of the first key that rests. */
export function tellingState(report: Report): State | null {
  if (rests(report.state)) {
    return report.state;
  }
  const key = report.keys.find((candidate) => rests(candidate.state));
  return key?.state ?? report.keys.flatMap((candidate) => Object.values(candidate.models))[0] ?? null;
}

/** The reports that belong to stored keys, by their masks: in the order of the masks, undefined where nothing is known. */
export function keyReports(masks: readonly string[], keys: readonly KeyReport[]): (KeyReport | undefined)[] {
  const left = [...keys];
  return masks.map((mask) => {
    const at = left.findIndex((key) => key.shown === mask);
    return at < 0 ? undefined : left.splice(at, 1)[0];
  });
}

/** Models by the time they take to the first content, the quickest first. */
export function latencies(report: Report): { model: string; ms: number }[] {
  return Object.entries(report.latencyMs)
    .map(([model, ms]) => ({ model, ms }))
    .sort((a, b) => a.ms - b.ms);
}

import { describe, expect, it } from "vitest";
import { newChannel } from "./channel";
import { answeredShare, canRevive, freshFault, keyReports, latencies, needsAttention, reportSchema, reportsOf, stateTone, tellingState, verdictOf } from "./health";

const now = Date.parse("2026-11-25T12:00:00Z");
const good = { phase: "good", strikes: 0, since: "2026-11-25T11:00:00Z", until: null, kind: "", reason: "" };
const resting = (kind: string) => ({ ...good, phase: "resting", strikes: 2, until: "2026-11-25T12:04:00.123456789Z", kind, reason: "it said so" });
const key = (index: number, shown: string, state: object = good, models: object = {}) => ({ index, shown, state, running: 0, calls: 5, faults: 0, models });
const report = (more: object = {}) =>
  reportSchema.parse({ id: 3, name: "x", active: true, state: good, running: 1, calls: 20, answered: 18, faults: {}, lastFault: null, latencyMs: {}, keys: [key(0, "a****")], ...more });
const wordOf = (more: object) => verdictOf(true, report(more));

describe("how a channel stands", () => {
  it("is read with moments as numbers, and from a server that says less", () => {
    expect(report({ state: resting("RATE") }).state).toMatchObject({ phase: "resting", until: now + 240_123, strikes: 2 });
    expect(reportSchema.parse({ id: 1, state: {} })).toMatchObject({ state: { phase: "good", until: null, kind: "" }, keys: [], faults: {}, lastFault: null });
  });

  it("is one word", () => {
    expect(verdictOf(false, report())).toEqual({ verdict: { word: "off" }, tone: "off" });
    expect(verdictOf(true, undefined)).toEqual({ verdict: { word: "unknown" }, tone: "off" });
    expect(wordOf({})).toEqual({ verdict: { word: "good" }, tone: "ok" });
    expect(wordOf({ calls: 0, answered: 0 })).toEqual({ verdict: { word: "unused" }, tone: "ok" });
    expect(wordOf({ state: resting("RETRY") })).toEqual({ verdict: { word: "resting", until: now + 240_123 }, tone: "warn" });
    expect(wordOf({ state: resting("CONFIG") }).tone).toBe("danger");
    expect(wordOf({ state: { ...resting("RETRY"), phase: "due" } }).verdict).toEqual({ word: "due" });
    expect(wordOf({ keys: [key(0, "a", resting("KEY_DEAD")), key(1, "b")] })).toEqual({ verdict: { word: "someKeys", resting: 1, of: 2 }, tone: "warn" });
    expect(wordOf({ keys: [key(0, "a", resting("KEY_DEAD"))] })).toEqual({ verdict: { word: "noKey" }, tone: "danger" });
    expect(wordOf({ keys: [key(0, "a", good, { m: resting("NO_ACCESS") })] })).toEqual({ verdict: { word: "someModels", models: ["m"] }, tone: "warn" });
    expect(wordOf({ answered: 80, faults: { UPSTREAM: 20 } })).toEqual({ verdict: { word: "poor" }, tone: "warn" });
  });

  it("counts as answered what the upstream refused with good reason", () => {
    expect(answeredShare(report({ calls: 100, answered: 100, faults: { BAD_REQUEST: 40, CONTENT: 2 } }))).toBe(1);
    expect(answeredShare(report({ answered: 99, faults: { RETRY: 1 } }))).toBe(0.99);
    expect(answeredShare(report({ answered: 0, calls: 1 }))).toBeNull();
  });

  it("needs somebody only where the channel is on", () => {
    const channel = { ...newChannel(undefined), id: 3 };
    const broken = report({ state: resting("RETRY") });
    expect(needsAttention(channel, broken, true)).toBe(true);
    expect(needsAttention({ ...channel, state: false }, broken, true)).toBe(false);
    expect(needsAttention(channel, report(), false)).toBe(true);
    expect(needsAttention(channel, undefined, true)).toBe(false);
  });

  it("has something to end where something rests, and a state that tells why", () => {
    expect(canRevive(report())).toBe(false);
    expect(canRevive(report({ keys: [key(0, "a", good, { m: resting("NO_ACCESS") })] }))).toBe(true);
    expect(tellingState(report())).toBeNull();
    expect(tellingState(report({ keys: [key(0, "a"), key(1, "b", resting("QUOTA"))] }))).toMatchObject({ kind: "QUOTA" });
    expect(tellingState(report({ state: resting("RETRY"), keys: [key(0, "a", resting("QUOTA"))] }))).toMatchObject({ kind: "RETRY" });
    expect(stateTone(report({ state: resting("QUOTA") }).state)).toBe("danger");
  });

  it("tells the last fault while that is news", () => {
    const failed = (at: string) => report({ lastFault: { kind: "RATE", message: "slow down", at } });
    expect(freshFault(failed("2026-11-25T11:30:00Z"), now)).toMatchObject({ kind: "RATE" });
    expect(freshFault(failed("2026-11-25T10:30:00Z"), now)).toBeNull();
  });

  it("finds the report of each key by its mask, also where masks are alike", () => {
    const keys = report({ keys: [key(0, "****"), key(1, "****", resting("RATE")), key(2, "sk-a****")] }).keys;
    expect(keyReports(["sk-a****", "****", "****", "sk-new"], keys).map((found) => found?.index)).toEqual([2, 0, 1, undefined]);
  });

  it("is told without models that the channel does not offer any more", () => {
    const blocked = report({ keys: [key(0, "a", good, { gone: resting("NO_ACCESS"), m: resting("NO_ACCESS"), asked: resting("NO_ACCESS") })] });
    const reports = reportsOf([{ ...newChannel(undefined), id: 3, models: ["m"], mapper: "asked>real" }, { ...newChannel(undefined), id: 4 }], new Map([[3, blocked]]));
    expect([...reports.keys()]).toEqual([3]);
    expect(Object.keys(reports.get(3)?.keys[0]?.models ?? {})).toEqual(["m", "asked"]);
  });

  it("sorts models by how quick they are", () => {
    expect(latencies(report({ latencyMs: { slow: 900, quick: 120.5 } }))).toEqual([
      { model: "quick", ms: 120.5 },
      { model: "slow", ms: 900 },
    ]);
  });
});

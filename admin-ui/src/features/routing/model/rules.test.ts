import { describe, expect, it } from "vitest";
import { badFigures, changesOf, formOf, type Rules } from "./rules";

const rules: Rules = { strategy: "WEIGHT", affinity: true, hedgeAfterMs: 0, hedgePercent: 5, probeSeconds: 0 };

describe("the routing rules", () => {
  it("are a form in which what is off has a figure to begin with", () => {
    expect(formOf(rules)).toEqual({ strategy: "WEIGHT", affinity: true, hedging: false, hedgeAfterMs: "3000", hedgePercent: "5", probing: false, probeSeconds: "30" });
    expect(formOf({ ...rules, hedgeAfterMs: 800, probeSeconds: 10 })).toMatchObject({ hedging: true, hedgeAfterMs: "800", probing: true, probeSeconds: "10" });
  });

  it("send only what differs", () => {
    expect(changesOf(rules, formOf(rules))).toEqual({});
    expect(changesOf(rules, { ...formOf(rules), hedging: true, hedgePercent: "10", affinity: false })).toEqual({ affinity: false, hedgeAfterMs: 3000, hedgePercent: 10 });
    const hedged = { ...rules, hedgeAfterMs: 800 };
    expect(changesOf(hedged, { ...formOf(hedged), hedging: false, hedgePercent: "nonsense" })).toEqual({ hedgeAfterMs: 0 });
  });

  it("are judged only where they count", () => {
    const form = { ...formOf(rules), hedgeAfterMs: "", hedgePercent: "101", probeSeconds: "1.5" };
    expect(badFigures(form)).toEqual([]);
    expect(badFigures({ ...form, hedging: true, probing: true })).toEqual(["hedgeAfterMs", "hedgePercent", "probeSeconds"]);
  });
});

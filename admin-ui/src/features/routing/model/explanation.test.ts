import { describe, expect, it } from "vitest";
import { explanationSchema, modelsOf, offerSchema, planOf, sayReason, subjectOf } from "./explanation";

const line = (id: number, name: string, order: number, share: number, reasons: string[] = []) => ({ id, name, type: "openai", priority: 0, weight: 1, cost: 1, latencyMs: null, considered: order > 0, order, share, reasons });
const explanation = explanationSchema.parse({
  model: "m",
  group: "",
  strategy: "WEIGHT",
  verdict: "",
  channels: [line(4, "off", 0, 0, ["it is switched off"]), line(1, "b", 1, 0.25), line(3, "later", 2, 1), line(2, "a", 1, 0.75), line(5, "other", 0, 0, ["it does not offer m"])],
});
const offers = [
  { id: 5, models: ["x"] },
  { id: 1, models: ["m"] },
  { id: 4, models: ["real"], mapper: "m>real\n!old>real\nbroken" },
  { id: 6, models: null },
].map((offer) => offerSchema.parse(offer));

describe("an explanation", () => {
  it("is told in the order of trying, with those that do not offer the model apart", () => {
    const { tiers, elsewhere } = planOf(explanation, offers);
    expect(tiers.map(({ order, lines }) => [order, lines.map(({ name }) => name)])).toEqual([
      [1, ["a", "b"]],
      [2, ["later"]],
      [0, ["off"]],
    ]);
    expect(elsewhere.map(({ name }) => name)).toEqual(["other"]);
  });

  it("is asked of a channel that offers the model, else of any", () => {
    expect(subjectOf(offers, "m")).toBe(1);
    expect(subjectOf(offers, "old")).toBe(4);
    expect(subjectOf(offers, "nothing")).toBe(5);
    expect(subjectOf([], "m")).toBeNull();
  });

  it("can be had of every name that may be asked for", () => {
    expect(modelsOf(offers)).toEqual(["m", "old", "real", "x"]);
  });

  it("says its reasons as sentences, with moments as the reader writes them", () => {
    expect(sayReason("it rests until 2026-11-25T12:00:00.5Z, after RATE: slow", (at) => new Date(at).toISOString().slice(11, 16))).toBe("It rests until 12:00, after RATE: slow");
  });
});

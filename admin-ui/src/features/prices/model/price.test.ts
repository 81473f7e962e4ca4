import { describe, expect, it } from "vitest";
import { changeRows, changesBetween, changesSchema, differing, figuresOf, rise } from "./changes";
import { cleanPrice, isFuture, newPrice, partsOf, pricedTwice, priceSchema, unpriced } from "./price";

describe("a price", () => {
  it("is readable with missing fields and figures as texts", () => {
    expect(priceSchema.parse({ id: 1, input: "0.5" })).toEqual({ id: 1, type: "token-billing", models: [], input: 0.5, output: 0, anonymous: false });
  });

  it("knows which parts have a price of their own; nothing is not free", () => {
    const price = priceSchema.parse({ id: 1, input: 1, cached_input: 0, cache_write: null, reasoning: "2.5" });
    expect(partsOf(price)).toEqual([["cached_input", 0], ["reasoning", 2.5]]);
  });

  it("is sent without what its kind does not use", () => {
    const price = { ...newPrice(["m"]), input: -1, output: 2, anonymous: true, cached_input: 0.5, reasoning: -3 };
    expect(cleanPrice(price)).toMatchObject({ input: 0, output: 2, anonymous: false, cached_input: 0.5, reasoning: 0 });
    expect(JSON.parse(JSON.stringify(cleanPrice(price)))).not.toHaveProperty("cache_write");
    expect(cleanPrice({ ...price, type: "times-billing", input: 3 })).toMatchObject({ input: 0, output: 2, anonymous: false, cached_input: undefined });
    expect(cleanPrice({ ...price, type: "non-billing" })).toMatchObject({ input: 0, output: 0, anonymous: true, reasoning: undefined });
  });

  it("is missing for some models and given twice for others", () => {
    const prices = [newPrice(["a", "b"]), newPrice(["b"])];
    expect(unpriced(["a", "c", "b"], prices)).toEqual(["c"]);
    expect([...pricedTwice(prices)]).toEqual(["b"]);
  });

  it("may take over from another one at a given time, which is no mistake", () => {
    const later = { ...newPrice(["a"]), effective_from: "2026-12-01T00:00:00Z" };
    expect([...pricedTwice([newPrice(["a"]), later])]).toEqual([]);
    expect([isFuture(later, Date.UTC(2026, 10, 30)), isFuture(later, Date.UTC(2026, 11, 2)), isFuture(newPrice(), 0)]).toEqual([true, false, false]);
  });
});

describe("what a price list would change", () => {
  const rule = (more: object) => priceSchema.parse({ id: 0, type: "token-billing", models: ["m"], input: 1, output: 4, ...more });

  it("is read with members missing, and told with the changes first", () => {
    const changes = changesSchema.parse({ added: [{ model: "n", after: rule({}) }], changed: [{ model: "c", before: rule({}), after: rule({ input: 2 }) }], removed: [{ model: "r", before: rule({}) }], unchanged: 3, affected: 3 });
    expect(changeRows(changes).map(({ model, kind }) => [model, kind])).toEqual([["c", "changed"], ["r", "removed"], ["n", "added"]]);
    expect(changesSchema.parse({})).toEqual({ added: [], changed: [], removed: [], unchanged: 0, affected: 0 });
  });

  it("is told by the figures that differ", () => {
    const after = rule({ input: 2, cached_input: 0.2 });
    expect(figuresOf(after)).toEqual([["input", 2], ["cached_input", 0.2], ["output", 4]]);
    expect([...differing(after, rule({}))]).toEqual(["input", "cached_input"]);
    expect([...differing(after, null)]).toEqual(["input", "cached_input", "output"]);
    expect([...differing(rule({ type: "times-billing", output: 4 }), rule({}))]).toEqual(["perCall"]);
    expect(figuresOf(rule({ type: "non-billing" }))).toEqual([]);
  });

  it("may be dearer or cheaper", () => {
    expect(rise(rule({}), rule({ input: 2, output: 8 }))).toBe(1);
    expect(rise(rule({}), rule({ input: 0.5, output: 2 }))).toBe(-0.5);
    expect([rise(rule({}), rule({})), rise(rule({ input: 0, output: 0 }), rule({})), rise(rule({}), rule({ type: "times-billing" }))]).toEqual([null, null, null]);
  });

  it("lies between two lists too", () => {
    const before = [rule({ models: ["a", "b", "c"] })];
    const after = [rule({ models: ["a"] }), rule({ models: ["b", "d"], cached_input: 0.5 })];
    expect(changesBetween(before, after).map(({ model, kind }) => [model, kind])).toEqual([["b", "changed"], ["c", "removed"], ["d", "added"]]);
    expect(changesBetween(after, after)).toEqual([]);
  });
});

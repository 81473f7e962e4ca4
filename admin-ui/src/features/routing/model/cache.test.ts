import { describe, expect, it } from "vitest";
import { badFigures, cacheSchema, changesOf, formOf, freeModels, hitRate, pricesSchema, sizeOf } from "./cache";

const cache = cacheSchema.parse({ models: ["a", "b"], size: 1, expire: 3600, entries: 3, bytes: 900, hits: 1, misses: 3 });

describe("the response cache", () => {
  it("sends only what differs", () => {
    expect(changesOf(cache, formOf(cache))).toEqual({});
    expect(changesOf(cache, { ...formOf(cache), models: new Set(["b", "a"]) })).toEqual({});
    expect(changesOf(cache, { models: new Set(["a"]), size: "4", expire: "60" })).toEqual({ models: ["a"], size: 4, expire: 60 });
  });

  it("has whole numbers within their limits", () => {
    expect(badFigures(formOf(cache))).toEqual([]);
    expect(badFigures({ models: new Set(), size: "0", expire: "2592001" })).toEqual(["size", "expire"]);
    expect(badFigures({ models: new Set(), size: "", expire: "1.5" })).toEqual(["size", "expire"]);
  });

  it("has a hit rate as soon as it was asked", () => {
    expect(hitRate(cache)).toBe(25);
    expect(hitRate({ ...cache, hits: 0, misses: 0 })).toBeNull();
    expect([sizeOf(900), sizeOf(2_500_000)]).toEqual([
      { figure: 0.9, unit: "kilobyte" },
      { figure: 2.5, unit: "megabyte" },
    ]);
  });

  it("takes as free what the first price of a model says", () => {
    const prices = pricesSchema.parse({
      data: [
        { type: "token-billing", models: ["a"] },
        { type: "non-billing", models: ["a", "b"] },
        { type: "times-billing", models: null },
      ],
    });
    expect([...freeModels(prices)]).toEqual(["b"]);
  });
});

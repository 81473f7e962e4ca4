import { describe, expect, it } from "vitest";
import { newPrice } from "./price";
import { onlyFor, originSchema, pricesByModel, rateOf, vendorsOf } from "./template";

const prices = [{ ...newPrice(["a", "b"]), input: 1 }, { ...newPrice(["b", "c"]), input: 2 }];

describe("built-in prices", () => {
  it("are of vendors, each of which may be named by several pages", () => {
    const origins = [{ vendor: "openai", name: "OpenAI" }, { vendor: "alibaba", name: "Alibaba" }, { vendor: "openai", name: "OpenAI" }].map((origin) => originSchema.parse(origin));
    expect(vendorsOf(origins)).toEqual([{ id: "alibaba", name: "Alibaba" }, { id: "openai", name: "OpenAI" }]);
  });

  it("are chosen model by model", () => {
    expect(pricesByModel(prices).get("b")?.input).toBe(1);
    expect(onlyFor(prices, new Set(["c", "x"])).map(({ models, input }) => [models, input])).toEqual([[["c"], 2]]);
  });

  it("need a rate that can be one", () => {
    expect([rateOf("7.1"), rateOf("7,1"), rateOf(""), rateOf("0"), rateOf("-2"), rateOf("many"), rateOf("1001")]).toEqual([7.1, 7.1, null, null, null, null, null]);
  });
});

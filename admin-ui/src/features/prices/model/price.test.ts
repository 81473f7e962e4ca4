import { describe, expect, it } from "vitest";
import { cleanPrice, newPrice, pricedTwice, priceSchema, unpriced } from "./price";

describe("a price", () => {
  it("is readable with missing fields and figures as texts", () => {
    expect(priceSchema.parse({ id: 1, input: "0.5" })).toEqual({ id: 1, type: "token-billing", models: [], input: 0.5, output: 0, anonymous: false });
  });

  it("is sent without what its kind does not use", () => {
    const price = { ...newPrice(["m"]), input: -1, output: 2, anonymous: true };
    expect(cleanPrice(price)).toMatchObject({ input: 0, output: 2, anonymous: false });
    expect(cleanPrice({ ...price, type: "times-billing", input: 3 })).toMatchObject({ input: 0, output: 2, anonymous: false });
    expect(cleanPrice({ ...price, type: "non-billing" })).toMatchObject({ input: 0, output: 0, anonymous: true });
  });

  it("is missing for some models and given twice for others", () => {
    const prices = [newPrice(["a", "b"]), newPrice(["b"])];
    expect(unpriced(["a", "c", "b"], prices)).toEqual(["c"]);
    expect([...pricedTwice(prices)]).toEqual(["b"]);
  });
});

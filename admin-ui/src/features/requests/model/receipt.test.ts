import { describe, expect, it } from "vitest";
import { billOf, receiptSchema, refundable } from "./receipt";

const receipt = (more: object = {}) =>
  receiptSchema.parse({
    state: "charged",
    paid_by: "credits",
    held: "0.5",
    price: { version: 12, group: "pro", multiplier: 0.8, rule: { type: "token-billing" } },
    lines: [
      { what: "cached_input", count: 0, price: 0.1, credits: 0 },
      { what: "input", count: 1000, price: 0.1, credits: 0.1 },
      { what: "output", count: 1000, price: 0.2, credits: 0.2 },
    ],
    computed: 0.24,
    charged: "0.24",
    ...more,
  });

describe("a receipt", () => {
  it("is a bill whose lines add up, with what the group pays of it", () => {
    const bill = billOf(receipt());
    expect(bill.lines.map(({ what }) => what)).toEqual(["input", "output"]);
    expect([bill.sum, bill.multiplied]).toEqual([0.3, 0.24]);
    expect(billOf(receipt({ price: { version: 1, group: "", multiplier: 1 } })).multiplied).toBeNull();
    expect(billOf(receipt({ price: null, lines: null }))).toEqual({ lines: [], sum: 0, multiplied: null });
  });

  it("tells what can be given back, which is once and credits only", () => {
    expect([refundable(receipt()), refundable(receipt({ refunded: 0.24 })), refundable(receipt({ state: "released" })), refundable(receipt({ charged: 0 }))]).toEqual([0.24, 0, 0, 0]);
  });
});

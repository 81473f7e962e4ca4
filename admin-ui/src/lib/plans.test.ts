import { describe, expect, it } from "vitest";
import { creditsPerMonth, percentOff, planName, planSchema, shareOf, shareOff, usualShare } from "./plans";

const plan = planSchema.parse({ level: 2, price: "42", items: null, discounts: { "12": 0.75 } });

describe("a plan", () => {
  it("has its own discounts, and the usual ones where it says nothing", () => {
    expect([1, 3, 6, 12, 24, 36].map(usualShare)).toEqual([1, 1, 0.9, 0.8, 0.8, 0.7]);
    expect([shareOf(plan, 12), shareOf(plan, 6)]).toEqual([0.75, 0.9]);
  });

  it("says discounts in percent, there and back", () => {
    for (const percent of [0, 10, 12.5, 29, 33.3, 70, 100]) {
      expect(percentOff(shareOff(percent))).toBe(percent);
    }
    expect([percentOff(0.9), percentOff(0.7), shareOff(30)]).toEqual([10, 30, 0.7]);
  });

  it("costs credits", () => {
    expect([creditsPerMonth(plan), creditsPerMonth(plan, 12), creditsPerMonth(plan, 36)]).toEqual([420, 315, 294]);
    expect([planName(3), planName(0)]).toEqual(["pro", null]);
  });
});

import { describe, expect, it } from "vitest";
import { planSchema } from "@/lib/plans";
import { refusalOf, routesFor } from "./code";
import { asksMonths, changeTo, subscriptionSchema, usesOf } from "./subscription";

const held = (level: number, usage: object = {}) => subscriptionSchema.parse({ level, is_subscribed: level > 0, usage });

describe("a plan of one's own", () => {
  it("is bought, renewed or changed", () => {
    expect([changeTo(2, held(0)), changeTo(2, held(2)), changeTo(3, held(2)), changeTo(1, held(2))]).toEqual(["buy", "renew", "upgrade", "downgrade"]);
    expect((["buy", "renew", "upgrade", "downgrade"] as const).map(asksMonths)).toEqual([true, true, false, false]);
    expect(changeTo(1, subscriptionSchema.parse({ level: 3, is_subscribed: false }))).toBe("buy");
  });

  it("tells what of it is used, in its own order", () => {
    const plan = planSchema.parse({ level: 1, price: 10, items: [{ id: "b", name: "Big", value: 100, models: [] }, { id: "s", name: "", value: -1, models: [] }, { id: "new", value: 5, models: [] }] });
    const uses = usesOf(held(1, { s: { used: 7, total: -1 }, old: { used: 3, total: 2 }, b: { used: 25, total: 100 }, nothing: { used: 0, total: 0 } }), [plan]);
    expect(uses.map(({ name, total, share }) => [name, total, share])).toEqual([["Big", 100, 0.25], ["s", null, 0], ["old", 2, 1], ["nothing", 0, 1]]);
  });
});

describe("a code", () => {
  it("is tried as what it looks like first", () => {
    expect(routesFor(`nio-${"a1".repeat(16)}`)).toEqual(["redeem", "invite"]);
    expect(routesFor(`spring-${"a1".repeat(12)}`)).toEqual(["invite", "redeem"]);
    expect(routesFor("whatever")).toEqual(["redeem", "invite"]);
  });

  it("is refused for a reason that can be told", () => {
    expect(
      [
        "redeem code not found",
        "invitation code not found",
        "invalid code",
        "failed to use redeem code: this redeem code has been used",
        "failed to use invitation: this invitation has expired",
        "failed to use invitation: you have already used a code of this type",
        "too many codes were refused; please try again in ten minutes",
        "the balance would be too large",
      ].map(refusalOf),
    ).toEqual(["unknown", "unknown", "unknown", "used", "expired", "again", "tooMany", "other"]);
  });
});

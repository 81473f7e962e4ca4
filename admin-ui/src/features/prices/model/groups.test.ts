import { describe, expect, it } from "vitest";
import { badGroups, groupNames, groupsForm, multipliersOf, sameMultipliers } from "./groups";

describe("what groups pay", () => {
  it("is a form with all groups that are known or named", () => {
    expect(groupNames({ vip: 0.5 }, ["normal", "pro"])).toEqual(["normal", "pro", "vip"]);
    expect(groupsForm({ pro: 0.8 })).toEqual({ pro: "0.8" });
  });

  it("is sent where it is not the list price", () => {
    expect(multipliersOf({ normal: "", basic: "1", pro: "0,8", vip: "0" })).toEqual({ pro: 0.8, vip: 0 });
    expect(sameMultipliers({ pro: 1 }, {})).toBe(true);
    expect(sameMultipliers({ pro: 0.9 }, {})).toBe(false);
  });

  it("is a figure from 0 to 1,000", () => {
    expect(badGroups({ a: "", b: "0", c: "1000", d: "-1", e: "1001", f: "much", g: "0.1234567" })).toEqual(["d", "e", "f", "g"]);
  });
});

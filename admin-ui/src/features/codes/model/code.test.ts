import { describe, expect, it } from "vitest";
import { badFields, bodyOf, codeSchema, newOrder, stateOf } from "./code";
import { codeSearch, withSearch } from "./search";

describe("a code", () => {
  it("is unused, partly used, used up or expired", () => {
    const code = (more: object) => codeSchema.parse({ code: "nio-1", quota: "5", ...more });
    expect([stateOf(code({}), null, 10), stateOf(code({ uses: 1 }), 11, 10), stateOf(code({ used: true }), 9, 10), stateOf(code({}), 9, 10)]).toEqual(["unused", "partly", "used", "expired"]);
  });
});

describe("an order of codes", () => {
  const now = new Date(2026, 10, 26).getTime();

  it("is judged field by field", () => {
    expect(badFields(newOrder, false, now)).toEqual([]);
    expect(badFields(newOrder, true, now)).toEqual(["type"]);
    expect(badFields({ type: "a b", quota: "0", number: "10001", maxUses: "1.5", expires: "2026-11-25T00:00" }, true, now)).toEqual(["type", "quota", "number", "maxUses", "expires"]);
    expect(badFields({ type: "spring_26", quota: "0,5", number: "10000", maxUses: "3", expires: "2026-11-27T00:00" }, true, now)).toEqual([]);
  });

  it("is sent as figures and a moment", () => {
    expect(bodyOf({ ...newOrder, quota: "2,5" }, false)).toEqual({ quota: 2.5, number: 1, max_uses: 1 });
    expect(bodyOf({ ...newOrder, type: " x ", expires: "2026-12-01T00:00" }, true)).toEqual({ type: "x", quota: 5, number: 1, max_uses: 1, expires_at: new Date("2026-12-01T00:00").toISOString() });
  });
});

describe("the search for codes", () => {
  it("begins at the first page when it changes, and leaves nothing behind", () => {
    expect(codeSearch.parse({ kind: "odd", used: "yes", page: -1 })).toEqual({});
    expect(withSearch({ kind: "gift", page: 3 }, { q: "spring" })).toEqual({ kind: "gift", q: "spring" });
    expect(withSearch({ q: "x", used: false }, { q: "", used: undefined })).toEqual({});
  });
});

import { describe, expect, it } from "vitest";
import { isFiltered, momentsOf, recordSearch, wishOf, withFilter } from "./filters";

const noon = new Date(2026, 10, 26, 12).getTime();
const local = (...parts: [number, number, number, number?, number?, number?, number?]) => new Date(...parts).toISOString();

describe("the filters of the request log", () => {
  it("are read from the address, and what makes no sense is left out", () => {
    expect(recordSearch.parse({ page: 2, user: 7, model: "gpt-4o", type: "topup", time: "week" })).toEqual({ page: 2, user: 7, model: "gpt-4o", type: "topup", time: "week" });
    expect(recordSearch.parse({ page: 0, user: "x", type: "odd", outcome: "odd", from: "yesterday" })).toEqual({});
  });

  it("mean whole days of the reader", () => {
    expect(momentsOf({}, noon)).toEqual({});
    expect(momentsOf({ time: "today" }, noon)).toEqual({ start_time: local(2026, 10, 26) });
    expect(momentsOf({ time: "week" }, noon)).toEqual({ start_time: local(2026, 10, 20) });
    expect(momentsOf({ time: "month" }, noon)).toEqual({ start_time: local(2026, 9, 28) });
    expect(momentsOf({ time: "dates", from: "2026-11-01", to: "2026-11-02" }, noon)).toEqual({ start_time: local(2026, 10, 1), end_time: local(2026, 10, 2, 23, 59, 59, 999) });
    expect(momentsOf({ time: "dates" }, noon)).toEqual({ start_time: undefined, end_time: undefined });
  });

  it("are sent without what says nothing, and never ask for others where it is about oneself", () => {
    expect(wishOf({}, "all", noon)).toEqual({ type: "consume" });
    expect(wishOf({ user: 7, channel: 3, model: " m ", key: "ci", outcome: "failed" }, "all", noon)).toEqual({ user_id: 7, channel: 3, model: "m", token_name: "ci", outcome: "failed", type: "consume" });
    expect(wishOf({ user: 7, channel: 3 }, "mine", noon)).toEqual({ self: true, type: "all" });
  });

  it("begin at the first page when one changes, and leave nothing behind", () => {
    expect(withFilter({ page: 4, model: "m", time: "dates", from: "2026-11-01" }, { time: "today" })).toEqual({ model: "m", time: "today" });
    expect(withFilter({ model: "m" }, { model: "" })).toEqual({});
    expect(withFilter({ model: "m" }, { page: 3 })).toEqual({ model: "m", page: 3 });
    expect([isFiltered({ page: 2 }), isFiltered({ page: 2, key: "k" })]).toEqual([false, true]);
  });
});

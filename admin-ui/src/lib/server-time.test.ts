import { describe, expect, it } from "vitest";
import { localDay, localMinute, momentOf, serverTime } from "./server-time";

describe("times of the server", () => {
  it("are UTC unless they say otherwise", () => {
    expect(serverTime("2026-11-25 12:30:00")).toBe(Date.UTC(2026, 10, 25, 12, 30));
    expect(serverTime("2026-11-25T12:30:00")).toBe(Date.UTC(2026, 10, 25, 12, 30));
    expect(serverTime("2026-11-25T12:30:00+02:00")).toBe(Date.UTC(2026, 10, 25, 10, 30));
  });

  it("may be missing, and 1970 stands for never", () => {
    expect([serverTime(null), serverTime(""), serverTime("-"), serverTime("1970-01-01 00:00:00")]).toEqual([null, null, null, null]);
  });

  it("are written and read in the reader's own time", () => {
    const at = new Date(2026, 10, 5, 9, 7).getTime();
    expect(localDay(at)).toBe("2026-11-05");
    expect(localMinute(at)).toBe("2026-11-05T09:07");
    expect(momentOf(localMinute(at))).toBe(new Date(at).toISOString());
    expect([localMinute(null), momentOf(""), momentOf("no time")]).toEqual(["", null, null]);
  });
});

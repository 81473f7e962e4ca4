import { describe, expect, it } from "vitest";
import { newChannel } from "./channel";
import { countsOf, hasField, refusalOf } from "./sections";
import { settingsOf } from "./settings";

describe("the sections of the form", () => {
  it("count what is set in them", () => {
    const channel = newChannel(undefined);
    const settings = settingsOf(channel);
    expect(countsOf(channel, settings)).toEqual({ routing: 0, timeouts: 0, requests: 0, proxy: 0 });
    const changed = { ...channel, priority: -1, group: ["pro"], mapper: "a>b", proxy: { ...channel.proxy, proxy_type: 1 } };
    expect(countsOf(changed, { ...settings, cost: "2", stall_timeout: "5", header_override: [{ name: "X", value: "" }], first_message_as_user: true })).toEqual({
      routing: 3,
      timeouts: 1,
      requests: 3,
      proxy: 1,
    });
  });

  it("know which fields they hold", () => {
    expect(hasField("routing", ["name", "key_max_per_minute"])).toBe(true);
    expect(hasField("timeouts", ["mapper"])).toBe(false);
  });
});

describe("a refusal of the server", () => {
  it("names its field, or is about the whole", () => {
    expect(refusalOf("max_per_minute: expected a whole number up to 100000, 0 for no limit")).toEqual({
      field: "max_per_minute",
      words: "Expected a whole number up to 100000, 0 for no limit",
    });
    expect(refusalOf("channel not found")).toBeNull();
    expect(refusalOf("database: away")).toBeNull();
  });
});

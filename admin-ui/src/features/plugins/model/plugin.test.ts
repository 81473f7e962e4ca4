import { describe, expect, it } from "vitest";
import { callsOf, conditionOf, pluginListSchema, pluginSchema, withPlugin } from "./plugin";

const plugin = (more: object = {}) =>
  pluginSchema.parse({ id: "openai", version: "1.0.0", desired: { enabled: true, version: "1.0.0" }, observed: { state: "serving", cause: null }, ...more });

describe("a plugin", () => {
  it("is readable with nothing but an id", () => {
    expect(pluginSchema.parse({ id: "x" })).toMatchObject({ id: "x", name: "x", enabled: true, provides: [], draining: [], liveLeases: 0, cause: "" });
  });

  it("is read from bare and wrapped lists, and an unreadable one is left out", () => {
    const items = [{ id: "a" }, { name: "no id" }, { id: "b", liveLeases: "3" }];
    for (const list of [items, { status: true, data: items }, { plugins: items }]) {
      expect(pluginListSchema.parse(list).map(({ id, liveLeases }) => [id, liveLeases])).toEqual([
        ["a", 0],
        ["b", 3],
      ]);
    }
  });

  it("takes the start of a drain as a number or as a text", () => {
    const since = (value: unknown) => plugin({ draining: [{ version: "1", leases: 1, since: value }] }).draining[0]?.since;
    expect(since(5)).toBe(5);
    expect(since("2026-11-24T00:00:00Z")).toBe(Date.UTC(2026, 10, 24));
    expect(since("soon")).toBeNull();
    expect(since(undefined)).toBeNull();
  });

  it("has the condition its states add up to", () => {
    const draining = [{ version: "0.9.0", generation: 1, leases: 2, since: 0 }];
    const off = { desired: { enabled: false, version: "1.0.0" } };
    expect(conditionOf(plugin())).toBe("serving");
    expect(conditionOf(plugin({ observed: { state: "ACTIVE" } }))).toBe("serving");
    expect(conditionOf(plugin({ observed: { state: "STARTED" } }))).toBe("serving");
    expect(conditionOf(plugin({ observed: { state: "starting" } }))).toBe("changing");
    expect(conditionOf(plugin({ desired: { enabled: true, version: "1.1.0" } }))).toBe("changing");
    expect(conditionOf(plugin({ draining }))).toBe("swapping");
    expect(conditionOf(plugin({ ...off, draining }))).toBe("stopping");
    expect(conditionOf(plugin({ ...off, observed: { state: "disabled" } }))).toBe("off");
    expect(conditionOf(plugin({ observed: { state: "failed", cause: "no" }, draining }))).toBe("failed");
  });

  it("counts the calls of all its generations", () => {
    expect(callsOf(plugin({ liveLeases: 3, draining: [{ leases: 2 }, { leases: 1 }] }))).toBe(6);
  });

  it("takes its place in a list, or keeps it", () => {
    const list = [plugin(), plugin({ id: "b" })];
    expect(withPlugin(list, plugin({ version: "2.0.0" })).map(({ id, version }) => `${id}@${version}`)).toEqual(["openai@2.0.0", "b@1.0.0"]);
    expect(withPlugin(list, plugin({ id: "c" })).map(({ id }) => id)).toEqual(["openai", "b", "c"]);
  });
});

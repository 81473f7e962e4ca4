import { describe, expect, it } from "vitest";
import { callsOf, conditionOf, pluginListSchema, pluginSchema } from "./plugin";

const plugin = (more: object = {}, observed: object = {}) =>
  pluginSchema.parse({
    id: "openai",
    desired: { version: "1.0.0", enabled: true, bundled: true, previousVersion: null },
    observed: { state: "ACTIVE", version: "1.0.0", generation: 3, lent: 2 },
    ...more,
    ...(Object.keys(observed).length > 0 ? { observed: { state: "ACTIVE", version: "1.0.0", generation: 3, ...observed } } : {}),
  });

describe("a plugin", () => {
  it("is readable with nothing but an id", () => {
    expect(pluginSchema.parse({ id: "x" })).toMatchObject({ id: "x", name: "x", version: "", enabled: true, provides: [], draining: [], leases: 0, cause: "" });
  });

  it("is left out of a list when it cannot be read, alone", () => {
    expect(pluginListSchema.parse([{ id: "a" }, { name: "no id" }, null, { id: "b", leases: "3" }]).map(({ id, leases }) => [id, leases])).toEqual([
      ["a", 0],
      ["b", 3],
    ]);
  });

  it("offers services of any kind", () => {
    expect(plugin({ provides: [{ kind: "ChannelType", id: "openai" }, "groq"] }).provides).toEqual(["openai", "groq"]);
  });

  it("has the version that serves, or else the one that is to serve", () => {
    expect(plugin({ desired: { version: "1.1.0", enabled: true } })).toMatchObject({ version: "1.0.0", wantedVersion: "1.1.0" });
    expect(plugin({}, { version: null, state: "FAILED" })).toMatchObject({ version: "1.0.0", wantedVersion: "1.0.0" });
    expect(plugin({ desired: { version: null, enabled: true } })).toMatchObject({ version: "1.0.0", wantedVersion: "1.0.0" });
  });

  it("knows since when a generation drains, where that can be read", () => {
    const since = (value: unknown) => plugin({ draining: [{ version: "1", leases: 1, since: value }] }).draining[0]?.since;
    expect(since("2026-11-24T00:00:00Z")).toBe(Date.UTC(2026, 10, 24));
    expect(since("soon")).toBeNull();
    expect(since(undefined)).toBeNull();
  });

  it("has the condition its states add up to", () => {
    const draining = [{ version: "0.9.0", generation: 1, leases: 2, since: null }];
    const off = { desired: { enabled: false, version: "1.0.0" } };
    expect(conditionOf(plugin())).toBe("serving");
    expect(conditionOf(plugin({}, { state: "RESOLVED" }))).toBe("changing");
    expect(conditionOf(plugin({ desired: { enabled: true, version: "1.1.0" } }))).toBe("changing");
    expect(conditionOf(plugin({ desired: { enabled: true, version: "1.1.0" }, cause: "1.1.0 does not fit" }))).toBe("serving");
    expect(conditionOf(plugin({ draining }))).toBe("swapping");
    expect(conditionOf(plugin({ ...off, draining }, { state: "DRAINING" }))).toBe("stopping");
    expect(conditionOf(plugin(off, { state: "DISABLED" }))).toBe("off");
    expect(conditionOf(plugin({ draining, cause: "no" }, { state: "FAILED" }))).toBe("failed");
  });

  it("counts the calls of all its generations", () => {
    expect(callsOf(plugin({ leases: 3, draining: [{ leases: 2 }, { leases: 1 }] }))).toBe(6);
  });
});

import { describe, expect, it } from "vitest";
import { channelTypeSchema } from "@/lib/channel-types";
import { matches, storedProfileSchema, vendorsOf } from "./vendor";

const type = (id: string, name: object | string, more: object = {}) => channelTypeSchema.parse({ id, name, ...more });
const types = [
  type("openai", "OpenAI", { plugin: "openai", models: ["gpt-5.2"], defaultEndpoint: "https://api.openai.com" }),
  type("groq", { en: "Groq", zh: "格罗克" }, { plugin: "openai-compatible" }),
  type("nebula", "Nebula", { plugin: "openai-compatible" }),
];
const stored = (id: string, more: object) => storedProfileSchema.parse({ id, family: "openai-compatible", own: true, body: { id, name: id }, ...more });
const profiles = [
  stored("groq", { own: false }),
  stored("nebula", { state: "serving", revision: 4 }),
  stored("lost", { state: "family-missing", body: { id: "lost", name: { en: "Lost", zh: "失联" }, models: ["m"] } }),
  stored("openai", { state: "hidden" }),
  stored("away", { own: false }),
];

describe("vendors", () => {
  it("are all channel types and own profiles that no call reaches, own ones first", () => {
    expect(vendorsOf(types, profiles, "en").map(({ id, own, type: provided, profile }) => [id, own, provided !== undefined, profile?.state])).toEqual([
      ["lost", true, false, "family-missing"],
      ["nebula", true, true, "serving"],
      ["openai", true, false, "hidden"],
      ["groq", false, true, "serving"],
      ["openai", false, true, undefined],
    ]);
  });

  it("are found by id, name in any language, plugin, address or model", () => {
    const found = (search: string) =>
      vendorsOf(types, profiles, "en")
        .filter((vendor) => matches(vendor, search))
        .map(({ id }) => id);
    expect(found("格罗")).toEqual(["groq"]);
    expect(found("compatible")).toEqual(["nebula", "groq"]);
    expect(found("api.openai gpt-5")).toEqual(["openai"]);
    expect(found("失联")).toEqual(["lost"]);
    expect(found("")).toHaveLength(5);
  });
});

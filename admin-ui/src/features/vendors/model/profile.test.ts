import { describe, expect, it } from "vitest";
import { authOf, copyOf, emptyProfile, hasQuirk, namesOf, problemFrom, quirks, textAt, textsAt, valueAt, withAuth, withChoice, withNames, withQuirk, withValue, wordsAt } from "./profile";

const quirk = (name: string) => quirks.find((candidate) => candidate.name === name)!;

describe("a profile", () => {
  it("is changed member by member and keeps all others, in their order", () => {
    const profile = { id: "a", chat: { drop: ["n"], roles: { developer: "system" } }, errors: [] };
    expect(withValue(profile, "/chat/clamp/temperature", [0, 1])).toEqual({
      id: "a",
      chat: { drop: ["n"], roles: { developer: "system" }, clamp: { temperature: [0, 1] } },
      errors: [],
    });
    expect(Object.keys(withValue(profile, "/chat/streamOptions", false))).toEqual(["id", "chat", "errors"]);
    expect(profile.chat).toEqual({ drop: ["n"], roles: { developer: "system" } });
  });

  it("loses with a member what is empty without it", () => {
    expect(withValue({ chat: { roles: { developer: "system" } }, id: "a" }, "/chat/roles/developer", undefined)).toEqual({ id: "a" });
    expect(withValue({ chat: { roles: { developer: "system" }, drop: [] } }, "/chat/roles/developer", undefined)).toEqual({ chat: { drop: [] } });
    expect(withValue({ id: "a" }, "/chat/drop", undefined)).toEqual({ id: "a" });
  });

  it("is readable whatever somebody wrote into it", () => {
    const odd = { name: 3, chat: "x", models: ["a", 1, null], modelList: [] };
    expect([namesOf(odd), textAt(odd, "/id"), textsAt(odd, "/models"), valueAt(odd, "/chat/drop"), valueAt(odd, "/modelList/shape")]).toEqual([
      { en: "", zh: "" },
      "",
      ["a"],
      undefined,
      undefined,
    ]);
    expect(valueAt({ rules: [{ models: ["*"] }] }, "/rules/0/models/0")).toBe("*");
    expect(withValue(odd, "/chat/drop", ["n"])).toMatchObject({ chat: { drop: ["n"] } });
  });

  it("has one name, or one for each language", () => {
    expect(withNames(emptyProfile, { en: "Nebula", zh: "" })["name"]).toBe("Nebula");
    expect(withNames(emptyProfile, { en: "Nebula", zh: "星云" })["name"]).toEqual({ en: "Nebula", zh: "星云" });
    expect(namesOf({ name: { en: "Nebula", zh: "Nebula" } })).toEqual({ en: "Nebula", zh: "" });
    expect(namesOf({ name: "Nebula" })).toEqual({ en: "Nebula", zh: "" });
  });

  it("says how its key is sent", () => {
    expect(authOf({})).toEqual({ kind: "bearer", name: "" });
    expect(authOf({ auth: "header:x-key" })).toEqual({ kind: "header", name: "x-key" });
    expect(authOf({ auth: "nonsense" })).toEqual({ kind: "bearer", name: "" });
    expect(withAuth({ auth: "none" }, { kind: "bearer", name: "" })).toEqual({});
    expect(withAuth({}, { kind: "query", name: "key" })).toEqual({ auth: "query:key" });
    expect(withAuth({}, { kind: "api-key", name: "left over" })).toEqual({ auth: "api-key" });
  });

  it("leaves out what counts anyway", () => {
    expect(withChoice({ basePath: "/v2" }, "/basePath", "/v1", "/v1")).toEqual({});
    expect(withChoice({}, "/basePath", "", "/v1")).toEqual({ basePath: "" });
  });

  it("has quirks that are on or off", () => {
    expect(quirks.map((one) => [one.name, hasQuirk({}, one)])).toEqual([
      ["usage", true],
      ["maxTokens", false],
      ["developer", false],
      ["streamsOnly", false],
    ]);
    const profile = quirks.reduce((now, one) => withQuirk(now, one, !one.usual), { id: "a" } as Record<string, unknown>);
    expect(profile).toEqual({
      id: "a",
      chat: { streamOptions: false, rename: { max_completion_tokens: "max_tokens" }, roles: { developer: "system" }, streamsOnly: true },
    });
    expect(quirks.map((one) => hasQuirk(profile, one))).toEqual([false, true, true, true]);
    expect(quirks.reduce((now, one) => withQuirk(now, one, one.usual), profile)).toEqual({ id: "a" });
    expect(withQuirk({ chat: { rename: { seed: "random_seed" } } }, quirk("maxTokens"), false)).toEqual({ chat: { rename: { seed: "random_seed" } } });
  });

  it("is copied under an id and a name of its own", () => {
    const copy = copyOf({ id: "groq", name: { en: "Groq", zh: "格罗克" }, description: "Theirs.", color: "#f55036", chat: { drop: ["n"] } }, new Set(["groq", "groq-copy"]), (name) => `${name} (copy)`);
    expect(copy).toEqual({ id: "groq-copy-2", name: "Groq (copy)", chat: { drop: ["n"] } });
    expect(String(copyOf({ id: "x".repeat(48), name: "X" }, new Set(), (name) => name)["id"]).length).toBeLessThanOrEqual(48);
  });
});

describe("a refusal", () => {
  it("names the member at fault in front of its words, or beside them", () => {
    expect(problemFrom('/auth: expected bearer or none, found "key"', undefined)).toEqual({ pointer: "/auth", words: 'Expected bearer or none, found "key"' });
    expect(problemFrom("/chat/drop/0: expected a text", "/chat/drop/0")).toEqual({ pointer: "/chat/drop/0", words: "Expected a text" });
    expect(problemFrom("expected a text", "chat.drop")).toEqual({ pointer: "/chat/drop", words: "Expected a text" });
    expect(problemFrom("/: expected an object", undefined)).toEqual({ pointer: "", words: "Expected an object" });
    expect(problemFrom("no profile: too long", undefined)).toEqual({ pointer: "", words: "No profile: too long" });
  });

  it("is said at the field whose member it names", () => {
    const problem = { pointer: "/chat/drop/0", words: "No." };
    expect(wordsAt(problem, "/chat/drop")).toBe("No.");
    expect(wordsAt(problem, "/id", "/chat/dro")).toBeUndefined();
    expect(wordsAt(null, "/chat")).toBeUndefined();
  });
});

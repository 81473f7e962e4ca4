import { describe, expect, it } from "vitest";
import { channelTypeSchema, nameIn, sortTypes } from "@/lib/channel-types";
import { splitNames } from "@/lib/names";
import { channelSchema, copyOf, joinSecrets, malformedMappings, matches, newChannel, optionOf, problemsOf, withOption, withType } from "./channel";

const part = (name: string) => ({ name, kind: "SECRET", label: { en: name }, required: true });
const openai = channelTypeSchema.parse({ id: "openai", name: { en: "OpenAI", zh: "OpenAI" }, defaultEndpoint: "https://api.openai.com", secretParts: [part("key")], models: ["gpt-4o"] });
const spark = channelTypeSchema.parse({ id: "sparkdesk", name: { en: "Spark", zh: "讯飞星火" }, defaultEndpoint: "wss://spark", secretParts: [part("app"), part("secret"), { ...part("region"), required: false }], options: [{ name: "style", kind: "CHOICE", choices: ["a", "b"], required: true }], models: [] });

describe("a channel", () => {
  it("is readable with nulls and missing fields", () => {
    expect(channelSchema.parse({ id: 3, models: null, group: null, proxy: null, secret: null })).toMatchObject({
      id: 3,
      models: [],
      group: [],
      secret: "",
      state: false,
      proxy: { proxy_type: 0 },
    });
  });

  it("takes the endpoint of its new type unless one was written", () => {
    const channel = newChannel(openai);
    expect(withType(channel, spark, [openai, spark]).endpoint).toBe("wss://spark");
    expect(withType({ ...channel, endpoint: "https://mine" }, spark, [openai, spark]).endpoint).toBe("https://mine");
  });

  it("is copied without its secret", () => {
    expect(copyOf({ ...newChannel(openai), id: 4, secret: "••••" }, "twin")).toMatchObject({ id: -1, name: "twin", secret: "" });
  });

  it("needs a name, models, an endpoint, and a secret when it is new", () => {
    const channel = { ...newChannel(openai), endpoint: "" };
    expect(problemsOf(channel, [[""]], openai)).toEqual({ name: "required", models: "required", endpoint: "required", secret: "required" });
    const whole = { ...channel, name: "a", models: ["m"], endpoint: "https://x" };
    expect(problemsOf(whole, [["sk-1"]], openai)).toEqual({});
    expect(problemsOf({ ...whole, id: 3, secret: "****" }, [[""]], openai)).toEqual({});
    expect(problemsOf(whole, [["app", "", ""]], spark)).toEqual({ secret: "incomplete", "option:style": "required" });
    expect(problemsOf(withOption(whole, "style", "a"), [["app", "s", ""]], spark)).toEqual({});
    expect(problemsOf({ ...whole, id: 3, secret: "" }, [[""]], openai)).toEqual({ secret: "required" });
    expect(problemsOf({ ...whole, mapper: "a>b\nnonsense", proxy: { ...whole.proxy, proxy_type: 3 } }, [["k"]], openai)).toEqual({ mapper: "malformed", proxy: "required" });
  });

  it("needs neither address nor secret where its type answers by itself", () => {
    const sandbox = channelTypeSchema.parse({ id: "sandbox", defaultEndpoint: "", secretParts: [], models: ["echo"] });
    expect(problemsOf({ ...newChannel(sandbox), name: "a", models: ["echo"] }, [[""]], sandbox)).toEqual({});
  });

  it("keeps the settings of its type, and fields nobody here knows", () => {
    const channel = channelSchema.parse({ id: 3, style: "b", first_message_as_user: true });
    expect(optionOf(channel, "style")).toBe("b");
    expect(optionOf(channel, "missing")).toBe("");
    expect(channel).toMatchObject({ first_message_as_user: true });
  });

  it("is found by all words of a search", () => {
    const channel = { ...newChannel(openai), name: "Frankfurt", models: ["gpt-4o"] };
    expect(matches(channel, "frank 4o")).toBe(true);
    expect(matches(channel, "frank claude")).toBe(false);
  });
});

describe("the parts of a channel", () => {
  it("are taken from what is typed or pasted", () => {
    expect(splitNames(" gpt-4o, o3\n\nclaude，glm ")).toEqual(["gpt-4o", "o3", "claude", "glm"]);
    expect(joinSecrets([["a ", "b"], ["", ""], ["c", "d"]])).toBe("a|b\nc|d");
    expect(malformedMappings("a>b\n!c>d\n\n>x\nab\na>b>c")).toEqual([4, 5, 6]);
  });

  it("have names in the reader's language", () => {
    expect(nameIn(spark.name, "zh-CN", "x")).toBe("讯飞星火");
    expect(nameIn(spark.name, "ja", "x")).toBe("Spark");
    expect(nameIn(null, "en", "x")).toBe("x");
    expect(sortTypes([spark, openai], "en").map(({ id }) => id)).toEqual(["openai", "sparkdesk"]);
  });
});

import { describe, expect, it } from "vitest";
import { channelSchema, newChannel } from "./channel";
import { parameterEffect, parameterMistake, settingProblems, settingsOf, withSettings } from "./settings";

const stored = channelSchema.parse({
  id: 3,
  first_message_as_user: true,
  header_override: { "X-Team": "blue" },
  param_override: { temperature: 0.3, logit_bias: null },
  stall_timeout: 20,
  max_per_minute: 600,
  key_max_concurrency: 0,
  cost: 1.4,
  unmappedFields: "refuse",
  style: "b",
});

describe("the settings of a channel", () => {
  it("stand in the form as they are typed, empty where the default counts", () => {
    expect(settingsOf(stored)).toMatchObject({
      first_message_as_user: true,
      merge_consecutive_user_messages: false,
      header_override: [{ name: "X-Team", value: "blue" }],
      param_override: '{\n  "temperature": 0.3,\n  "logit_bias": null\n}',
      first_token_timeout: "",
      stall_timeout: "20",
      max_per_minute: "600",
      key_max_concurrency: "",
      cost: "1.4",
      unmappedFields: "refuse",
    });
  });

  it("are read where another product wrote objects as text", () => {
    const channel = channelSchema.parse({ id: 3, header_override: '{"A":"1"}', param_override: "nonsense", unmappedFields: "nonsense" });
    expect(settingsOf(channel)).toMatchObject({ header_override: [{ name: "A", value: "1" }], param_override: "", unmappedFields: "" });
  });

  it("come back unchanged, without what has its default, and leave other fields alone", () => {
    const sent = withSettings(stored, settingsOf(stored));
    const { key_max_concurrency: _none, ...kept } = stored;
    expect(sent).toEqual(kept);
    expect(withSettings(newChannel(undefined), settingsOf(newChannel(undefined)))).toEqual(newChannel(undefined));
  });

  it("are sent as figures, flags and objects", () => {
    const settings = {
      ...settingsOf(newChannel(undefined)),
      merge_consecutive_user_messages: true,
      max_concurrency: " 4 ",
      first_token_timeout: "0.5",
      cost: "1",
      header_override: [
        { name: " X-A ", value: " b " },
        { name: "", value: " " },
      ],
      param_override: '{"seed": 7}',
    };
    const sent = withSettings(newChannel(undefined), settings);
    expect(sent).toMatchObject({ merge_consecutive_user_messages: true, max_concurrency: 4, first_token_timeout: 0.5, header_override: { "X-A": "b" }, param_override: { seed: 7 } });
    expect(sent).not.toHaveProperty("cost");
  });

  it("may be wrong in what was typed", () => {
    const good = settingsOf(newChannel(undefined));
    expect(settingProblems(good)).toEqual({});
    expect(settingProblems({ ...good, max_concurrency: "1.5", key_max_per_minute: "100001", first_token_timeout: "0.01", stall_timeout: "0", cost: "-1" })).toEqual({
      max_concurrency: "cap",
      key_max_per_minute: "cap",
      first_token_timeout: "seconds",
      cost: "factor",
    });
    const headers = (...rows: [string, string][]) => settingProblems({ ...good, header_override: rows.map(([name, value]) => ({ name, value })) }).header_override;
    expect(headers(["X-A", "1"], ["", ""])).toBeUndefined();
    expect(headers(["X A", "1"])).toBe("headerName");
    expect(headers(["", "1"])).toBe("headerName");
    expect(headers(["Content-Length", "1"])).toBe("headerReserved");
    expect(headers(["X-A", "1"], ["x-a", "2"])).toBe("headerTwice");
    expect(headers(["X-A", "1\n2"])).toBe("headerLine");
  });
});

describe("parameters as JSON", () => {
  it("are checked where they are wrong", () => {
    expect(parameterMistake("  ")).toBeNull();
    expect(parameterMistake('{"top_p": 0.5}')).toBeNull();
    expect(parameterMistake('{\n  "top_p": 0.5,\n}')).toEqual({ line: 3, problem: "broken", member: "" });
    expect(parameterMistake("[1]")).toMatchObject({ problem: "object" });
    expect(parameterMistake('{\n  "top_p": 1,\n  "stream": true\n}')).toEqual({ line: 3, problem: "reserved", member: "stream" });
    const many = JSON.stringify(Object.fromEntries(Array.from({ length: 65 }, (_, at) => [`p${at}`, at])));
    expect(parameterMistake(many)).toMatchObject({ problem: "tooMany" });
  });

  it("set some members and take out others", () => {
    expect(parameterEffect('{"seed": 7, "logit_bias": null, "top_p": 0}')).toEqual({ set: ["seed", "top_p"], removed: ["logit_bias"] });
    expect(parameterEffect("{")).toEqual({ set: [], removed: [] });
  });
});

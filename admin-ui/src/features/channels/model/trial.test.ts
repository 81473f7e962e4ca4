import { describe, expect, it } from "vitest";
import { balancesSchema, goodTimeout, isUnsupported, listingSchema, modelChoices, orderOf, timelineOf, trialSchema } from "./trial";

describe("a trial", () => {
  it("is read where nothing was asked, and with all it can have", () => {
    expect(trialSchema.parse({ ok: false, fault: null, check: "none", remark: { en: "nothing" } })).toMatchObject({ check: "none", usage: null, firstContentMs: null, steps: [], dropped: [] });
    const fault = { kind: "RATE", message: "wait", status: 429, vendorCode: null, retryAfterMs: 2_000, hint: { en: "Wait.", zh: "请稍候。" } };
    expect(trialSchema.parse({ ok: false, fault, check: "chat", text: "hel", usage: { input: 3, output: null }, steps: [{ at: 1, step: "ready", detail: "" }] })).toMatchObject({
      fault: { kind: "RATE", status: 429, vendorCode: "" },
      usage: { input: 3, output: null },
      text: "hel",
    });
  });

  it("is ordered with what was chosen only", () => {
    const usual = { model: "", key: null, stream: true, prompt: " ", timeout: "" };
    expect(orderOf(usual)).toEqual({ stream: true });
    expect(orderOf({ model: "m", key: 0, stream: false, prompt: "Hi", timeout: "20" })).toEqual({ model: "m", key: 0, stream: false, prompt: "Hi", timeout: 20 });
    expect(["", "1", "120", "0", "121", "1.5", "x"].map(goodTimeout)).toEqual([true, true, true, false, false, false, false]);
  });

  it("has a transcript that tells where the time went", () => {
    const steps = [
      { at: 2, step: "ready", detail: "" },
      { at: 5, step: "asked", detail: "POST /v1" },
      { at: 600, step: "first content", detail: "" },
      { at: 900, step: "something new", detail: "" },
    ];
    expect(timelineOf(steps).map(({ name, took }) => [name, took])).toEqual([
      ["ready", 3],
      ["asked", 595],
      ["firstContent", 300],
      [null, null],
    ]);
  });
});

describe("what an upstream has", () => {
  it("is put beside what the channel offers", () => {
    expect(modelChoices(["a", "b-2024"], ["old", "b", "a"], "b>b-2024\n!c>a\nbroken")).toEqual([
      { name: "old", there: false, real: "" },
      { name: "b", there: true, real: "b-2024" },
      { name: "a", there: true, real: "" },
      { name: "b-2024", there: true, real: "" },
    ]);
  });

  it("is a list, or balances, or a fault", () => {
    expect(listingSchema.parse({ ok: true, models: ["a"], cut: false })).toMatchObject({ models: ["a"], fault: null });
    expect(balancesSchema.parse({ ok: true, balances: [{ left: "1.50", total: null, used: null, currency: "CNY", part: "" }] }).balances).toEqual([
      { left: "1.50", total: "", used: "", currency: "CNY", part: "" },
    ]);
    const fault = { kind: "UNSUPPORTED", message: "no", status: null, retryAfterMs: null, hint: null };
    expect(isUnsupported(balancesSchema.parse({ ok: false, fault }))).toBe(true);
    expect(isUnsupported({ fault: null })).toBe(false);
  });
});

import { describe, expect, it } from "vitest";
import { changesBetween } from "./changes";
import { idOf, itemForm, itemOf, itemProblems, moved } from "./item";
import { badFields, formOf, type Settings, settingsOf, settingsSchema } from "./settings";

const item = (id: string, more: object = {}) => ({ id, name: id.toUpperCase(), icon: "", value: 100, models: ["m"], ...more });
const settings: Settings = settingsSchema.parse({
  enabled: true,
  relay_plan: false,
  zone: "Asia/Shanghai",
  plans: [{ level: 2, price: 42, items: [item("a"), item("b", { value: -1 })], discounts: { "6": 0.9, "12": 0.75, "24": 0.5 } }],
});

describe("the plans as a form", () => {
  it("have a card for each level, discounts as percents off, and come back as they were", () => {
    const form = formOf(settings);
    expect(form.plans.map(({ level, price }) => [level, price])).toEqual([[1, ""], [2, "42"], [3, ""]]);
    expect(form.plans[1]?.discounts).toEqual({ "6": "10", "12": "25" });
    expect(settingsOf(form)).toEqual(settings);
    expect(changesBetween(settings, settingsOf(form))).toEqual([]);
  });

  it("are judged where they cannot be sent", () => {
    const form = formOf(settings);
    const broken = { ...form, zone: "Nowhere/City", plans: form.plans.map((plan) => ({ ...plan, price: plan.level === 1 ? "-1" : plan.price, discounts: (plan.level === 2 ? { "6": "101", "12": "" } : {}) as Record<string, string> })) };
    expect([...badFields(form)]).toEqual([]);
    expect([...badFields(broken)]).toEqual(["zone", "price 1", "discount 2 6"]);
  });

  it("drop a level that has neither a price nor items", () => {
    const form = formOf(settings);
    expect(settingsOf({ ...form, plans: form.plans.map((plan) => ({ ...plan, price: "", items: [] })) }).plans).toEqual([]);
  });
});

describe("what changed", () => {
  it("is told one by one", () => {
    const after: Settings = {
      enabled: false,
      relay_plan: true,
      zone: "UTC",
      plans: [
        { level: 1, price: 5, items: [], discounts: {} },
        { level: 2, price: 50, items: [item("c"), item("b", { value: 7, models: ["m", "n"] }), item("a", { name: "New", models: [] })], discounts: { "12": 0.8, "24": 0.5 } },
      ],
    };
    expect(changesBetween(settings, after)).toEqual([
      { kind: "enabled", on: false },
      { kind: "relay", on: true },
      { kind: "zone", from: "Asia/Shanghai", to: "UTC" },
      { kind: "planAdded", level: 1 },
      { kind: "price", level: 2, from: 42, to: 50 },
      { kind: "discount", level: 2, months: 6, from: 10, to: null },
      { kind: "discount", level: 2, months: 12, from: 25, to: 20 },
      { kind: "itemAdded", level: 2, item: "C" },
      { kind: "itemValue", level: 2, item: "B", from: -1, to: 7 },
      { kind: "itemModels", level: 2, item: "B", added: ["n"], removed: [] },
      { kind: "itemNamed", level: 2, item: "New" },
      { kind: "itemModels", level: 2, item: "New", added: [], removed: ["m"] },
      { kind: "order", level: 2 },
    ]);
    expect(changesBetween(settings, { ...settings, plans: [] })).toEqual([{ kind: "planRemoved", level: 2 }]);
  });
});

describe("an item of a plan", () => {
  it("is without a limit by a switch, and keeps its icon", () => {
    expect(itemForm(item("b", { value: -1 }))).toMatchObject({ unlimited: true, value: "100" });
    expect(itemOf({ ...itemForm(item("b")), unlimited: true }, item("b", { icon: "x" }))).toMatchObject({ value: -1, icon: "x" });
  });

  it("needs an id of its own, a count and models", () => {
    expect(itemProblems(itemForm(null), [])).toEqual(["idMissing", "models"]);
    expect(itemProblems({ ...itemForm(item("a")), value: "1.5" }, ["a"])).toEqual(["idTaken", "value"]);
    expect(itemProblems({ ...itemForm(item("a")), value: "", unlimited: true }, [])).toEqual([]);
    expect(idOf(" GPT 5 & friends! ")).toBe("gpt-5-friends");
  });

  it("can be moved", () => {
    expect([moved(["a", "b", "c"], 0, 1), moved(["a", "b", "c"], 2, -1)]).toEqual([["b", "a", "c"], ["a", "c", "b"]]);
  });
});

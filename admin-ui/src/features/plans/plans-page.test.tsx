import { screen, waitFor, within } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import { type FakeRequest, fakeServer, json, signedInRoutes } from "@/testing/fake-server";
import { renderApp } from "@/testing/render-app";

const item = (id: string, name: string, value: number, models: string[]) => ({ id, name, icon: "", value, models });
const settings = {
  enabled: true,
  relay_plan: false,
  zone: "UTC",
  plans: [
    { level: 1, price: 4.2, items: [item("fast", "Fast", 100, ["gpt-4o"])], discounts: {} },
    { level: 2, price: 9, items: [item("fast", "Fast", -1, ["gpt-4o"]), item("big", "Big", 50, ["claude-x"])], discounts: { "12": 0.75 } },
  ],
};
const routes = { ...signedInRoutes, "GET /api/admin/plan/view": () => json(settings) };
const sent = (requests: readonly FakeRequest[]) => requests.filter(({ path }) => path === "/api/admin/plan/update").map(({ body }) => body);
const cardOf = async (name: string) => within((await screen.findByRole("heading", { level: 2, name })).closest("section")!);

describe("the plans page", () => {
  it("shows each level with its price in credits, its discounts and what it contains", async () => {
    fakeServer(routes);
    await renderApp({ path: "/console/plans" });
    const standard = await cardOf("Standard");
    expect(standard.getByLabelText<HTMLInputElement>("Price a month").value).toBe("9");
    expect(standard.getByText("90 credits")).toBeTruthy();
    expect(standard.getByLabelText<HTMLInputElement>("12 months").value).toBe("25");
    expect(standard.getByLabelText<HTMLInputElement>("6 months").placeholder).toBe("10");
    expect(standard.getByText("without limit")).toBeTruthy();
    expect((await cardOf("Pro")).getByLabelText<HTMLInputElement>("Price a month").value).toBe("");
    expect(screen.queryByRole("button", { name: "Review and save" })).toBeNull();
  });

  it("says what changed before it saves all at once", async () => {
    const requests = fakeServer({ ...routes, "POST /api/admin/plan/update": () => json({ status: true, error: "" }) });
    const { user } = await renderApp({ path: "/console/plans" });
    const basic = await cardOf("Basic");
    await user.clear(basic.getByLabelText("Price a month"));
    await user.type(basic.getByLabelText("Price a month"), "5");
    await user.type(basic.getByLabelText("6 months"), "15");
    await user.click(screen.getByRole("switch", { name: "Plans pay for API calls" }));
    await user.click(basic.getByRole("button", { name: "Copy from another plan" }));
    await user.click(await screen.findByRole("menuitem", { name: "Big" }));
    await user.click(basic.getByRole("button", { name: "Move Big up" }));
    await user.click((await cardOf("Standard")).getByRole("button", { name: "Remove Big" }));
    await user.click(screen.getByRole("button", { name: "Review and save" }));
    const review = within(await screen.findByRole("dialog", { name: "What changed" }));
    expect(review.getAllByRole("listitem").map(({ textContent }) => textContent)).toEqual([
      "Plans pay for API calls.",
      "Basic: price 4.2 → 5 a month",
      "Basic: discount for 6 months as usual → 15%",
      "Basic: Big was added",
      "Standard: Big was removed",
    ]);
    await user.click(review.getByRole("button", { name: "Save" }));
    expect(await screen.findByText("The plans were saved.")).toBeTruthy();
    expect(sent(requests)).toEqual([
      {
        ...settings,
        relay_plan: true,
        plans: [
          { level: 1, price: 5, items: [item("big", "Big", 50, ["claude-x"]), item("fast", "Fast", 100, ["gpt-4o"])], discounts: { "6": 0.85 } },
          { level: 2, price: 9, items: [item("fast", "Fast", -1, ["gpt-4o"])], discounts: { "12": 0.75 } },
        ],
      },
    ]);
  });

  it("makes a new item in a dialog, which says what is missing", async () => {
    const requests = fakeServer({ ...routes, "POST /api/admin/plan/update": () => json({ status: true, error: "" }) });
    const { user } = await renderApp({ path: "/console/plans" });
    await user.click((await cardOf("Pro")).getByRole("button", { name: "Add item" }));
    const dialog = within(await screen.findByRole("dialog", { name: "New item" }));
    await user.click(dialog.getByRole("button", { name: "Apply" }));
    expect(dialog.getByText("This is needed.")).toBeTruthy();
    expect(dialog.getByText("Choose at least one model.")).toBeTruthy();
    await user.type(dialog.getByLabelText("Name"), "Very Big");
    expect(dialog.getByLabelText<HTMLInputElement>("Id").value).toBe("very-big");
    await user.click(dialog.getByRole("checkbox", { name: "claude-x" }));
    await user.type(dialog.getByLabelText("Other models"), "o9{Enter}");
    await user.click(dialog.getByRole("switch", { name: "Without limit" }));
    await user.click(dialog.getByRole("button", { name: "Apply" }));
    await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
    // What is sent in the dialog is not taken for the page's own form.
    expect(screen.queryByText("What changed")).toBeNull();
    await user.type((await cardOf("Pro")).getByLabelText("Price a month"), "21");
    await user.click(screen.getByRole("button", { name: "Review and save" }));
    expect(await screen.findByText("Pro is a new plan.")).toBeTruthy();
    await user.click(screen.getByRole("button", { name: "Save" }));
    await waitFor(() => expect(sent(requests)).toMatchObject([{ plans: [{}, {}, { level: 3, price: 21, items: [{ id: "very-big", name: "Very Big", value: -1, models: ["claude-x", "o9"] }] }] }]));
  });

  it("sends nothing that cannot be, and says what the server refuses", async () => {
    const requests = fakeServer({ ...routes, "POST /api/admin/plan/update": () => json({ status: false, error: "the price of plan 1 must lie between 0 and 1000000" }) });
    const { user } = await renderApp({ path: "/console/plans" });
    const zone = await screen.findByLabelText("Time zone");
    await user.clear(zone);
    await user.type(zone, "Nowhere");
    expect(screen.getByText("1 field has to be corrected")).toBeTruthy();
    await user.click(screen.getByRole("button", { name: "Review and save" }));
    expect(document.activeElement).toBe(zone);
    expect(screen.queryByRole("dialog")).toBeNull();
    await user.clear(zone);
    await user.type(zone, "Asia/Tokyo");
    await user.click(screen.getByRole("button", { name: "Review and save" }));
    const review = within(await screen.findByRole("dialog"));
    await user.click(review.getByRole("button", { name: "Save" }));
    expect((await review.findByRole("alert")).textContent).toContain("The price of plan 1 must lie between");
    expect(sent(requests)).toHaveLength(1);
  });

  it("can be loaded again when that failed", async () => {
    let broken = true;
    fakeServer({ ...routes, "GET /api/admin/plan/view": () => (broken ? json({ detail: "away" }, 500) : json(settings)) });
    const { user } = await renderApp({ path: "/console/plans" });
    await screen.findByRole("alert");
    broken = false;
    await user.click(await screen.findByRole("button", { name: "Try again" }));
    expect(await screen.findByRole("heading", { level: 2, name: "Basic" })).toBeTruthy();
  });
});

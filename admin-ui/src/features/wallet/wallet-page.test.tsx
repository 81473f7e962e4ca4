import { screen, waitFor, within } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import { type FakeRequest, fakeServer, json, signedInRoutes } from "@/testing/fake-server";
import { renderApp } from "@/testing/render-app";

const item = (id: string, name: string, value: number) => ({ id, name, icon: "", value, models: [id] });
const plans = [
  { level: 1, price: 4.2, items: [item("fast", "Fast", 1000)], discounts: {} },
  { level: 2, price: 9, items: [item("fast", "Fast", -1), item("big", "Big", 300)], discounts: { "12": 0.75 } },
];
const nothing = { status: true, level: 0, is_subscribed: false, expired: 0, expired_at: "1970-01-01 00:00:00", refresh: 0, refresh_at: "1970-01-01 00:00:00", usage: {} };
const basic = { ...nothing, level: 1, is_subscribed: true, expired: 41, expired_at: "2027-01-06 00:00:00", refresh: 11, usage: { fast: { used: 214, total: 1000 } } };
const records = [
  { type: "consume", username: "alice", user_id: 2, model: "gpt-4o", input_tokens: 12, output_tokens: 3, quota: 0.02, duration: 1, created_at: "2026-11-25 12:00:00", request_id: "R1", outcome: "answered", detail: "" },
  { type: "topup", username: "alice", user_id: 2, model: "", quota: 50, duration: 0, created_at: "2026-11-24 12:00:00", detail: "redeem code of batch B1" },
];
const routes = {
  ...signedInRoutes,
  "GET /v1/plans": () => json(plans),
  "GET /api/subscription": () => json(nothing),
  "GET /api/subscription/quote": ({ query }: FakeRequest) => json({ status: true, price: query.includes("month=1&") || query.endsWith("month=1") ? 9 : 810 }),
  "POST /api/record/view": () => json({ status: true, data: { total: 2, page: 0, size: 20, records } }),
  "POST /api/record/stats": () => json({ status: true, data: { billing_today: 0.02, billing_month: 3.5, request_today: 1, request_month: 30, rpm: 0, tpm: 0 } }),
};
const alice = { name: "alice", admin: false };
const bodies = (requests: readonly FakeRequest[], path: string) => requests.filter((request) => request.path === path).map(({ body }) => body);

async function openRedeem(code: string) {
  const app = await renderApp({ path: "/wallet", user: alice });
  await app.user.click(await screen.findByRole("button", { name: "Redeem a code" }));
  const dialog = within(await screen.findByRole("dialog", { name: "Redeem a code" }));
  await app.user.type(dialog.getByLabelText("Code"), code);
  await app.user.click(dialog.getByRole("button", { name: "Redeem" }));
  return { ...app, dialog };
}

describe("the wallet", () => {
  it("sends visitors to the sign-in, and them back here after it", async () => {
    fakeServer(routes);
    const { router } = await renderApp({ path: "/wallet", user: null });
    expect(await screen.findByRole("heading", { name: "Sign in" })).toBeTruthy();
    expect(router.state.location.search).toEqual({ next: "/wallet" });
  });

  it("is reached from the account menu", async () => {
    fakeServer(routes);
    const { user, router } = await renderApp({ path: "/", user: alice });
    await user.click(await screen.findByRole("button", { name: /Account menu/ }));
    await user.click(await screen.findByRole("menuitem", { name: "Wallet" }));
    expect(await screen.findByRole("heading", { level: 1, name: "Wallet" })).toBeTruthy();
    expect(router.state.location.pathname).toBe("/wallet");
  });

  it("tells the balance, and where it went", async () => {
    const requests = fakeServer(routes);
    const { user } = await renderApp({ path: "/wallet", user: alice });
    expect((await screen.findAllByText("12.50")).length).toBeGreaterThan(0);
    expect(await screen.findByText("3.50")).toBeTruthy();
    const table = within(await screen.findByRole("table"));
    expect(table.getByRole("row", { name: /redeem code of batch B1/ }).textContent).toContain("+50.00");
    expect(bodies(requests, "/api/record/view")[0]).toMatchObject({ self: true, type: "all" });
    expect(screen.queryByLabelText("User id")).toBeNull();
    await user.click(table.getAllByRole("button")[0]!);
    const sheet = within(await screen.findByRole("dialog", { name: "gpt-4o" }));
    expect(sheet.getByRole("region", { name: "Receipt" })).toBeTruthy();
    expect(sheet.queryByText("User")).toBeNull();
    expect(sheet.queryByRole("button", { name: "Refund" })).toBeNull();
  });

  it("takes a redeem code", async () => {
    const requests = fakeServer({ ...routes, "POST /api/redeem": () => json({ status: true, error: "success", quota: 50 }) });
    const { dialog } = await openRedeem(` nio-${"a".repeat(32)} `);
    expect((await dialog.findByRole("status")).textContent).toBe("50.00 credits were added to your balance.");
    expect(bodies(requests, "/api/redeem")).toEqual([{ code: `nio-${"a".repeat(32)}` }]);
    expect(bodies(requests, "/api/invite")).toEqual([]);
    await waitFor(() => expect(requests.filter(({ path }) => path === "/api/quota").length).toBeGreaterThan(1));
  });

  it("takes a gift code in the same field", async () => {
    const requests = fakeServer({
      ...routes,
      "POST /api/redeem": () => json({ status: false, error: "redeem code not found", quota: 0 }),
      "POST /api/invite": () => json({ status: true, error: "success", quota: 5 }),
    });
    const { dialog } = await openRedeem("spring");
    expect((await dialog.findByRole("status")).textContent).toBe("5.00 credits were added to your balance.");
    expect([bodies(requests, "/api/redeem"), bodies(requests, "/api/invite")]).toEqual([[{ code: "spring" }], [{ code: "spring" }]]);
  });

  it("says plainly why a code was refused", async () => {
    const requests = fakeServer({ ...routes, "POST /api/redeem": () => json({ status: false, error: "failed to use redeem code: this redeem code has been used", quota: 0 }) });
    const { dialog } = await openRedeem("nio-1");
    expect((await dialog.findByRole("alert")).textContent).toBe("This code has been used up.");
    expect(bodies(requests, "/api/invite")).toEqual([]);
  });
});

describe("plans in the wallet", () => {
  it("are not there where none are sold", async () => {
    fakeServer({ ...routes, "GET /v1/plans": () => json([]) });
    await renderApp({ path: "/wallet", user: alice });
    await screen.findByRole("table");
    expect(screen.queryByRole("heading", { name: "Plans" })).toBeNull();
  });

  it("cost less when paid yearly, and are bought at the price the server quotes", async () => {
    const requests = fakeServer({ ...routes, "POST /api/subscribe": () => json({ status: true, error: "success" }) });
    const { user } = await renderApp({ path: "/wallet", user: alice });
    const card = within((await screen.findByRole("heading", { level: 3, name: "Standard" })).closest("li")!);
    expect(card.getByText("67.5")).toBeTruthy();
    expect(card.getByText("save 25%")).toBeTruthy();
    await user.click(screen.getByRole("tab", { name: "Monthly" }));
    const monthly = within((await screen.findByRole("heading", { level: 3, name: "Standard" })).closest("li")!);
    expect(monthly.getByText("90")).toBeTruthy();
    await user.click(monthly.getByRole("button", { name: "Subscribe to Standard" }));
    const dialog = within(await screen.findByRole("dialog", { name: "Subscribe to Standard" }));
    // A year costs more than there is.
    await user.click(dialog.getByRole("radio", { name: /12 months/ }));
    expect(await dialog.findByText(/Your balance is 797.50 credits short/)).toBeTruthy();
    expect(dialog.getByRole<HTMLButtonElement>("button", { name: "Pay 810.00 credits" }).disabled).toBe(true);
    await user.click(dialog.getByRole("radio", { name: /^1 month/ }));
    await user.click(await dialog.findByRole("button", { name: "Pay 9.00 credits" }));
    expect(await screen.findByText("You have the plan Standard now.")).toBeTruthy();
    expect(bodies(requests, "/api/subscribe")).toEqual([{ level: 2, month: 1 }]);
  });

  it("tell what is used, and are renewed, upgraded and downgraded", async () => {
    fakeServer({ ...routes, "GET /api/subscription": () => json(basic) });
    const { user } = await renderApp({ path: "/wallet", user: alice });
    const used = await screen.findByRole("progressbar", { name: "Fast" });
    expect([used.getAttribute("aria-valuenow"), used.getAttribute("aria-valuemax")]).toEqual(["214", "1000"]);
    expect(screen.getByText("Counts begin anew in 11 days.")).toBeTruthy();
    expect(screen.getByText(/41 days left/)).toBeTruthy();
    expect(screen.getByRole("button", { name: "Renew Basic" })).toBeTruthy();
    await user.click(screen.getByRole("button", { name: "Upgrade to Standard" }));
    const dialog = within(await screen.findByRole("dialog", { name: "Upgrade to Standard" }));
    expect(dialog.getByText("42 → 90 credits a month")).toBeTruthy();
    expect(dialog.queryByRole("radio")).toBeNull();
    expect(await dialog.findByRole("button", { name: "Pay 9.00 credits" })).toBeTruthy();
  });

  it("say what the server refuses, and can be loaded again when that failed", async () => {
    let broken = true;
    fakeServer({
      ...routes,
      "GET /api/subscription": () => (broken ? json({ detail: "away" }, 500) : json(nothing)),
      "POST /api/subscribe": () => json({ status: false, error: "not enough money" }),
    });
    const { user } = await renderApp({ path: "/wallet", user: alice });
    const retry = await screen.findByRole("button", { name: "Try again" });
    broken = false;
    await user.click(retry);
    await user.click(await screen.findByRole("tab", { name: "Monthly" }));
    await user.click(await screen.findByRole("button", { name: "Subscribe to Standard" }));
    const dialog = within(await screen.findByRole("dialog"));
    await user.click(await dialog.findByRole("button", { name: "Pay 9.00 credits" }));
    expect(await dialog.findByText("Your balance does not cover this.")).toBeTruthy();
  });
});

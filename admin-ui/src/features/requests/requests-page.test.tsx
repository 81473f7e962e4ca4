import { screen, waitFor, within } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import { type FakeRequest, fakeServer, json, signedInRoutes } from "@/testing/fake-server";
import { renderApp } from "@/testing/render-app";

const call = (id: string, more: object = {}) => ({
  user_id: 2,
  username: "alice",
  type: "consume",
  token_name: "ci",
  model: "gpt-4o",
  input_tokens: 1840,
  output_tokens: 612,
  quota: 0.58144,
  duration: 7.6,
  detail: "1840 in, 612 out",
  channel: 3,
  channel_name: "Frankfurt",
  created_at: "2026-11-25 12:00:00",
  request_id: id,
  status: 200,
  outcome: "answered",
  fault: "",
  attempts: 1,
  first_token_ms: 642,
  streamed: true,
  cached_tokens: 1024,
  reasoning_tokens: 0,
  paid_by: "",
  upstream_model: "gpt-4o-2024",
  plugin: "openai@1.4.2",
  ...more,
});
const receipt = {
  state: "charged",
  paid_by: "credits",
  held: 2.5,
  price: { version: 12, group: "pro", multiplier: 0.8, rule: { type: "token-billing" } },
  usage: { input: 1840, output: 612, estimated: false },
  units: 1,
  lines: [
    { what: "cached_input", count: 1024, price: 0.0125, credits: 0.0128 },
    { what: "input", count: 816, price: 0.125, credits: 0.102 },
    { what: "output", count: 612, price: 1, credits: 0.612 },
  ],
  computed: 0.58144,
  charged: 0.58144,
  written_off: 0,
  refunded: 0,
  agrees: true,
  note: "",
  at: "2026-11-25T12:00:00Z",
};
const stats = { billing_today: 12.07, billing_month: 60.48, request_today: 18, request_month: 80, rpm: 14, tpm: 38_200 };
const view = (records: object[], total = records.length) => json({ status: true, data: { total, more: false, page: 0, size: 20, records } });
const routes = {
  ...signedInRoutes,
  "POST /api/record/view": () => view([call("R1"), call("R2", { outcome: "failed", fault: "RATE", quota: 0, model: "o3" }), call("R3", { paid_by: "fast", quota: 0 })], 45),
  "POST /api/record/stats": () => json({ status: true, data: stats }),
  "GET /api/billing/charge/R1": () => json({ status: true, data: receipt }),
};
const bodies = (requests: readonly FakeRequest[], path: string) => requests.filter((request) => request.path === path).map(({ body }) => body);

describe("the request log", () => {
  it("tells what was used, and of each call how it ended and what it cost", async () => {
    fakeServer(routes);
    await renderApp({ path: "/console/requests" });
    const rows = (await screen.findAllByRole("row")).slice(1);
    expect(rows[0]?.textContent).toContain("alicegpt-4oFrankfurt · ci1,840 → 612");
    expect(rows[0]?.textContent).toContain("0.58");
    expect(within(rows[1]!).getByText("Failed")).toBeTruthy();
    expect(within(rows[2]!).getByText("plan")).toBeTruthy();
    expect(screen.getByText("60.48")).toBeTruthy();
    expect(screen.getByText("38.2K tokens a minute")).toBeTruthy();
    expect(screen.getByText("Page 1 of 3")).toBeTruthy();
  });

  it("keeps its filters in the address and asks for them", async () => {
    const requests = fakeServer(routes);
    const { user, router } = await renderApp({ path: "/console/requests?user=2&outcome=failed&page=2" });
    await screen.findAllByRole("row");
    expect(requests.find(({ path }) => path === "/api/record/view")).toMatchObject({ query: "page=1", body: { user_id: 2, outcome: "failed", type: "consume", show_channel: true, size: 20 } });
    expect(bodies(requests, "/api/record/stats")).toEqual([{ user_id: 2 }]);
    await user.type(screen.getByLabelText("Model"), "o3{Enter}");
    await waitFor(() => expect(router.state.location.search).toEqual({ user: 2, outcome: "failed", model: "o3" }));
    await user.selectOptions(screen.getByLabelText("Kind"), "Everything");
    await user.selectOptions(screen.getByLabelText("Time"), "Today");
    await waitFor(() => expect(bodies(requests, "/api/record/view").at(-1)).toMatchObject({ model: "o3", type: "all", start_time: expect.stringMatching(/Z$/) }));
    await user.click(screen.getByRole("button", { name: "Clear filters" }));
    expect(router.state.location.search).toEqual({});
  });

  it("opens everything about a call, and its receipt as a bill", async () => {
    fakeServer(routes);
    const { user, router } = await renderApp({ path: "/console/requests" });
    await user.click((await screen.findAllByRole("button", { name: /Everything about the request/ }))[0]!);
    const sheet = within(await screen.findByRole("dialog", { name: "gpt-4o" }));
    expect(sheet.getByText("gpt-4o-2024")).toBeTruthy();
    expect(sheet.getByText("1,024 from the cache")).toBeTruthy();
    const bill = within(await sheet.findByRole("region", { name: "Receipt" }));
    expect(await bill.findByText("816 × 0.125 / 1K")).toBeTruthy();
    expect(bill.getByText("0.726800")).toBeTruthy();
    expect(bill.getByText("× 0.8 for the group pro")).toBeTruthy();
    expect(bill.getAllByText("0.581440")).toHaveLength(2);
    expect(bill.getByText(/gives exactly what was charged. Price list version 12/)).toBeTruthy();
    await user.click(sheet.getByRole("button", { name: "Frankfurt" }));
    expect(router.state.location.search).toEqual({ channel: 3 });
  });

  it("gives a charge back with a reason, once", async () => {
    let refunded = 0;
    const requests = fakeServer({
      ...routes,
      "GET /api/billing/charge/R1": () => json({ status: true, data: { ...receipt, refunded } }),
      "POST /api/admin/billing/refund": () => {
        refunded = 0.58144;
        return json({ status: true, quota: 0.58144 });
      },
    });
    const { user } = await renderApp({ path: "/console/requests" });
    await user.click((await screen.findAllByRole("button", { name: /Everything about the request/ }))[0]!);
    await user.click(await screen.findByRole("button", { name: "Refund" }));
    const dialog = within(await screen.findByRole("dialog", { name: "Give this charge back?" }));
    expect(dialog.getByText(/0.581440 credits go back to alice/)).toBeTruthy();
    await user.type(dialog.getByLabelText("Reason"), "a mistake");
    await user.click(dialog.getByRole("button", { name: "Give back" }));
    expect(await screen.findByText("0.58 credits were given back to alice.")).toBeTruthy();
    expect(bodies(requests, "/api/admin/billing/refund")).toEqual([{ request_id: "R1", reason: "a mistake" }]);
    expect(await screen.findByText("Given back")).toBeTruthy();
    expect(screen.queryByRole("button", { name: "Refund" })).toBeNull();
  });

  it("says what was not charged, and what a plan paid", async () => {
    fakeServer({
      ...routes,
      "GET /api/billing/charge/R2": () => json({ title: "Not found", status: 404, detail: "there is no charge" }, 404),
      "GET /api/billing/charge/R3": () => json({ status: true, data: { ...receipt, paid_by: "fast", lines: [], charged: 0, computed: 0 } }),
    });
    const { user } = await renderApp({ path: "/console/requests" });
    const open = await screen.findAllByRole("button", { name: /Everything about the request/ });
    await user.click(open[1]!);
    expect(await screen.findByText("Nothing was charged for this request.")).toBeTruthy();
    await user.keyboard("{Escape}");
    await user.click(open[2]!);
    expect(await screen.findByText("Paid by your plan: one request of “fast”.")).toBeTruthy();
    expect(screen.queryByRole("button", { name: "Refund" })).toBeNull();
  });

  it("changes for how long requests are kept", async () => {
    const requests = fakeServer({ ...routes, "GET /api/admin/record/settings": () => json({ days: 90 }), "POST /api/admin/record/settings": ({ body }) => json(body) });
    const { user } = await renderApp({ path: "/console/requests" });
    await user.click(await screen.findByRole("button", { name: "Retention" }));
    const dialog = within(await screen.findByRole("dialog"));
    const days = await dialog.findByLabelText<HTMLInputElement>("Keep for");
    expect(days.value).toBe("90");
    await user.clear(days);
    await user.click(dialog.getByRole("button", { name: "Save" }));
    expect(dialog.getByText("A whole number from 1 to 3,650.")).toBeTruthy();
    await user.click(dialog.getByRole("switch", { name: "Keep them for ever" }));
    await user.click(dialog.getByRole("button", { name: "Save" }));
    await waitFor(() => expect(requests.filter(({ method, path }) => method === "POST" && path === "/api/admin/record/settings").map(({ body }) => body)).toEqual([{ days: 0 }]));
  });

  it("may be empty, match nothing, or fail and be loaded again", async () => {
    let broken = false;
    fakeServer({ ...routes, "POST /api/record/view": () => (broken ? json({ detail: "away" }, 500) : view([])) });
    const { user, router } = await renderApp({ path: "/console/requests" });
    expect(await screen.findByText("Nothing here yet")).toBeTruthy();
    broken = true;
    await user.selectOptions(screen.getByLabelText("Outcome"), "Failed");
    await screen.findByText("Away");
    broken = false;
    await user.click(await screen.findByRole("button", { name: "Try again" }));
    expect(await screen.findByText("Nothing matches these filters")).toBeTruthy();
    expect(router.state.location.search).toEqual({ outcome: "failed" });
  });
});

import { screen, waitFor, within } from "@testing-library/react";
import { describe, expect, it, vi } from "vitest";
import { type FakeRequest, fakeServer, json, signedInRoutes } from "@/testing/fake-server";
import { renderApp } from "@/testing/render-app";

const code = (name: string, more: object = {}) => ({
  code: name,
  quota: 50,
  used: false,
  uses: 0,
  max_uses: 1,
  expires_at: null,
  created_at: "2026-11-20 12:00:00",
  updated_at: "2026-11-20 12:00:00",
  username: "-",
  batch: "01KB6YQ3W4Z5T8N2X7C9V1M0RA",
  ...more,
});
const REDEEM = "/api/admin/redeem";
const GIFT = "/api/admin/invitation";
const page = (data: object[], total = 1) => json({ status: true, message: "", data, total });
const routes = {
  ...signedInRoutes,
  [`GET ${REDEEM}/list`]: () =>
    page([code("nio-fresh"), code("nio-partly", { uses: 3, max_uses: 10, username: "alice", updated_at: "2026-11-21 12:00:00" }), code("nio-used", { used: true, uses: 1, username: "bo" }), code("nio-old", { expires_at: "2020-01-01 00:00:00" })], 3),
  [`GET ${GIFT}/list`]: () => page([code("spring-abc", { type: "spring" })]),
};
const queries = (requests: readonly FakeRequest[], path: string) => requests.filter((request) => request.path === path).map(({ query }) => query);

describe("the codes page", () => {
  it("tells how codes stand, who used them last, and offers to delete those nobody used", async () => {
    fakeServer(routes);
    await renderApp({ path: "/console/codes" });
    const row = async (name: string) => within(await screen.findByRole("row", { name: new RegExp(name) }));
    expect((await row("nio-fresh")).getByText("unused")).toBeTruthy();
    const partly = await row("nio-partly");
    expect([partly.getByText("partly used"), partly.getByText("3 of 10"), partly.getByText("alice")]).toHaveLength(3);
    expect(partly.queryByRole("button", { name: "Delete code" })).toBeNull();
    expect((await row("nio-used")).getByText("used")).toBeTruthy();
    expect((await row("nio-old")).getByText("expired")).toBeTruthy();
    expect(screen.getByText("Page 1 of 3")).toBeTruthy();
  });

  it("keeps its filters and the page in the address", async () => {
    const requests = fakeServer(routes);
    const { user, router } = await renderApp({ path: "/console/codes" });
    await user.click(await screen.findByRole("button", { name: "Next page" }));
    await waitFor(() => expect(queries(requests, `${REDEEM}/list`)).toContain("page=1"));
    expect(router.state.location.search).toEqual({ page: 2 });
    await user.selectOptions(screen.getByLabelText("State"), "Not used up");
    expect(router.state.location.search).toEqual({ used: false });
    await user.type(screen.getByRole("searchbox"), "nio-p");
    await waitFor(() => expect(queries(requests, `${REDEEM}/list`)).toContain("page=0&search=nio-p&used=false"));
    await user.click(screen.getByRole("tab", { name: "Gift codes" }));
    expect(await screen.findByRole("row", { name: /spring-abc/ })).toBeTruthy();
    expect(router.state.location.search).toEqual({ kind: "gift" });
  });

  it("generates gift codes, and hands them over as text and as a file", async () => {
    const saved = vi.fn(() => "blob:x");
    vi.spyOn(HTMLAnchorElement.prototype, "click").mockImplementation(() => {});
    vi.stubGlobal("URL", Object.assign(URL, { createObjectURL: saved, revokeObjectURL: () => {} }));
    const requests = fakeServer({
      ...routes,
      [`POST ${GIFT}/generate`]: () => json({ status: true, message: "", data: ["autumn-1", "autumn-2"], batch: "B1" }),
      [`GET ${GIFT}/export`]: () => new Response("code\r\nautumn-1\r\n", { headers: { "content-type": "text/csv", "content-disposition": 'attachment; filename="gift-codes.csv"' } }),
    });
    const { user } = await renderApp({ path: "/console/codes?kind=gift" });
    await user.click(await screen.findByRole("button", { name: "Generate codes" }));
    const form = within(await screen.findByRole("dialog", { name: "Generate gift codes" }));
    await user.click(form.getByRole("button", { name: "Generate" }));
    expect(form.getByText("1 to 32 letters, digits, hyphens or underscores.")).toBeTruthy();
    await user.type(form.getByLabelText("Type"), "autumn");
    await user.clear(form.getByLabelText("How many"));
    await user.type(form.getByLabelText("How many"), "2");
    await user.click(form.getByRole("button", { name: "Generate" }));
    const done = within(await screen.findByRole("dialog", { name: "2 codes are ready" }));
    expect(done.getByLabelText("The codes").textContent).toBe("autumn-1\nautumn-2");
    expect(requests.find(({ path }) => path === `${GIFT}/generate`)?.body).toEqual({ type: "autumn", quota: 5, number: 2, max_uses: 1 });
    await user.click(done.getByRole("button", { name: "Copy all" }));
    expect(await navigator.clipboard.readText()).toBe("autumn-1\nautumn-2");
    await user.click(done.getByRole("button", { name: "Download CSV" }));
    await waitFor(() => expect(saved).toHaveBeenCalled());
    expect(queries(requests, `${GIFT}/export`)).toEqual(["batch=B1"]);
    expect(requests.find(({ path }) => path === `${GIFT}/export`)?.headers.get("authorization")).toBe("Bearer token");
  });

  it("says what the server refuses", async () => {
    fakeServer({ ...routes, [`POST ${REDEEM}/generate`]: () => json({ status: false, message: "quota must be at least 0.000001", data: null }) });
    const { user } = await renderApp({ path: "/console/codes" });
    await user.click(await screen.findByRole("button", { name: "Generate codes" }));
    const form = within(await screen.findByRole("dialog"));
    await user.click(form.getByRole("button", { name: "Generate" }));
    expect((await form.findByRole("alert")).textContent).toBe("Quota must be at least 0.000001");
  });

  it("deletes a code after a question", async () => {
    const requests = fakeServer({ ...routes, [`POST ${REDEEM}/delete`]: () => json({ status: true, error: null }) });
    const { user } = await renderApp({ path: "/console/codes" });
    await user.click(within(await screen.findByRole("row", { name: /nio-fresh/ })).getByRole("button", { name: "Delete code" }));
    await user.click(within(await screen.findByRole("alertdialog")).getByRole("button", { name: "Delete" }));
    expect(await screen.findByText("The code was deleted.")).toBeTruthy();
    expect(requests.find(({ path }) => path === `${REDEEM}/delete`)?.body).toEqual({ code: "nio-fresh" });
  });

  it("ends a code that some have used after a question", async () => {
    const requests = fakeServer({ ...routes, [`POST ${REDEEM}/delete`]: () => json({ status: true, error: null }) });
    const { user } = await renderApp({ path: "/console/codes" });
    await user.click(within(await screen.findByRole("row", { name: /nio-partly/ })).getByRole("button", { name: "End code" }));
    const question = within(await screen.findByRole("alertdialog"));
    expect(question.getByText(/nio-partly can no longer be used from now on/)).toBeTruthy();
    await user.click(question.getByRole("button", { name: "End" }));
    expect(await screen.findByText("The code was ended.")).toBeTruthy();
    expect(requests.find(({ path }) => path === `${REDEEM}/delete`)?.body).toEqual({ code: "nio-partly" });
  });

  it("begins empty with one next step", async () => {
    fakeServer({ ...routes, [`GET ${REDEEM}/list`]: () => page([], 0) });
    await renderApp({ path: "/console/codes" });
    expect(await screen.findByText("No codes yet")).toBeTruthy();
  });

  it("can be loaded again when that failed", async () => {
    let broken = true;
    fakeServer({ ...routes, [`GET ${REDEEM}/list`]: () => (broken ? json({ detail: "away" }, 500) : page([code("nio-fresh")])) });
    const { user } = await renderApp({ path: "/console/codes" });
    await screen.findByRole("alert");
    broken = false;
    await user.click(await screen.findByRole("button", { name: "Try again" }));
    expect(await screen.findByRole("row", { name: /nio-fresh/ })).toBeTruthy();
  });
});

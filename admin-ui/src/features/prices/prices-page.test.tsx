import { screen, waitFor, within } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import { type FakeRequest, fakeServer, json, signedInRoutes } from "@/testing/fake-server";
import { renderApp } from "@/testing/render-app";

const ROOT = "/api/admin/charge";
const gpt = { id: 1, type: "token-billing", models: ["gpt-4o"], input: 0.025, output: 0.1, anonymous: false, cached_input: 0.0125 };
const later = { ...gpt, id: 2, input: 0.02, cached_input: undefined, effective_from: "2999-01-01T00:00:00Z" };
const template = { id: 1, type: "token-billing", models: ["gpt-4o", "o3"], input: 0.1775, output: 0.71, anonymous: false };
const claude = { id: 2, type: "token-billing", models: ["claude-x"], input: 0.2, output: 1, anonymous: false, cached_input: 0.02 };
const policy = { client_left: "charge", upstream_cut: "charge", empty: "free", spent: "stop" };
const ok = () => json({ status: true, error: "" });
const routes = {
  ...signedInRoutes,
  [`GET ${ROOT}/list`]: () => json({ status: true, data: [gpt, later] }),
  [`GET ${ROOT}/groups`]: () => json({ status: true, data: { pro: 0.8 }, known: ["anonymous", "normal", "basic", "standard", "pro"] }),
  [`GET ${ROOT}/templates`]: () =>
    json({ status: true, data: [template, claude], as_of: "2026-10", vendors: [{ vendor: "openai", name: "OpenAI" }, { vendor: "anthropic", name: "Anthropic" }, { vendor: "openai", name: "OpenAI" }] }),
  [`POST ${ROOT}/preview`]: ({ body }: FakeRequest) => {
    const { overwrite } = body as { overwrite: boolean };
    const changed = overwrite ? [{ model: "gpt-4o", before: { ...gpt, id: 0 }, after: { ...template, id: 0, models: ["gpt-4o"] } }] : [];
    return json({ status: true, data: { added: [{ model: "claude-x", after: { ...claude, id: 0 } }], changed, removed: [], unchanged: 1, affected: 1 + changed.length } });
  },
  "GET /api/admin/billing/policy": () => json({ status: true, data: policy }),
};
const bodies = (requests: readonly FakeRequest[], path: string) => requests.filter((request) => request.method === "POST" && request.path === path).map(({ body }) => body);

async function openTemplates() {
  const app = await renderApp({ path: "/console/prices" });
  await app.user.click(await screen.findByRole("button", { name: "Import" }));
  await app.user.click(await screen.findByRole("menuitem", { name: "Built-in prices" }));
  return { ...app, dialog: within(await screen.findByRole("dialog", { name: "Built-in prices" })) };
}

describe("the prices page", () => {
  it("shows prices for parts, and from when a rule counts", async () => {
    fakeServer(routes);
    await renderApp({ path: "/console/prices" });
    const rows = (await screen.findAllByRole("row")).slice(1);
    expect(rows[0]?.textContent).toContain("cached 0.0125");
    expect(rows[1]?.textContent).toMatch(/from Jan 1, 2999|from Dec 31, 2998/);
    expect(screen.queryByTitle("Named by more than one rule. The first one counts.")).toBeNull();
  });

  it("sends parts only where they are set, and the moment from which a rule counts", async () => {
    const requests = fakeServer({ ...routes, [`POST ${ROOT}/set`]: ok });
    const { user } = await renderApp({ path: "/console/prices" });
    await user.click((await screen.findAllByRole("button", { name: "Edit price" }))[0]!);
    const form = within(await screen.findByRole("dialog"));
    expect(form.getByText("1 set")).toBeTruthy();
    expect(form.getByLabelText<HTMLInputElement>("Reasoning").placeholder).toBe("0.1");
    await user.type(form.getByLabelText("Reasoning"), "0.5");
    await user.clear(form.getByLabelText("Input read from cache"));
    const takesEffect = form.getByLabelText<HTMLInputElement>("Takes effect");
    await user.type(takesEffect, "2030-01-02T03:04");
    await user.click(form.getByRole("button", { name: "Save" }));
    await waitFor(() => expect(bodies(requests, `${ROOT}/set`)).toHaveLength(1));
    const [sent] = bodies(requests, `${ROOT}/set`);
    expect(sent).toMatchObject({ id: 1, reasoning: 0.5, effective_from: new Date("2030-01-02T03:04").toISOString() });
    expect(sent).not.toHaveProperty("cached_input");
  });

  it("takes built-in prices over after a look at what changes; replacing is marked", async () => {
    const requests = fakeServer({ ...routes, [`POST ${ROOT}/sync`]: ok });
    const { user, dialog } = await openTemplates();
    // What this site offers is chosen to begin with.
    expect(await dialog.findByRole("button", { name: "Preview 2 models" })).toBeTruthy();
    expect(dialog.getByRole<HTMLInputElement>("checkbox", { name: /o3/ }).checked).toBe(false);
    expect(within(dialog.getByLabelText("Vendor")).getAllByRole("option").map(({ textContent }) => textContent)).toEqual(["All vendors", "Anthropic", "OpenAI"]);
    await user.click(dialog.getByRole("button", { name: "Preview 2 models" }));
    const preview = within(await screen.findByRole("dialog", { name: "What would change" }));
    expect(await preview.findByText("1 new")).toBeTruthy();
    expect(bodies(requests, `${ROOT}/preview`)).toMatchObject([{ overwrite: false, data: [{ models: ["gpt-4o"] }, { models: ["claude-x"] }] }]);
    expect(preview.getByRole("button", { name: "Add 1 price" })).toBeTruthy();
    await user.click(preview.getByRole("switch", { name: "Replace prices that are already set" }));
    const row = await preview.findByRole("row", { name: /gpt-4o/ });
    expect(row.textContent).toContain("in 0.025");
    expect(row.textContent).toContain("in 0.1775");
    expect(row.textContent).toContain("+610%");
    await user.click(preview.getByRole("button", { name: "Change 2 models" }));
    expect(await screen.findByText("The prices of 2 models were taken over.")).toBeTruthy();
    expect(bodies(requests, `${ROOT}/sync`)).toMatchObject([{ overwrite: true, data: [{ models: ["gpt-4o"], input: 0.1775 }, { models: ["claude-x"], cached_input: 0.02 }] }]);
  });

  it("asks for templates at another rate, when it can be one", async () => {
    const requests = fakeServer(routes);
    const { user, dialog } = await openTemplates();
    await dialog.findByRole("button", { name: /^Preview/ });
    const rate = dialog.getByLabelText("Yuan for a US dollar");
    await user.clear(rate);
    expect(dialog.getByText("A figure above 0, such as 7.1.")).toBeTruthy();
    await user.type(rate, "8");
    await waitFor(() => expect(requests.filter(({ path }) => path === `${ROOT}/templates`).map(({ query }) => query)).toEqual(["rate=7.1", "rate=8"]));
  });

  it("fetches the prices of another site, and says in words when it cannot", async () => {
    let broken = true;
    const requests = fakeServer({
      ...routes,
      [`POST ${ROOT}/fetch`]: () => (broken ? json({ status: false, error: "https://other.example/api/pricing answered with status 404" }) : json({ status: true, error: "", data: [template] })),
    });
    const { user } = await renderApp({ path: "/console/prices" });
    await user.click(await screen.findByRole("button", { name: "Import" }));
    await user.click(await screen.findByRole("menuitem", { name: "Prices of another site" }));
    const dialog = within(await screen.findByRole("dialog"));
    await user.click(dialog.getByRole("button", { name: "Fetch prices" }));
    expect(dialog.getByText("Enter the address of a site.")).toBeTruthy();
    await user.type(dialog.getByLabelText("Address"), "https://other.example");
    await user.selectOptions(dialog.getByLabelText("Kind of site"), "New API");
    await user.click(dialog.getByRole("button", { name: "Fetch prices" }));
    expect((await dialog.findByRole("alert")).textContent).toContain("answered with status 404");
    broken = false;
    await user.click(dialog.getByRole("button", { name: "Fetch prices" }));
    expect(await screen.findByText("2 models from: https://other.example")).toBeTruthy();
    expect(bodies(requests, `${ROOT}/fetch`).at(-1)).toEqual({ endpoint: "https://other.example", system: "newapi", rate: 7.1 });
  });

  it("can be loaded again when that failed", async () => {
    let broken = true;
    fakeServer({ ...routes, [`GET ${ROOT}/list`]: () => (broken ? json({ detail: "away" }, 500) : json({ status: true, data: [] })) });
    const { user } = await renderApp({ path: "/console/prices" });
    expect((await screen.findByRole("alert")).textContent).toContain("Away");
    broken = false;
    await user.click(await screen.findByRole("button", { name: "Try again" }));
    expect(await screen.findByText("No prices yet")).toBeTruthy();
  });
});

describe("what groups pay", () => {
  it("is changed for the groups that do not pay the list price", async () => {
    const requests = fakeServer({ ...routes, [`POST ${ROOT}/groups`]: ok });
    const { user } = await renderApp({ path: "/console/prices" });
    const basic = await screen.findByLabelText<HTMLInputElement>("Basic");
    expect(screen.getByLabelText<HTMLInputElement>("Pro").value).toBe("0.8");
    await user.type(basic, "-1");
    await user.click(screen.getByRole("button", { name: "Save" }));
    expect(screen.getByText("From 0 to 1,000.")).toBeTruthy();
    expect(bodies(requests, `${ROOT}/groups`)).toEqual([]);
    await user.clear(basic);
    await user.type(basic, "0.95");
    await user.click(screen.getByRole("button", { name: "Save" }));
    await waitFor(() => expect(bodies(requests, `${ROOT}/groups`)).toEqual([{ data: { basic: 0.95, pro: 0.8 } }]));
  });
});

describe("the billing policy", () => {
  it("is said in words and changed", async () => {
    const requests = fakeServer({ ...routes, "POST /api/admin/billing/policy": ({ body }) => json({ status: true, data: body }) });
    const { user } = await renderApp({ path: "/console/prices" });
    const spent = within(await screen.findByRole("group", { name: /The credits run out/ }));
    expect(spent.getByText(/Nobody gets more than they can pay/)).toBeTruthy();
    await user.click(spent.getByRole("radio", { name: "Go on" }));
    expect(spent.getByText(/written off/)).toBeTruthy();
    await user.click(screen.getByRole("button", { name: "Save" }));
    expect(await screen.findByText("The rules were saved. They count from the next call on.")).toBeTruthy();
    expect(bodies(requests, "/api/admin/billing/policy")).toEqual([{ ...policy, spent: "go_on" }]);
    expect(screen.queryByRole("button", { name: "Save" })).toBeNull();
  });
});

describe("the history of prices", () => {
  it("tells what going back would change, and goes back", async () => {
    const line = (version: number, current: boolean) => ({ version, created_at: "2026-11-20T12:00:00Z", rules: 1, groups: {}, current });
    const requests = fakeServer({
      ...routes,
      [`GET ${ROOT}/list`]: () => json({ status: true, data: [gpt] }),
      [`GET ${ROOT}/versions`]: () => json({ status: true, data: [line(2, true), line(1, false)], total: 1 }),
      [`GET ${ROOT}/versions/1`]: () => json({ status: true, data: { version: 1, created_at: "2026-11-20T12:00:00Z", rules: [{ ...gpt, output: 0.4, models: ["gpt-4o", "o3"] }], groups: {} } }),
      [`POST ${ROOT}/versions/1/restore`]: ok,
    });
    const { user } = await renderApp({ path: "/console/prices" });
    await user.click(await screen.findByRole("button", { name: "History" }));
    const sheet = within(await screen.findByRole("dialog", { name: "History of prices" }));
    expect(await sheet.findByText("in force")).toBeTruthy();
    await user.click(sheet.getByRole("button", { name: "Compare" }));
    expect(await sheet.findByText("Going back would change 2 models:")).toBeTruthy();
    expect(sheet.getByRole("row", { name: /gpt-4o/ }).textContent).toContain("out 0.4");
    await user.click(sheet.getByRole("button", { name: "Go back to this" }));
    await user.click(within(await screen.findByRole("alertdialog")).getByRole("button", { name: "Go back to this" }));
    expect(await screen.findByText("Version 1 is in force again.")).toBeTruthy();
    expect(bodies(requests, `${ROOT}/versions/1/restore`)).toHaveLength(1);
  });
});

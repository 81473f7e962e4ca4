import { screen, waitFor, within } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import { type FakeRequest, fakeServer, json, signedInRoutes } from "@/testing/fake-server";
import { renderApp } from "@/testing/render-app";

const rules = { strategy: "WEIGHT", affinity: true, hedgeAfterMs: 0, hedgePercent: 5, probeSeconds: 0 };
const cache = { models: ["gpt-4o"], size: 1, expire: 3600, entries: 214, bytes: 1_482_310, hits: 9, misses: 27 };
const channels = [
  { id: 1, name: "Frankfurt", models: ["gpt-4o", "o3"], mapper: "" },
  { id: 2, name: "Tokyo", models: ["gpt-4o"], mapper: "" },
  { id: 3, name: "Elsewhere", models: ["kimi"], mapper: "" },
];
const line = (id: number, name: string, order: number, share: number, more: object = {}) => ({ id, name, type: "openai", priority: 5, weight: 3, cost: 1, latencyMs: 642.3, considered: order > 0, order, share, reasons: [], ...more });
const explanation = {
  model: "gpt-4o",
  group: "",
  strategy: "WEIGHT",
  verdict: "",
  channels: [line(1, "Frankfurt", 1, 1), line(2, "Tokyo", 0, 0, { reasons: ["it is switched off", "it rests until 2026-11-25T12:00:00Z, after RATE: slow down"] }), line(3, "Elsewhere", 0, 0, { reasons: ["it does not offer gpt-4o"] })],
};
const routes = {
  ...signedInRoutes,
  "GET /api/admin/routing": () => json(rules),
  "GET /api/admin/channel/list": () => json({ status: true, data: channels }),
  "GET /api/admin/channel/1/explain": () => json(explanation),
  "GET /api/admin/cache": () => json(cache),
  "GET /api/admin/charge/list": () => json({ status: true, data: [{ id: 1, type: "non-billing", models: ["kimi"], input: 0, output: 0 }] }),
};
const bodies = (requests: readonly FakeRequest[], method: string, path: string) => requests.filter((request) => request.method === method && request.path === path).map(({ body }) => body);

describe("the routing rules", () => {
  it("are changed by what differs only, and can be taken back before", async () => {
    const requests = fakeServer({ ...routes, "PUT /api/admin/routing": ({ body }) => json({ ...rules, ...(body as object) }) });
    const { user } = await renderApp({ path: "/console/routing" });
    expect((await screen.findByRole<HTMLInputElement>("radio", { name: "By weight" })).checked).toBe(true);
    expect(screen.queryByRole("button", { name: "Save" })).toBeNull();
    await user.click(screen.getByRole("radio", { name: "Quickest" }));
    await user.click(screen.getByRole("button", { name: "Undo" }));
    expect(screen.getByRole<HTMLInputElement>("radio", { name: "By weight" }).checked).toBe(true);
    await user.click(screen.getByRole("radio", { name: "Cheapest" }));
    await user.click(screen.getByRole("switch", { name: "Ask a second channel when the first is slow" }));
    const after = screen.getByLabelText("After");
    await user.clear(after);
    await user.type(after, "900");
    await user.click(screen.getByRole("button", { name: "Save" }));
    expect(await screen.findByText(/routing rules were saved/)).toBeTruthy();
    expect(bodies(requests, "PUT", "/api/admin/routing")).toEqual([{ strategy: "COST", hedgeAfterMs: 900 }]);
    expect(screen.queryByRole("button", { name: "Save" })).toBeNull();
    expect(screen.getByLabelText<HTMLInputElement>("After").value).toBe("900");
  });

  it("are not sent with a figure that cannot be, and what the server refuses is said", async () => {
    const requests = fakeServer({ ...routes, "PUT /api/admin/routing": () => json({ detail: "probeSeconds: expected 0 to 86400 seconds, found 9" }, 400) });
    const { user } = await renderApp({ path: "/console/routing" });
    await user.click(await screen.findByRole("switch", { name: "Try resting channels before people do" }));
    const every = screen.getByLabelText("Every");
    await user.clear(every);
    await user.click(screen.getByRole("button", { name: "Save" }));
    expect(screen.getByText("A whole number from 1 to 86,400.")).toBeTruthy();
    expect(document.activeElement).toBe(every);
    expect(bodies(requests, "PUT", "/api/admin/routing")).toEqual([]);
    await user.type(every, "9");
    await user.click(screen.getByRole("button", { name: "Save" }));
    expect((await screen.findByRole("alert")).textContent).toBe("ProbeSeconds: expected 0 to 86400 seconds, found 9");
  });

  it("can be loaded again when that failed", async () => {
    let broken = true;
    fakeServer({ ...routes, "GET /api/admin/routing": () => (broken ? json({ detail: "away" }, 500) : json(rules)) });
    const { user } = await renderApp({ path: "/console/routing" });
    expect((await screen.findByRole("alert")).textContent).toContain("Away");
    broken = false;
    await user.click(await screen.findByRole("button", { name: "Try again" }));
    expect(await screen.findByRole("radio", { name: "By weight" })).toBeTruthy();
  });
});

describe("where calls go", () => {
  it("is told for a model and a group, kept in the address", async () => {
    const requests = fakeServer(routes);
    const { user, router } = await renderApp({ path: "/console/routing" });
    expect(await screen.findByText("Choose a model to see where its calls go.")).toBeTruthy();
    await user.click(await screen.findByRole("button", { name: /^Model/ }));
    expect(screen.getAllByRole("option").map((option) => option.textContent)).toEqual(["gpt-4o", "kimi", "o3"]);
    await user.click(screen.getByRole("option", { name: "gpt-4o" }));
    expect(await screen.findByText(/Calls for gpt-4o go to 1 channel first/)).toBeTruthy();
    expect(router.state.location.search).toEqual({ model: "gpt-4o" });
    const table = within(screen.getByRole("table"));
    expect(table.getByRole("row", { name: /Frankfurt/ }).textContent).toContain("100%");
    const tokyo = table.getByRole("row", { name: /Tokyo/ }).textContent;
    expect(tokyo).toContain("It is switched off");
    expect(tokyo).toMatch(/It rests until \d\d:00:00, after RATE: slow down/);
    expect(table.queryByText("Elsewhere")).toBeNull();
    expect(screen.getByText("1 channel does not offer gpt-4o")).toBeTruthy();
    await user.selectOptions(screen.getByLabelText("User group"), "Pro");
    await waitFor(() => expect(requests.some(({ path, query }) => path.endsWith("/explain") && query === "model=gpt-4o&group=pro")).toBe(true));
    expect(router.state.location.search).toEqual({ model: "gpt-4o", group: "pro" });
  });

  it("may be nowhere", async () => {
    fakeServer({ ...routes, "GET /api/admin/channel/1/explain": () => json({ ...explanation, channels: explanation.channels.slice(1) }) });
    await renderApp({ path: "/console/routing?model=gpt-4o" });
    expect(await screen.findByText(/No channel can take calls for gpt-4o/)).toBeTruthy();
  });

  it("has nothing to tell without channels", async () => {
    fakeServer({ ...routes, "GET /api/admin/channel/list": () => json({ status: true, data: [] }) });
    await renderApp({ path: "/console/routing" });
    expect(await screen.findByText("There are no channels yet.")).toBeTruthy();
  });
});

describe("the response cache", () => {
  it("tells what comes of it, and keeps answers of the models that are chosen", async () => {
    const requests = fakeServer({ ...routes, "PUT /api/admin/cache": ({ body }) => json({ ...cache, ...(body as object) }) });
    const { user } = await renderApp({ path: "/console/routing" });
    expect(await screen.findByText("25%")).toBeTruthy();
    const choice = within(screen.getByRole("group", { name: "Models whose answers are kept" }));
    const chosen = () => choice.getAllByRole<HTMLInputElement>("checkbox").filter(({ checked }) => checked).length;
    expect(chosen()).toBe(1);
    await user.click(choice.getByRole("button", { name: "All" }));
    expect(chosen()).toBe(3);
    await user.click(choice.getByRole("button", { name: "None" }));
    expect(chosen()).toBe(0);
    await user.click(choice.getByRole("button", { name: "Free ones" }));
    expect(choice.getByRole<HTMLInputElement>("checkbox", { name: /kimi/ }).checked).toBe(true);
    await user.clear(screen.getByLabelText("Answers for each request"));
    await user.type(screen.getByLabelText("Answers for each request"), "4");
    await user.click(screen.getByRole("button", { name: "Save" }));
    expect(await screen.findByText("The response cache was changed.")).toBeTruthy();
    expect(bodies(requests, "PUT", "/api/admin/cache")).toEqual([{ models: ["kimi"], size: 4 }]);
  });

  it("is cleared after a question", async () => {
    const requests = fakeServer({ ...routes, "POST /api/admin/cache/clear": () => json({ ...cache, entries: 0, bytes: 0 }) });
    const { user } = await renderApp({ path: "/console/routing" });
    await user.click(await screen.findByRole("button", { name: "Clear" }));
    await user.click(within(await screen.findByRole("alertdialog")).getByRole("button", { name: "Clear" }));
    expect(await screen.findByText("The cache was cleared.")).toBeTruthy();
    expect(bodies(requests, "POST", "/api/admin/cache/clear")).toHaveLength(1);
    await waitFor(() => expect(screen.getByRole<HTMLButtonElement>("button", { name: "Clear" }).disabled).toBe(true));
  });
});

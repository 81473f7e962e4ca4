import { screen, waitFor, within } from "@testing-library/react";
import { afterEach, describe, expect, it, vi } from "vitest";
import { fakeServer, json } from "@/testing/fake-server";
import { renderApp } from "@/testing/render-app";
import { frankfurt, good, keyOf, reportOf, routes } from "./testing/fixtures";

const HEALTH = "/api/admin/routing/health";
const later = (milliseconds: number) => new Date(Date.now() + milliseconds).toISOString();
const resting = { ...good, phase: "resting", strikes: 3, until: later(240_000), kind: "UPSTREAM", reason: "The upstream answered 502." };
const tokyo = { ...frankfurt, id: 4, name: "Tokyo", state: false, secret: "" };
const both = { "GET /api/admin/channel/list": () => json({ status: true, data: [frankfurt, tokyo] }) };

afterEach(() => {
  vi.useRealTimers();
});

describe("the health of channels", () => {
  it("is told in words, with figures and the last fault", async () => {
    const report = reportOf({ calls: 1_003, answered: 990, running: 3, faults: { UPSTREAM: 10, BAD_REQUEST: 4 }, state: resting, lastFault: { kind: "UPSTREAM", message: "The upstream answered 502.", at: later(-120_000) } });
    fakeServer({ ...routes, ...both, [`GET ${HEALTH}`]: () => json({ channels: [report, reportOf({ id: 4, active: false, calls: 0, answered: 0 })] }) });
    await renderApp({ path: "/console/channels" });
    const row = (await screen.findByRole("button", { name: "Frankfurt" })).closest("tr");
    await waitFor(() => expect(row?.textContent).toContain("Resting, again in 4 min"));
    expect(row?.textContent).toContain("99% of 1,000 calls · 3 running");
    expect(row?.textContent).toContain("Provider failed, 2 min ago");
    expect(screen.getByRole("button", { name: "Tokyo" }).closest("tr")?.textContent).toContain("Off");
  });

  it("opens below the row, and a rest is ended at once", async () => {
    const keys = [keyOf(0, "sk-a****"), keyOf(1, "sk-b****", { models: { "gpt-4o": { ...resting, kind: "NO_ACCESS" } } })];
    const requests = fakeServer({
      ...routes,
      [`GET ${HEALTH}`]: () => json({ channels: [reportOf({ state: resting, faults: { UPSTREAM: 3 }, keys })] }),
      [`POST ${HEALTH}/3/revive`]: () => json(reportOf({})),
    });
    const { user } = await renderApp({ path: "/console/channels" });
    const toggle = await screen.findByRole("button", { name: /Everything about Frankfurt/ });
    expect(toggle.getAttribute("aria-expanded")).toBe("false");
    await user.click(toggle);
    expect(toggle.getAttribute("aria-expanded")).toBe("true");
    const details = within(document.getElementById(toggle.getAttribute("aria-controls") ?? "") as HTMLElement);
    expect(details.getByText("The upstream answered 502.")).toBeTruthy();
    expect(details.getByText(/3 times in a row/)).toBeTruthy();
    expect(details.getByRole("row", { name: /sk-b\*\*\*\*/ }).textContent).toContain("gpt-4o: Resting");
    await user.click(details.getByRole("button", { name: "Try again now" }));
    expect(await screen.findByText("Frankfurt takes calls again.")).toBeTruthy();
    expect(screen.getByRole("button", { name: /^Good\. Everything about Frankfurt/ })).toBeTruthy();
    expect(details.queryByRole("button", { name: "Try again now" })).toBeNull();
    expect(requests.some(({ method, path }) => method === "POST" && path === `${HEALTH}/3/revive`)).toBe(true);
  });

  it("leads to what needs attention, by the address", async () => {
    fakeServer({ ...routes, ...both, [`GET ${HEALTH}`]: () => json({ channels: [reportOf({ state: resting })] }) });
    const { user, router } = await renderApp({ path: "/console/channels" });
    const filter = await screen.findByRole("checkbox", { name: /Needs attention/ });
    expect(await screen.findByText("2 channels")).toBeTruthy();
    await user.click(filter);
    expect(router.state.location.search).toEqual({ attention: true });
    expect(await screen.findByText("1 channel")).toBeTruthy();
    expect(screen.queryByRole("button", { name: "Tokyo" })).toBeNull();
  });

  it("says so where all is well", async () => {
    fakeServer(routes);
    await renderApp({ path: "/console/channels?attention=true" });
    expect(await screen.findByRole("heading", { name: "All is well" })).toBeTruthy();
  });

  it("is asked for again every few seconds", async () => {
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "setInterval", "clearInterval", "Date"], shouldAdvanceTime: true });
    let state: object = good;
    fakeServer({ ...routes, [`GET ${HEALTH}`]: () => json({ channels: [reportOf({ state })] }) });
    await renderApp({ path: "/console/channels" });
    expect(await screen.findByRole("button", { name: /^Good\. Everything/ })).toBeTruthy();
    state = { ...resting, phase: "trial", until: null };
    await vi.advanceTimersByTimeAsync(5_000);
    expect(await screen.findByRole("button", { name: /^Being tried/ })).toBeTruthy();
  });

  it("may be unknown without the list being lost", async () => {
    let broken = true;
    fakeServer({ ...routes, [`GET ${HEALTH}`]: () => (broken ? json({ detail: "out of order" }, 500) : json({ channels: [reportOf({})] })) });
    const { user } = await renderApp({ path: "/console/channels" });
    expect((await screen.findByRole("alert")).textContent).toContain("How channels stand is not known: Out of order");
    expect(screen.getByText("Not known")).toBeTruthy();
    broken = false;
    await user.click(screen.getByRole("button", { name: "Try again" }));
    expect(await screen.findByRole("button", { name: /^Good\./ })).toBeTruthy();
    expect(screen.queryByRole("alert")).toBeNull();
  });

  it("leads to where calls for the channel's model go", async () => {
    fakeServer(routes);
    const { user, router } = await renderApp({ path: "/console/channels" });
    await user.click(await screen.findByRole("button", { name: "Options for Frankfurt" }));
    await user.click(await screen.findByRole("menuitem", { name: "Where calls go" }));
    await waitFor(() => expect(router.state.location.pathname).toBe("/console/routing"));
    expect(router.state.location.search).toEqual({ model: "gpt-4o" });
  });
});

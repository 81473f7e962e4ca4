import { screen, waitFor, within } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import { fakeServer, feed, json, signedInRoutes } from "@/testing/fake-server";
import { renderApp } from "@/testing/render-app";

const openai = {
  id: "openai",
  name: "OpenAI",
  desired: { version: "1.4.2", enabled: true, bundled: false, previousVersion: "1.4.1" },
  observed: { state: "ACTIVE", version: "1.4.2", generation: 7, lent: 2 },
  provides: [{ kind: "ChannelType", id: "openai" }],
  leases: 3,
  draining: [],
  cause: null,
};
const swapping = {
  ...openai,
  desired: { ...openai.desired, version: "1.5.0", previousVersion: "1.4.2" },
  observed: { ...openai.observed, version: "1.5.0", generation: 8 },
  leases: 1,
  draining: [{ version: "1.4.2", generation: 7, leases: 2, since: new Date().toISOString() }],
};

const step = (sequence: number, phase: string, text: string) =>
  `id: ${sequence}\nevent: ${phase.toLowerCase()}\ndata: ${JSON.stringify({ sequence, at: "2026-11-24T10:00:00Z", plugin: "openai", version: "1.5.0", phase, generation: 8, leases: 2, millis: 5, text })}\n\n`;

const listing = (plugins: unknown[]) => ({ ...signedInRoutes, "GET /api/admin/plugins": () => json(plugins) });
const rowOf = async (name: string) => (await screen.findByRole("heading", { level: 2, name })).closest("li")!;

describe("the plugins page", () => {
  it("shows a swap as it happens", async () => {
    const events = feed();
    let now: unknown[] = [openai];
    fakeServer({ ...listing([]), "GET /api/admin/plugins": () => json(now), "GET /api/admin/plugins/events": () => events.response });
    await renderApp({ path: "/console/plugins" });
    const row = await rowOf("OpenAI");
    expect(await screen.findByText("Live")).toBeTruthy();
    expect(within(row).getByText("Serving")).toBeTruthy();

    now = [swapping];
    events.send(step(1, "REPLACED", "took the place of 1.4.2"));
    expect(await within(row).findByText("Swapping")).toBeTruthy();
    const board = within(row).getByRole("region", { name: "Swap in progress" });
    expect(within(board).getByText("Version 1.4.2 is finishing 2 calls, version 1.5.0 takes new ones.")).toBeTruthy();

    now = [{ ...swapping, draining: [], leases: 4 }];
    events.send(step(2, "DRAINED", "its last call has ended"));
    expect(await within(row).findByText("Serving")).toBeTruthy();
    expect(within(row).queryByRole("region")).toBeNull();
    const activity = within(screen.getByRole("region", { name: "Activity" })).getAllByRole("listitem");
    expect(activity.map((item) => item.textContent)).toEqual([expect.stringContaining("its last call has ended"), expect.stringContaining("took the place")]);
  });

  it("asks before it undoes a swap, and says how many calls are in progress", async () => {
    const requests = fakeServer({ ...listing([swapping]), "POST /api/admin/plugins/openai/undo": () => json({}) });
    const { user } = await renderApp({ path: "/console/plugins" });
    await user.click(await screen.findByRole("button", { name: "Undo, back to 1.4.2" }));
    const dialog = screen.getByRole("alertdialog");
    expect(within(dialog).getByText("3 calls are in progress. They will be finished.")).toBeTruthy();
    await user.click(within(dialog).getByRole("button", { name: "Undo the swap" }));
    await waitFor(() => expect(requests.map(({ path }) => path)).toContain("/api/admin/plugins/openai/undo"));
  });

  it("disables after asking and enables at once", async () => {
    const off = { ...openai, id: "off", name: "Off one", desired: { ...openai.desired, enabled: false }, observed: { state: "DISABLED" }, leases: 0 };
    const requests = fakeServer({
      ...listing([openai, off]),
      "POST /api/admin/plugins/openai/disable": () => json({}),
      "POST /api/admin/plugins/off/enable": () => json({}),
    });
    const { user } = await renderApp({ path: "/console/plugins" });
    await user.click(await screen.findByRole("switch", { name: "Off one enabled" }));
    await waitFor(() => expect(requests.map(({ path }) => path)).toContain("/api/admin/plugins/off/enable"));
    await user.click(screen.getByRole("switch", { name: "OpenAI enabled" }));
    await user.click(within(await screen.findByRole("alertdialog")).getByRole("button", { name: "Disable" }));
    await waitFor(() => expect(requests.map(({ path }) => path)).toContain("/api/admin/plugins/openai/disable"));
  });

  it("installs a file and shows the server's reason when it is refused", async () => {
    const answers = [json({ title: "Unprocessable", status: 422, detail: "the manifest has no Plugin-Id" }, 422), json({ status: true }, 201)];
    const requests = fakeServer({ ...listing([openai]), "POST /api/admin/plugins": () => answers.shift()! });
    const { user } = await renderApp({ path: "/console/plugins" });
    await user.click(await screen.findByRole("button", { name: "Install plugin" }));
    const dialog = screen.getByRole("dialog", { name: "Install a plugin" });
    const file = new File([new Uint8Array(2048)], "openai-1.5.0.jar", { type: "application/java-archive" });
    await user.upload(dialog.querySelector<HTMLInputElement>("input[type=file]")!, file);
    expect(within(dialog).getByText("openai-1.5.0.jar")).toBeTruthy();
    await user.click(within(dialog).getByRole("button", { name: "Install" }));
    expect((await within(dialog).findByRole("alert")).textContent).toBe("The manifest has no Plugin-Id");
    await user.click(within(dialog).getByRole("button", { name: "Install" }));
    await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
    const sent = requests.filter(({ method, path }) => method === "POST" && path === "/api/admin/plugins").at(-1)?.body as FormData;
    expect((sent.get("file") as File).name).toBe("openai-1.5.0.jar");
  });

  it("keeps the cause of a failure in view", async () => {
    fakeServer(listing([{ ...openai, observed: { state: "FAILED", version: null }, cause: "needs io.patchbay.spi [2.0,3)" }]));
    await renderApp({ path: "/console/plugins" });
    expect(within(await rowOf("OpenAI")).getByText("needs io.patchbay.spi [2.0,3)")).toBeTruthy();
    expect(screen.getByText("1 failed")).toBeTruthy();
  });

  it("says what to do when nothing is installed", async () => {
    fakeServer(listing([]));
    await renderApp({ path: "/console/plugins" });
    expect(await screen.findByRole("heading", { name: "No plugins yet" })).toBeTruthy();
  });

  it("offers another try when the list cannot be loaded", async () => {
    let broken = true;
    fakeServer({ ...signedInRoutes, "GET /api/admin/plugins": () => (broken ? json({ detail: "the database is away" }, 500) : json([openai])) });
    const { user } = await renderApp({ path: "/console/plugins" });
    expect(await screen.findByText("The database is away")).toBeTruthy();
    broken = false;
    await user.click(screen.getByRole("button", { name: "Try again" }));
    expect(await rowOf("OpenAI")).toBeTruthy();
  });

  it("is closed to those who are no administrators", async () => {
    fakeServer({ ...listing([openai]), "POST /api/state": () => json({ status: true, user: "alice", admin: false }) });
    await renderApp({ path: "/console/plugins", user: { name: "alice", admin: false } });
    expect(await screen.findByRole("heading", { name: "No access" })).toBeTruthy();
  });
});

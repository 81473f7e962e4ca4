import { screen, waitFor, within } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import { type FakeRequest, fakeServer, json } from "@/testing/fake-server";
import { renderApp } from "@/testing/render-app";
import { frankfurt, good, keyOf, reportOf, routes } from "./testing/fixtures";

const UPDATE = "/api/admin/channel/update/3";
const updateOf = (requests: readonly FakeRequest[]) => requests.find(({ path }) => path === UPDATE)?.body;

async function openFrankfurt() {
  const app = await renderApp({ path: "/console/channels" });
  await app.user.click(await screen.findByRole("button", { name: "Frankfurt" }));
  const dialog = await screen.findByRole("dialog", { name: "Edit Frankfurt" });
  return { ...app, dialog, form: within(dialog) };
}

const section = (dialog: HTMLElement, name: string) => [...dialog.querySelectorAll("details")].find((one) => one.querySelector("summary")?.textContent?.startsWith(name));

describe("the further settings of a channel", () => {
  it("are folded, with how much of each is set", async () => {
    fakeServer({ ...routes, "GET /api/admin/channel/list": () => json({ status: true, data: [{ ...frankfurt, stall_timeout: 20, max_per_minute: 600, group: ["pro"] }] }) });
    const { dialog } = await openFrankfurt();
    const summaries = [...dialog.querySelectorAll("details")].map((one) => [one.querySelector("summary")?.textContent, one.open]);
    expect(summaries).toEqual([
      ["Routing and limits4 set", false],
      ["Time-outs1 set", false],
      ["Requestsas usual", false],
      ["Proxyas usual", false],
    ]);
  });

  it("are sent as what they are, and nothing where the default counts", async () => {
    const requests = fakeServer({ ...routes, [`POST ${UPDATE}`]: () => json({ status: true, error: "" }) });
    const { user, form } = await openFrankfurt();
    await user.type(form.getByLabelText("Calls a minute"), "90");
    await user.type(form.getByLabelText("Cost"), "1.4");
    await user.click(form.getByRole("checkbox", { name: "Pro" }));
    await user.type(form.getByLabelText("Until the first content"), "45");
    await user.click(form.getByRole("switch", { name: /Merge neighbouring/ }));
    await user.click(form.getByRole("button", { name: "Add a header" }));
    await user.type(form.getByLabelText("Header 1"), "X-Team");
    await user.type(form.getByLabelText("Value of header 1"), "blue");
    await user.click(form.getByLabelText("Parameters"));
    await user.paste('{"seed": 7, "logit_bias": null}');
    expect(form.getByText("Sets seed. Takes out logit_bias.")).toBeTruthy();
    await user.click(form.getByRole("button", { name: "Save" }));
    await waitFor(() => expect(updateOf(requests)).toBeTruthy());
    expect(updateOf(requests)).toEqual({
      ...frankfurt,
      group: ["pro"],
      max_per_minute: 90,
      cost: 1.4,
      first_token_timeout: 45,
      merge_consecutive_user_messages: true,
      header_override: { "X-Team": "blue" },
      param_override: { seed: 7, logit_bias: null },
    });
  });

  it("open where something in them is wrong, and send nothing", async () => {
    const requests = fakeServer(routes);
    const { user, dialog, form } = await openFrankfurt();
    await user.type(form.getByLabelText("Calls at once"), "many");
    await user.click(form.getByRole("button", { name: "Add a header" }));
    await user.type(form.getByLabelText("Header 1"), "Host");
    await user.click(form.getByLabelText("Parameters"));
    await user.paste('{\n"stream": true\n}');
    expect(form.getByText("Line 2: “stream” has its own place and cannot be set here.")).toBeTruthy();
    expect(section(dialog, "Routing")?.open).toBe(false);
    await user.click(form.getByRole("button", { name: "Save" }));
    expect(form.getByText("A whole number up to 100,000.")).toBeTruthy();
    expect(form.getByText("The server sets this header itself.")).toBeTruthy();
    expect([section(dialog, "Routing")?.open, section(dialog, "Time-outs")?.open, section(dialog, "Requests")?.open]).toEqual([true, false, true]);
    await waitFor(() => expect(document.activeElement).toBe(form.getByLabelText("Calls at once")));
    expect(updateOf(requests)).toBeUndefined();
  });

  it("show what the server refuses at the field it names, until that is changed", async () => {
    fakeServer({ ...routes, [`POST ${UPDATE}`]: () => json({ status: false, error: "stall_timeout: expected seconds, 0.1 to 86400, or 0 for the setting of the site" }) });
    const { user, dialog, form } = await openFrankfurt();
    await user.click(form.getByRole("button", { name: "Save" }));
    expect(await form.findByText("Expected seconds, 0.1 to 86400, or 0 for the setting of the site")).toBeTruthy();
    expect(form.queryByRole("alert")).toBeNull();
    expect(section(dialog, "Time-outs")?.open).toBe(true);
    await waitFor(() => expect(document.activeElement).toBe(form.getByLabelText("Between two pieces")));
    await user.type(form.getByLabelText("Between two pieces"), "5");
    expect(form.queryByText(/Expected seconds/)).toBeNull();
  });
});

describe("the keys of a channel", () => {
  it("stand beside their field with how each is", async () => {
    const dead = { ...good, phase: "resting", strikes: 1, until: new Date(Date.now() + 600_000).toISOString(), kind: "KEY_DEAD", reason: "Incorrect API key." };
    const keys = [keyOf(0, "sk-a****", { calls: 1_204, faults: 2 }), keyOf(1, "sk-b****", { state: dead, models: {} })];
    fakeServer({ ...routes, "GET /api/admin/routing/health": () => json({ channels: [reportOf({ keys })] }) });
    const { form } = await openFrankfurt();
    const list = within(form.getByRole("list", { name: "Stored keys" }));
    const rows = await waitFor(() => {
      const found = list.getAllByRole("listitem").map((row) => row.textContent);
      expect(found[0]).toContain("Good");
      return found;
    });
    expect(rows[0]).toContain("1,204 calls · 2 faults");
    expect(rows[1]).toMatch(/Resting, again in 10 min/);
    expect(rows[1]).toContain("Key refused: Incorrect API key.");
  });
});

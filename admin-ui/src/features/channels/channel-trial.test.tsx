import { screen, waitFor, within } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import { type FakeRequest, fakeServer, json } from "@/testing/fake-server";
import { renderApp } from "@/testing/render-app";
import { frankfurt, routes } from "./testing/fixtures";

const ROOT = "/api/admin/channel";
const facts = { key: 0, keyMask: "sk-a****", plugin: "openai", pluginVersion: "1.4.2", generation: 7, totalMs: 871, dropped: [], notes: {}, steps: [] };
const works = {
  ok: true,
  fault: null,
  check: "chat",
  remark: null,
  model: "gpt-4o",
  upstreamModel: "gpt-4o-2024",
  listed: true,
  stream: true,
  text: "OK.",
  textCut: false,
  reasoning: false,
  finish: "stop",
  usage: { input: 11, output: 2, cachedInput: 8, cacheWrite: 0, reasoning: 0 },
  firstContentMs: 642,
  ...facts,
  dropped: ["seed"],
  steps: [
    { at: 2, step: "ready", detail: "" },
    { at: 3, step: "asked", detail: "POST /v1/chat/completions" },
    { at: 871, step: "end", detail: "ok" },
  ],
};
const fault = { kind: "KEY_DEAD", sub: null, message: "Incorrect API key provided.", status: 401, vendorCode: "invalid_api_key", retryAfterMs: null, hint: { en: "Enter a new one.", zh: "请填写新的密钥。" } };
const sentTo = (requests: readonly FakeRequest[], path: string) => requests.filter((request) => request.path === path);

async function openTest(more: object) {
  const requests = fakeServer({ ...routes, ...more });
  const app = await renderApp({ path: "/console/channels" });
  await app.user.click(await screen.findByRole("button", { name: "Options for Frankfurt" }));
  await app.user.click(await screen.findByRole("menuitem", { name: "Test" }));
  return { ...app, requests, dialog: within(await screen.findByRole("dialog", { name: "Test Frankfurt" })) };
}

async function openEditor(more: object) {
  const requests = fakeServer({ ...routes, ...more });
  const app = await renderApp({ path: "/console/channels" });
  await app.user.click(await screen.findByRole("button", { name: "Frankfurt" }));
  return { ...app, requests, form: within(await screen.findByRole("dialog", { name: "Edit Frankfurt" })) };
}

describe("the test of a channel", () => {
  it("asks what was chosen and shows how it went", async () => {
    const { user, requests, dialog } = await openTest({ [`POST ${ROOT}/3/test`]: () => json(works) });
    await user.click(dialog.getByRole("button", { name: /^Model/ }));
    await user.click(await screen.findByRole("option", { name: "gpt-4o" }));
    await user.selectOptions(dialog.getByLabelText("Key"), "sk-b****");
    await user.type(dialog.getByLabelText("Prompt"), "Hi");
    await user.click(dialog.getByRole("switch", { name: "Streamed" }));
    await user.type(dialog.getByLabelText("Give up after"), "20");
    await user.click(dialog.getByRole("button", { name: "Run test" }));
    const result = within(await dialog.findByRole("region", { name: "Result" }));
    expect(sentTo(requests, `${ROOT}/3/test`)[0]?.body).toEqual({ model: "gpt-4o", key: 1, stream: false, prompt: "Hi", timeout: 20 });
    expect(result.getByText("It works")).toBeTruthy();
    const said = (term: string) => result.getByText(term).parentElement?.textContent;
    expect(said("First content")).toContain("642 ms");
    expect(said("Tokens in and out")).toContain("11 → 28 from the cache");
    expect(said("Model")).toContain("gpt-4o → gpt-4o-2024");
    expect(said("Plugin")).toContain("openai 1.4.2");
    expect(result.getByText("OK.")).toBeTruthy();
    expect(result.getByText("seed")).toBeTruthy();
    expect(result.getAllByRole("listitem").map((item) => item.textContent)).toContain("3 msAskedPOST /v1/chat/completions");
  });

  it("says what is wrong and what to do about it", async () => {
    const { user, dialog } = await openTest({ [`POST ${ROOT}/3/test`]: () => json({ ...works, ok: false, fault, text: "" }) });
    await user.click(dialog.getByRole("button", { name: "Run test" }));
    const alert = await dialog.findByRole("alert");
    expect(alert.textContent).toBe("Key refused · status 401 · invalid_api_keyIncorrect API key provided.What to do: Enter a new one.");
    expect(dialog.queryByText("It works")).toBeNull();
  });

  it("says where nothing could be checked", async () => {
    const none = { ok: false, fault: null, check: "none", remark: { en: "This model does not chat." }, model: "mj", upstreamModel: "mj", listed: true, stream: true, ...facts };
    const { user, dialog } = await openTest({ [`POST ${ROOT}/3/test`]: () => json(none) });
    await user.click(dialog.getByRole("button", { name: "Run test" }));
    expect(await dialog.findByText("Not checked")).toBeTruthy();
    expect(dialog.getByText("This model does not chat.")).toBeTruthy();
  });

  it("is given up by whoever stops it, and sends no time that the server would refuse", async () => {
    const { user, requests, dialog } = await openTest({
      [`POST ${ROOT}/3/test`]: ({ signal }: FakeRequest) => new Promise<Response>((_, reject) => signal?.addEventListener("abort", () => reject(new DOMException("stopped", "AbortError")))),
    });
    await user.type(dialog.getByLabelText("Give up after"), "500");
    await user.click(dialog.getByRole("button", { name: "Run test" }));
    expect(dialog.getByText("A whole number from 1 to 120.")).toBeTruthy();
    expect(sentTo(requests, `${ROOT}/3/test`)).toHaveLength(0);
    await user.clear(dialog.getByLabelText("Give up after"));
    await user.click(dialog.getByRole("button", { name: "Run test" }));
    await user.click(await dialog.findByRole("button", { name: "Stop" }));
    await waitFor(() => expect(dialog.getByRole("button", { name: "Run test" })).toBeTruthy());
    expect(dialog.queryByRole("alert")).toBeNull();
  });

  it("works with what stands in the form, before it is saved", async () => {
    const { user, requests, form } = await openEditor({ [`POST ${ROOT}/try`]: () => json({ detail: "endpoint: expected an https address" }, 422) });
    await user.type(form.getByLabelText("Keys"), "sk-new");
    await user.type(form.getByLabelText("Calls a minute"), "9");
    await user.click(form.getByRole("button", { name: "Test" }));
    const dialog = within(await screen.findByRole("dialog", { name: "Test Frankfurt" }));
    expect([...dialog.getByLabelText<HTMLSelectElement>("Key").options].map(({ text }) => text)).toEqual(["Any key", "sk-a****", "sk-b****", "New key 3"]);
    await user.click(dialog.getByRole("button", { name: "Run test" }));
    expect((await dialog.findByRole("alert")).textContent).toBe("Endpoint: expected an https address");
    expect(sentTo(requests, `${ROOT}/try`)[0]?.body).toEqual({ ...frankfurt, secret: "sk-a****\nsk-b****\nsk-new", max_per_minute: 9, trial: { stream: true } });
    expect(requests.some(({ path }) => path.includes("update"))).toBe(false);
  });
});

describe("what an upstream tells", () => {
  it("are its models, of which some are offered", async () => {
    const { user, requests, form } = await openEditor({ [`POST ${ROOT}/try/models`]: () => json({ ok: true, fault: null, models: ["gpt-4o-mini", "gpt-5", "o3"], cut: false, ...facts }) });
    await user.click(form.getByRole("button", { name: "Load models" }));
    const dialog = within(await screen.findByRole("dialog", { name: "Models of the provider" }));
    expect(await dialog.findByText("not in its list")).toBeTruthy();
    expect(dialog.getByRole<HTMLInputElement>("checkbox", { name: /gpt-4o not in its list/ }).checked).toBe(true);
    await user.click(dialog.getByRole("checkbox", { name: "gpt-5" }));
    await user.type(dialog.getByRole("searchbox"), "mini");
    await user.click(dialog.getByRole("button", { name: "All" }));
    await user.click(dialog.getByRole("button", { name: "Offer 3 models" }));
    const remove = (name: string) => form.getByRole("button", { name: `Remove ${name}` });
    expect([remove("gpt-4o"), remove("gpt-4o-mini"), remove("gpt-5")]).toHaveLength(3);
    expect(sentTo(requests, `${ROOT}/try/models`)[0]?.body).toMatchObject({ id: 3, secret: "sk-a****\nsk-b****", trial: {} });
  });

  it("may be a fault in place of its models", async () => {
    let good = false;
    const { user, form } = await openEditor({ [`POST ${ROOT}/try/models`]: () => json({ ok: good, fault: good ? null : fault, models: ["o3"], cut: false, ...facts }) });
    await user.click(form.getByRole("button", { name: "Load models" }));
    const dialog = within(await screen.findByRole("dialog", { name: "Models of the provider" }));
    expect((await dialog.findByRole("alert")).textContent).toContain("Enter a new one.");
    good = true;
    await user.click(dialog.getByRole("button", { name: "Try again" }));
    expect(await dialog.findByRole("checkbox", { name: "o3" })).toBeTruthy();
  });

  it("is the balance behind each key", async () => {
    const balance = (left: string) => ({ ok: true, fault: null, balances: [{ left, total: "20.00", used: null, currency: "USD", part: "" }], ...facts });
    const requests = fakeServer({
      ...routes,
      [`GET ${ROOT}/3/balance`]: ({ query }) => json(query === "key=0" ? balance("12.50") : { ok: false, fault, balances: [], ...facts }),
    });
    const { user } = await renderApp({ path: "/console/channels" });
    await user.click(await screen.findByRole("button", { name: "Options for Frankfurt" }));
    await user.click(await screen.findByRole("menuitem", { name: "Balance" }));
    const dialog = within(await screen.findByRole("dialog", { name: "Balance" }));
    expect((await dialog.findByText("12.50")).closest("li")?.textContent).toBe("sk-a****12.50 USDof 20.00");
    expect((await dialog.findByRole("alert")).closest("li")?.textContent).toContain("sk-b****Key refused");
    expect(sentTo(requests, `${ROOT}/3/balance`).map(({ query }) => query)).toEqual(["key=0", "key=1"]);
  });

  it("may be no balance at all, which is asked for once", async () => {
    const requests = fakeServer({ ...routes, [`GET ${ROOT}/3/balance`]: () => json({ ok: false, fault: { ...fault, kind: "UNSUPPORTED" }, balances: [], ...facts }) });
    const { user } = await renderApp({ path: "/console/channels" });
    await user.click(await screen.findByRole("button", { name: "Options for Frankfurt" }));
    await user.click(await screen.findByRole("menuitem", { name: "Balance" }));
    expect(await screen.findByText(/tells no balance/)).toBeTruthy();
    expect(sentTo(requests, `${ROOT}/3/balance`)).toHaveLength(1);
  });
});

import { screen, waitFor, within } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import { type FakeRequest, fakeServer, json, signedInRoutes } from "@/testing/fake-server";
import { renderApp } from "@/testing/render-app";

const frankfurt = {
  id: 3,
  name: "Frankfurt",
  type: "openai",
  priority: 1,
  weight: 2,
  models: ["gpt-4o"],
  retry: 3,
  secret: "sk-a****\nsk-b****",
  endpoint: "https://api.openai.com",
  mapper: "",
  state: true,
  group: [],
  proxy: { proxy_type: 0, proxy: "", username: "", password: "" },
};
const part = (name: string, en: string) => ({ name, kind: "SECRET", label: { en }, hint: {}, fallback: "", required: true, choices: [] });
const types = [
  { id: "openai", name: { en: "OpenAI", zh: "OpenAI" }, defaultEndpoint: "https://api.openai.com", secretParts: [part("key", "API key")], options: [], models: ["gpt-4o", "o3"] },
  {
    id: "azure",
    name: { en: "Azure" },
    defaultEndpoint: "2024-10-21",
    secretParts: [part("key", "API key"), part("resource", "Resource")],
    options: [{ name: "style", kind: "CHOICE", label: { en: "Style" }, hint: { en: "How it speaks." }, fallback: "plain", required: false, choices: ["plain", "rich"] }],
    models: [],
  },
];
const routes = {
  ...signedInRoutes,
  "GET /api/admin/channel/list": () => json({ status: true, data: [frankfurt] }),
  "GET /api/admin/channel/types": () => json({ status: true, data: types }),
};
const sentTo = (requests: readonly FakeRequest[], path: string) => requests.find((request) => request.path === path);

describe("the channels page", () => {
  it("creates a channel from what its type says about itself", async () => {
    const requests = fakeServer({ ...routes, "POST /api/admin/channel/create": () => json({ status: true, error: "" }) });
    const { user } = await renderApp({ path: "/console/channels" });
    await user.click(await screen.findByRole("button", { name: "New channel" }));
    const form = await screen.findByRole("dialog", { name: "New channel" });
    await user.type(within(form).getByLabelText("Name"), "West");
    await user.selectOptions(within(form).getByLabelText("Type"), "azure");
    expect(within(form).getByLabelText<HTMLInputElement>("Endpoint").value).toBe("2024-10-21");
    await user.type(within(form).getByPlaceholderText("API key"), "k-1");
    await user.type(within(form).getByPlaceholderText("Resource"), "https://west");
    await user.type(within(form).getByLabelText("Models"), "gpt-4o, o3 ");
    await user.selectOptions(within(form).getByLabelText("Style"), "rich");
    await user.click(within(form).getByRole("button", { name: "Create channel" }));
    await waitFor(() => expect(sentTo(requests, "/api/admin/channel/create")).toBeTruthy());
    expect(sentTo(requests, "/api/admin/channel/create")?.body).toMatchObject({
      id: -1,
      name: "West",
      type: "azure",
      endpoint: "2024-10-21",
      secret: "k-1|https://west",
      models: ["gpt-4o", "o3"],
      state: true,
      style: "rich",
    });
  });

  it("says what is missing and sends nothing", async () => {
    const requests = fakeServer(routes);
    const { user } = await renderApp({ path: "/console/channels" });
    await user.click(await screen.findByRole("button", { name: "New channel" }));
    const form = await screen.findByRole("dialog");
    await user.click(within(form).getByRole("button", { name: "Create channel" }));
    expect(within(form).getByLabelText("Name").getAttribute("aria-invalid")).toBe("true");
    expect(within(form).getAllByText("This is needed.")).toHaveLength(3);
    expect(requests.some(({ method, path }) => method === "POST" && path.startsWith("/api/admin"))).toBe(false);
  });

  it("leaves the secrets as they are unless something is changed", async () => {
    const requests = fakeServer({ ...routes, "POST /api/admin/channel/update/3": () => json({ status: true, error: "" }) });
    const { user } = await renderApp({ path: "/console/channels" });
    await user.click(await screen.findByRole("button", { name: "Frankfurt" }));
    const form = await screen.findByRole("dialog", { name: "Edit Frankfurt" });
    expect(within(form).getByLabelText<HTMLTextAreaElement>("Secret").value).toBe("");
    await user.click(within(form).getByRole("button", { name: "Save" }));
    await waitFor(() => expect(sentTo(requests, "/api/admin/channel/update/3")).toBeTruthy());
    expect(sentTo(requests, "/api/admin/channel/update/3")?.body).toEqual(frankfurt);
  });

  it("takes a stored secret away and adds another", async () => {
    const requests = fakeServer({ ...routes, "POST /api/admin/channel/update/3": () => json({ status: true, error: "" }) });
    const { user } = await renderApp({ path: "/console/channels" });
    await user.click(await screen.findByRole("button", { name: "Frankfurt" }));
    const form = await screen.findByRole("dialog");
    await user.click(within(form).getByRole("button", { name: "Remove the stored secret sk-a****" }));
    await user.type(within(form).getByLabelText("Secret"), "sk-new");
    await user.click(within(form).getByRole("button", { name: "Save" }));
    await waitFor(() => expect(sentTo(requests, "/api/admin/channel/update/3")?.body).toMatchObject({ secret: "sk-b****\nsk-new" }));
  });

  it("shows the server's reason beside the form when it refuses", async () => {
    fakeServer({ ...routes, "POST /api/admin/channel/update/3": () => json({ status: false, error: "channel not found" }) });
    const { user } = await renderApp({ path: "/console/channels" });
    await user.click(await screen.findByRole("button", { name: "Frankfurt" }));
    await user.click(await screen.findByRole("button", { name: "Save" }));
    expect((await screen.findByRole("alert")).textContent).toBe("Channel not found");
  });

  it("takes a switch back when the server refuses it", async () => {
    fakeServer({ ...routes, "GET /api/admin/channel/deactivate/3": () => json({ status: false, error: "channel not found" }) });
    const { user } = await renderApp({ path: "/console/channels" });
    const toggle = await screen.findByRole("switch", { name: "Frankfurt active" });
    await user.click(toggle);
    expect(await screen.findByText("Channel not found")).toBeTruthy();
    await waitFor(() => expect(toggle.getAttribute("aria-checked")).toBe("true"));
  });

  it("keeps its search in the address", async () => {
    fakeServer(routes);
    const { user, router } = await renderApp({ path: "/console/channels?q=frank" });
    const search = await screen.findByRole<HTMLInputElement>("searchbox");
    expect(search.value).toBe("frank");
    await user.type(search, " nowhere");
    expect(await screen.findByText("No channel matches")).toBeTruthy();
    expect(router.state.location.search).toEqual({ q: "frank nowhere" });
  });
});

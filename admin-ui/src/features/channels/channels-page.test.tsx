import { screen, waitFor, within } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import { type FakeRequest, fakeServer, json } from "@/testing/fake-server";
import { renderApp } from "@/testing/render-app";
import { frankfurt, routes } from "./testing/fixtures";

const sentTo = (requests: readonly FakeRequest[], path: string) => requests.find((request) => request.path === path);

describe("the channels page", () => {
  it("creates a channel from what its type says about itself", async () => {
    const requests = fakeServer({ ...routes, "POST /api/admin/channel/create": () => json({ status: true, error: "" }) });
    const { user } = await renderApp({ path: "/console/channels" });
    await user.click(await screen.findByRole("button", { name: "New channel" }));
    const form = await screen.findByRole("dialog", { name: "New channel" });
    await user.type(within(form).getByLabelText("Name"), "West");
    await user.click(within(form).getByRole("button", { name: "Type OpenAI" }));
    await user.type(screen.getByPlaceholderText("Search vendors"), "cloud microsoft");
    expect(screen.getAllByRole("option").map((option) => option.textContent)).toEqual(["AAzureazureModels in Microsoft's cloud."]);
    await user.keyboard("{Enter}");
    expect(within(form).getByRole("button", { name: "Type Azure" })).toBeTruthy();
    expect(within(form).getByLabelText<HTMLInputElement>("Endpoint").value).toBe("2024-10-21");
    await user.type(within(form).getByLabelText("API key"), "k-1");
    await user.type(within(form).getByLabelText("Resource"), "https://west");
    await user.selectOptions(within(form).getByLabelText("Region (optional)"), "west");
    await user.type(within(form).getByLabelText("Retries (optional)"), "2");
    await user.click(within(form).getByRole("switch", { name: "Private link" }));
    await user.type(within(form).getByLabelText("Models"), "gpt-4o, o3 ");
    await user.selectOptions(within(form).getByLabelText("Style"), "rich");
    await user.click(within(form).getByRole("switch", { name: "Without dots" }));
    await user.click(within(form).getByText("Requests"));
    expect(within(form).getByText("This vendor never knows: top_k, logit_bias")).toBeTruthy();
    await user.selectOptions(within(form).getByLabelText("Fields the vendor does not know"), "refuse");
    await user.click(within(form).getByRole("button", { name: "Create channel" }));
    await waitFor(() => expect(sentTo(requests, "/api/admin/channel/create")).toBeTruthy());
    expect(sentTo(requests, "/api/admin/channel/create")?.body).toMatchObject({
      id: -1,
      name: "West",
      type: "azure",
      endpoint: "2024-10-21",
      secret: "k-1|https://west|west|2||true",
      models: ["gpt-4o", "o3"],
      state: true,
      style: "rich",
      dots: "false",
      unmappedFields: "refuse",
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

  it("marks the parts of a secret that still have to be filled in", async () => {
    fakeServer(routes);
    const { user } = await renderApp({ path: "/console/channels?add=azure" });
    const form = await screen.findByRole("dialog", { name: "New channel" });
    await user.type(within(form).getByLabelText("API key"), "k-1");
    await user.click(within(form).getByRole("button", { name: "Create channel" }));
    expect(within(form).getByText("Fill in every part of the key.")).toBeTruthy();
    const invalid = (label: string) => within(form).getByLabelText(label).getAttribute("aria-invalid");
    expect([invalid("API key"), invalid("Resource"), invalid("Region (optional)")]).toEqual([null, "true", null]);
  });

  it("opens the editor with the type somebody comes for, and keeps the rest of the address", async () => {
    fakeServer(routes);
    const { user, router } = await renderApp({ path: "/console/channels?q=frank&add=azure" });
    const form = await screen.findByRole("dialog", { name: "New channel" });
    expect(within(form).getByRole("button", { name: "Type Azure" })).toBeTruthy();
    await user.click(within(form).getByRole("button", { name: "Cancel" }));
    await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
    expect(router.state.location.search).toEqual({ q: "frank" });
  });

  it("leaves the secrets as they are unless something is changed", async () => {
    const requests = fakeServer({ ...routes, "POST /api/admin/channel/update/3": () => json({ status: true, error: "" }) });
    const { user } = await renderApp({ path: "/console/channels" });
    await user.click(await screen.findByRole("button", { name: "Frankfurt" }));
    const form = await screen.findByRole("dialog", { name: "Edit Frankfurt" });
    expect(within(form).getByLabelText<HTMLTextAreaElement>("Keys").value).toBe("");
    await user.click(within(form).getByRole("button", { name: "Save" }));
    await waitFor(() => expect(sentTo(requests, "/api/admin/channel/update/3")).toBeTruthy());
    expect(sentTo(requests, "/api/admin/channel/update/3")?.body).toEqual(frankfurt);
  });

  it("takes a stored secret away and adds another", async () => {
    const requests = fakeServer({ ...routes, "POST /api/admin/channel/update/3": () => json({ status: true, error: "" }) });
    const { user } = await renderApp({ path: "/console/channels" });
    await user.click(await screen.findByRole("button", { name: "Frankfurt" }));
    const form = await screen.findByRole("dialog");
    await user.click(within(form).getByRole("button", { name: "Remove the stored key sk-a****" }));
    await user.type(within(form).getByLabelText("Keys"), "sk-new");
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

import { fireEvent, screen, waitFor, within } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import { type FakeRequest, fakeServer, json, signedInRoutes } from "@/testing/fake-server";
import { renderApp } from "@/testing/render-app";

const typeOf = (id: string, name: string, more: object = {}) => ({
  id,
  name: { en: name, zh: name },
  description: { en: `${name}, by its API.` },
  defaultEndpoint: `https://api.${id}.example`,
  secretParts: [{ name: "key", kind: "SECRET", label: { en: "API key" }, hint: {}, fallback: "", required: true, choices: [] }],
  options: [],
  models: [`${id}-large`, `${id}-small`, `${id}-embed`],
  unmapped: [],
  logo: null,
  plugin: "openai-compatible",
  pluginVersion: "0.1.0",
  ...more,
});
const types = [
  typeOf("openai", "OpenAI", { plugin: "openai", pluginVersion: "1.4.2" }),
  typeOf("groq", "Groq", { unmapped: ["logit_bias", "top_k"] }),
  typeOf("nebula", "Nebula"),
];
const groq = { id: "groq", name: { en: "Groq", zh: "格罗克" }, description: "Fast.", endpoint: "https://api.groq.example", chat: { drop: ["logit_bias"] }, errors: [{ kind: "RATE", words: "slow down" }] };
const nebula = { id: "nebula", name: "Nebula", endpoint: "https://api.nebula.example", rules: [{ models: ["*embed*"], capabilities: ["embeddings"] }] };
const ROOT = "/api/admin/channel/profiles";
const listing = {
  families: [{ id: "openai-compatible", name: { en: "OpenAI-compatible vendors" }, plugin: "openai-compatible", pluginVersion: "0.1.0" }],
  profiles: [
    { id: "groq", family: "openai-compatible", own: false, body: groq },
    { id: "nebula", family: "openai-compatible", own: true, state: "serving", revision: 3, body: nebula },
  ],
};
const routes = {
  ...signedInRoutes,
  "GET /api/admin/channel/types": () => json({ status: true, data: types }),
  "GET /api/admin/channel/list": () => json({ status: true, data: [{ id: 4, name: "Nebula east", type: "nebula" }] }),
  [`GET ${ROOT}`]: () => json(listing),
  [`POST ${ROOT}/check`]: () => json({}),
};
const problem = (status: number, detail: string, more: object = {}) => json({ title: "No", status, detail, ...more }, status);
const sent = (requests: readonly FakeRequest[], method: string, path: string) => requests.filter((request) => request.method === method && request.path === path);
const rowOf = async (name: string) => (await screen.findByRole("button", { name })).closest("tr")!;

async function startNew() {
  const app = await renderApp({ path: "/console/vendors" });
  await app.user.click(await screen.findByRole("button", { name: "Add a vendor" }));
  return { ...app, form: within(await screen.findByRole("dialog", { name: "New vendor" })) };
}

describe("the vendors page", () => {
  it("lists own vendors first, and of each where it comes from, its models and what is lost", async () => {
    fakeServer(routes);
    await renderApp({ path: "/console/vendors" });
    const rows = (await screen.findAllByRole("row")).slice(1);
    expect(rows.map((row) => within(row).getAllByRole("button")[0]?.textContent)).toEqual(["Nebula", "Groq", "OpenAI"]);
    expect(within(rows[0]!).getByText("own")).toBeTruthy();
    expect(within(rows[1]!).queryByText("own")).toBeNull();
    expect(rows[2]?.textContent).toContain("openai 1.4.2");
    expect(rows[1]?.textContent).toContain("groq-large, groq-small, groq-embed");
    expect(within(rows[1]!).getByTitle("logit_bias top_k").textContent).toBe("2");
    expect(screen.getByText("3 vendors")).toBeTruthy();
  });

  it("keeps its search and its filter in the address", async () => {
    fakeServer(routes);
    const { user, router } = await renderApp({ path: "/console/vendors?q=groq-sm" });
    expect(await screen.findByText("1 vendor")).toBeTruthy();
    await user.click(screen.getByRole("checkbox", { name: "Only my own" }));
    expect(await screen.findByText("No vendor matches")).toBeTruthy();
    expect(router.state.location.search).toEqual({ q: "groq-sm", own: true });
  });

  it("shows everything about a vendor of a plugin, and leads on to a channel of it", async () => {
    fakeServer(routes);
    const { user, router } = await renderApp({ path: "/console/vendors" });
    await user.click(await screen.findByRole("button", { name: "Groq" }));
    const sheet = within(await screen.findByRole("dialog", { name: "Groq" }));
    expect(sheet.getByText("https://api.groq.example")).toBeTruthy();
    expect(sheet.getByText("logit_bias")).toBeTruthy();
    await user.click(sheet.getByRole("button", { name: "Create a channel" }));
    expect(await screen.findByRole("dialog", { name: "New channel" })).toBeTruthy();
    expect(screen.getByRole("button", { name: "Type Groq" })).toBeTruthy();
    expect(router.state.location.pathname).toBe("/console/channels");
  });

  it("adds a vendor from a form, and offers a channel with it", async () => {
    const requests = fakeServer({ ...routes, [`PUT ${ROOT}/orion`]: () => json({}, 201) });
    const { user, form } = await startNew();
    await user.type(form.getByLabelText("Name"), "Orion");
    await user.type(form.getByLabelText("Name in Chinese"), "猎户座");
    await user.type(form.getByLabelText("Id"), "orion");
    await user.type(form.getByLabelText("Address"), "https://llm.orion.example");
    await user.clear(form.getByLabelText("Base path"));
    await user.selectOptions(form.getByLabelText("How the key is sent"), "header");
    await user.type(form.getByLabelText("Header"), "X-Key");
    await user.type(form.getByLabelText("Models"), "orion-1, orion-2 ");
    await user.type(form.getByLabelText("Path of the list"), "/catalog");
    await user.click(form.getByRole("checkbox", { name: "Tools" }));
    await user.selectOptions(form.getByLabelText("Pictures in messages"), "inline");
    await user.click(form.getByText("Ways in which it differs"));
    await user.click(form.getByRole("switch", { name: "Ask for token counts in streams" }));
    await user.type(form.getByLabelText("Fields it refuses"), "seed,");
    await user.click(form.getByRole("button", { name: "Add vendor" }));
    const done = within(await screen.findByRole("dialog", { name: "Orion is ready" }));
    const [put] = sent(requests, "PUT", `${ROOT}/orion`);
    expect(put?.body).toEqual({
      family: "openai-compatible",
      body: {
        id: "orion",
        name: { en: "Orion", zh: "猎户座" },
        endpoint: "https://llm.orion.example",
        models: ["orion-1", "orion-2"],
        capabilities: ["chat", "tools"],
        basePath: "",
        auth: "header:X-Key",
        modelList: { path: "/catalog" },
        imageInput: "inline",
        chat: { streamOptions: false, drop: ["seed"] },
      },
    });
    expect(put?.headers.get("if-match")).toBe('"0"');
    await user.click(done.getByRole("button", { name: "Create a channel with it" }));
    expect(await screen.findByRole("dialog", { name: "New channel" })).toBeTruthy();
    expect(screen.getByRole("button", { name: "Type orion" })).toBeTruthy();
  });

  it("begins with a copy of another vendor and keeps what the form does not show", async () => {
    const requests = fakeServer({ ...routes, [`PUT ${ROOT}/groq-copy`]: () => json({}, 201) });
    const { user, form } = await startNew();
    await user.type(form.getByLabelText("Name"), "Mine");
    await user.click(form.getByRole("button", { name: "Start from Nothing" }));
    await user.type(screen.getByPlaceholderText("Search vendors"), "groq{Enter}");
    expect(form.getByLabelText<HTMLInputElement>("Id").value).toBe("groq-copy");
    await user.click(form.getByRole("button", { name: "Add vendor" }));
    await screen.findByRole("dialog", { name: "Mine is ready" });
    expect(sent(requests, "PUT", `${ROOT}/groq-copy`)[0]?.body).toMatchObject({
      body: { id: "groq-copy", name: "Mine", endpoint: "https://api.groq.example", chat: { drop: ["logit_bias"] }, errors: groq.errors },
    });
  });

  it("keeps the form and the JSON in step", async () => {
    const requests = fakeServer({ ...routes, [`PUT ${ROOT}/nebula`]: () => json({}) });
    const { user } = await renderApp({ path: "/console/vendors" });
    await user.click(await screen.findByRole("button", { name: "Nebula" }));
    const form = within(await screen.findByRole("dialog", { name: "Edit Nebula" }));
    expect(form.getByLabelText<HTMLInputElement>("Id").readOnly).toBe(true);
    await user.type(form.getByLabelText("Name in Chinese"), "星云");
    await user.click(form.getByRole("tab", { name: "JSON" }));
    const editor = form.getByLabelText<HTMLTextAreaElement>("Vendor as JSON");
    expect(JSON.parse(editor.value)).toEqual({ ...nebula, name: { en: "Nebula", zh: "星云" } });
    fireEvent.change(editor, { target: { value: '{"id": "nebula",\n "name": "Nebula", }' } });
    expect(form.getByText("Line 2: this is no JSON object")).toBeTruthy();
    await user.click(form.getByRole("tab", { name: "Form" }));
    expect(form.getByRole("alert").textContent).toContain("line 2");
    expect(form.getByLabelText<HTMLInputElement>("Name").matches(":disabled")).toBe(true);
    await user.click(form.getByRole("button", { name: "Show in JSON" }));
    fireEvent.change(form.getByLabelText("Vendor as JSON"), { target: { value: '{"id": "nebula", "name": "Nebula II", "headers": {"X-Client": "us"}}' } });
    await user.click(form.getByRole("tab", { name: "Form" }));
    expect(form.getByLabelText<HTMLInputElement>("Name").value).toBe("Nebula II");
    await user.click(form.getByRole("button", { name: "Save" }));
    expect(await screen.findByText("Nebula II was saved.")).toBeTruthy();
    const [put] = sent(requests, "PUT", `${ROOT}/nebula`);
    expect(put?.body).toEqual({ family: "openai-compatible", body: { id: "nebula", name: "Nebula II", headers: { "X-Client": "us" } } });
    expect(put?.headers.get("if-match")).toBe('"3"');
  });

  it("has the server check while somebody types, and says a mistake at its member", async () => {
    const requests = fakeServer({
      ...routes,
      [`POST ${ROOT}/check`]: ({ body }) => {
        const { auth } = (body as { body: { auth?: string } }).body;
        return auth === "header:" ? problem(422, '/auth: expected bearer or header:<name>, found "header:"', { member: "/auth" }) : json({});
      },
    });
    const { user } = await renderApp({ path: "/console/vendors" });
    await user.click(await screen.findByRole("button", { name: "Nebula" }));
    const form = within(await screen.findByRole("dialog", { name: "Edit Nebula" }));
    expect(await form.findByText("No mistakes")).toBeTruthy();
    const before = sent(requests, "POST", `${ROOT}/check`).length;
    await user.selectOptions(form.getByLabelText("How the key is sent"), "header");
    await waitFor(() => expect(form.getByLabelText("Header").getAttribute("aria-invalid")).toBe("true"));
    expect(form.getByText('Expected bearer or header:<name>, found "header:"')).toBeTruthy();
    expect(form.getByText("There is a mistake")).toBeTruthy();
    await user.type(form.getByLabelText("Header"), "X-Some-Key");
    await waitFor(() => expect(form.getByLabelText("Header").getAttribute("aria-invalid")).toBeNull());
    // Once for the mistake and once for the name: not for every letter of it.
    expect(sent(requests, "POST", `${ROOT}/check`)).toHaveLength(before + 2);
  });

  it("shows a mistake that has no field by its place in the JSON", async () => {
    fakeServer({ ...routes, [`POST ${ROOT}/check`]: () => problem(422, "/rules/0/models: expected a list of model names", { member: "/rules/0/models" }) });
    const { user } = await renderApp({ path: "/console/vendors" });
    await user.click(await screen.findByRole("button", { name: "Nebula" }));
    const form = within(await screen.findByRole("dialog", { name: "Edit Nebula" }));
    expect((await form.findByRole("alert")).textContent).toContain("/rules/0/models");
    await user.click(form.getByRole("button", { name: "Show in JSON" }));
    expect(form.getByText(/^Line 5: \/rules\/0\/models: Expected a list/)).toBeTruthy();
  });

  it("asks for what is missing only when somebody tries to save, and refuses an id that is taken", async () => {
    const requests = fakeServer(routes);
    const { user, form } = await startNew();
    expect(form.getByText("Not complete yet")).toBeTruthy();
    expect(form.queryByText("This is needed.")).toBeNull();
    await user.click(form.getByRole("button", { name: "Add vendor" }));
    expect(form.getByText("This is needed.")).toBeTruthy();
    await user.type(form.getByLabelText("Id"), "groq");
    expect(form.getByText("There is a vendor of this id already.")).toBeTruthy();
    await user.click(form.getByRole("button", { name: "Add vendor" }));
    expect(requests.some(({ method }) => method === "PUT")).toBe(false);
  });

  it("says what the server refuses on saving: at the member, or for the whole", async () => {
    const answers = [problem(422, "/name: expected a text", { member: "/name" }), problem(409, "The channel type 'orion' is provided by the plugin late."), problem(502, "the database is away")];
    fakeServer({ ...routes, [`PUT ${ROOT}/orion`]: () => answers.shift() ?? json({}) });
    const { user, form } = await startNew();
    await user.type(form.getByLabelText("Name"), "Orion");
    await user.type(form.getByLabelText("Id"), "orion");
    const save = () => user.click(form.getByRole("button", { name: "Add vendor" }));
    await save();
    await waitFor(() => expect(form.getByLabelText("Name").getAttribute("aria-invalid")).toBe("true"));
    await waitFor(() => expect(document.activeElement).toBe(form.getByLabelText("Name")));
    await save();
    expect((await form.findByText(/provided by the plugin late/)).closest("[role=alert]")).toBeTruthy();
    await save();
    expect(await form.findByText("The database is away")).toBeTruthy();
  });

  it("does not overwrite what somebody else has changed, unless that is wanted", async () => {
    const requests = fakeServer({
      ...routes,
      [`PUT ${ROOT}/nebula`]: ({ headers }) => (headers.has("if-match") ? problem(412, "The profile is at revision 4, not 3.") : json({})),
    });
    const { user } = await renderApp({ path: "/console/vendors" });
    await user.click(await screen.findByRole("button", { name: "Nebula" }));
    await user.click(await screen.findByRole("button", { name: "Save" }));
    await user.click(await screen.findByRole("button", { name: "Save all the same" }));
    expect(await screen.findByText("Nebula was saved.")).toBeTruthy();
    expect(sent(requests, "PUT", `${ROOT}/nebula`)).toHaveLength(2);
  });

  it("deletes a vendor that is in use only after saying so", async () => {
    const queries: string[] = [];
    const requests = fakeServer({
      ...routes,
      [`DELETE ${ROOT}/nebula`]: ({ query }) => {
        queries.push(query);
        return query === "force=true" ? new Response(null, { status: 204 }) : problem(409, "Channels use the profile 'nebula': Nebula east.", { channels: [4] });
      },
    });
    const { user } = await renderApp({ path: "/console/vendors" });
    await user.click(within(await rowOf("Nebula")).getByRole("button", { name: "Options for Nebula" }));
    await user.click(await screen.findByRole("menuitem", { name: "Delete" }));
    await user.click(within(screen.getByRole("alertdialog", { name: "Delete Nebula?" })).getByRole("button", { name: "Delete" }));
    const second = within(await screen.findByRole("alertdialog", { name: "Nebula is in use" }));
    expect(await second.findByText("Nebula east")).toBeTruthy();
    await user.click(second.getByRole("button", { name: "Delete all the same" }));
    expect(await screen.findByText("Nebula was deleted.")).toBeTruthy();
    expect(queries).toEqual(["", "force=true"]);
    expect(sent(requests, "GET", ROOT).length).toBeGreaterThan(1);
  });

  it("shows vendors of plugins even where own ones cannot be loaded", async () => {
    let tries = 0;
    fakeServer({ ...routes, [`GET ${ROOT}`]: () => (++tries === 1 ? problem(503, "the database is away") : json(listing)) });
    const { user } = await renderApp({ path: "/console/vendors" });
    expect((await screen.findByRole("alert")).textContent).toContain("The database is away");
    expect(screen.getByRole("button", { name: "OpenAI" })).toBeTruthy();
    expect(screen.getByRole<HTMLButtonElement>("button", { name: "Add a vendor" }).disabled).toBe(true);
    await user.click(screen.getByRole("button", { name: "Try again" }));
    expect(await screen.findByText("own")).toBeTruthy();
  });

  it("says so where there is nothing, and where nothing could be loaded", async () => {
    let broken = true;
    fakeServer({
      ...routes,
      "GET /api/admin/channel/types": () => (broken ? problem(500, "out of order") : json({ status: true, data: [] })),
      [`GET ${ROOT}`]: () => json({ families: [], profiles: [] }),
    });
    const { user } = await renderApp({ path: "/console/vendors" });
    expect(await screen.findByRole("heading", { name: "This could not be loaded" })).toBeTruthy();
    broken = false;
    await user.click(screen.getByRole("button", { name: "Try again" }));
    expect(await screen.findByRole("heading", { name: "No vendors yet" })).toBeTruthy();
  });
});

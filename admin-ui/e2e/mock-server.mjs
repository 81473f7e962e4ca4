/**
 * A stand-in for the Patchbay server, for looking at the application without one and for the end-to-end script. It serves dist/ and plays the
 * routes the application uses, in memory. Never part of what is shipped.
 *
 * Environment: PORT (5199), ROOT_PASSWORD ("patchbay"), MOCK_EMPTY=1 for a server nothing was set up on,
 * MOCK_MUST_CHANGE=1 for a password that has to be replaced.
 *
 * What is asked decides what comes back: "credits", "network", "cut", "upstream", "slow" and "think" each play one case; the models
 * `offline-model` and `unpriced-model` fail as their names say, and `midjourney` draws: progress, a picture, buttons ("fail" ends a drawing early).
 */
import { createServer } from "node:http";
import { existsSync, readFileSync, statSync } from "node:fs";
import { extname, join, normalize } from "node:path";
import { fileURLToPath } from "node:url";
import { moneyRoutes } from "./mock-money.mjs";
import { routingRoutes } from "./mock-routing.mjs";
import { vendors } from "./mock-vendors.mjs";

const PORT = Number(process.env.PORT ?? 5199);
const PASSWORD = process.env.ROOT_PASSWORD ?? "patchbay";
const EMPTY = process.env.MOCK_EMPTY === "1";
const MUST_CHANGE = process.env.MOCK_MUST_CHANGE === "1";
const dist = fileURLToPath(new URL("../dist", import.meta.url));
const KEY = `sk-${"0".repeat(64)}`;
const TOKENS = { "root-token": { user: "root", admin: true }, "alice-token": { user: "alice", admin: false } };

const noProxy = () => ({ proxy_type: 0, proxy: "", username: "", password: "" });
const state = {
  channels: EMPTY
    ? []
    : [
        { id: 1, name: "OpenAI main", type: "openai", priority: 10, weight: 3, models: ["gpt-5.2", "gpt-5.2-mini", "gpt-4o", "o3", "gpt-image-1"], retry: 3, secret: "sk-p****", endpoint: "https://api.openai.com", mapper: "", state: true, group: [], proxy: noProxy() },
        { id: 2, name: "OpenAI, second account", type: "openai", priority: 10, weight: 1, models: ["gpt-5.2", "gpt-4o"], retry: 2, secret: "sk-p****b21c\nsk-p****9f3a", endpoint: "https://api.openai.com", mapper: "gpt-4o>gpt-4o-2024-08-06", state: true, group: ["basic", "standard", "pro"], proxy: { ...noProxy(), proxy_type: 3, proxy: "127.0.0.1:1080" }, max_per_minute: 600, first_token_timeout: 45, header_override: { "OpenAI-Organization": "org-4711" }, param_override: { temperature: 0.3, seed: 7, logit_bias: null } },
        { id: 3, name: "Moonshot", type: "moonshot", priority: 0, weight: 1, models: ["kimi-k2", "moonshot-v1-128k"], retry: 1, secret: "sk-p****", endpoint: "https://api.moonshot.cn", mapper: "", state: true, group: [], proxy: noProxy() },
        { id: 4, name: "讯飞星火", type: "sparkdesk", priority: 0, weight: 1, models: ["spark-desk-v4"], retry: 1, secret: "sk-p****", endpoint: "wss://spark-api.xf-yun.com", mapper: "", state: false, group: [], proxy: noProxy() },
        { id: 5, name: "Sandbox", type: "sandbox", priority: -1, weight: 1, models: ["echo", "offline-model", "unpriced-model"], retry: 1, secret: "", endpoint: "http://localhost", mapper: "", state: true, group: [], proxy: noProxy() },
        { id: 6, name: "Midjourney", type: "midjourney", priority: 0, weight: 1, models: ["midjourney"], retry: 1, secret: "••••", endpoint: "https://mj.example", mapper: "", state: true, group: [], proxy: noProxy(), unmappedFields: "report" },
        { id: 7, name: "Nebula", type: "nebula-internal", priority: 0, weight: 1, models: ["nebula-70b"], retry: 1, secret: "••••", endpoint: "https://llm.nebula.example", mapper: "", state: true, group: [], proxy: noProxy() },
        { id: 8, name: "Reserve in Europe", type: "openai", priority: -5, weight: 1, models: ["gpt-5.2", "gpt-4o", "kimi-k2"], retry: 1, secret: "sk-p****", endpoint: "https://eu.api.openai.com", mapper: "", state: true, group: [], proxy: noProxy(), cost: 1.4 },
      ],
  prices: EMPTY
    ? []
    : [
        { id: 1, type: "token-billing", models: ["gpt-5.2", "o3"], input: 0.125, output: 1, anonymous: false, cached_input: 0.0125, reasoning: 1.2 },
        { id: 2, type: "token-billing", models: ["gpt-5.2-mini", "gpt-4o"], input: 0.025, output: 0.2, anonymous: false },
        { id: 3, type: "times-billing", models: ["gpt-image-1"], input: 0, output: 0.8, anonymous: false },
        { id: 5, type: "token-billing", models: ["gpt-5.2"], input: 0.11, output: 0.9, anonymous: false, effective_from: new Date(Date.now() + 5 * 86_400_000).toISOString() },
        { id: 4, type: "non-billing", models: ["echo", "gpt-4o"], input: 0, output: 0, anonymous: true },
      ],
  plugins: [
    plugin("openai", "OpenAI and compatible", "1.4.2", { leases: 38, previousVersion: "1.4.1", provides: ["openai", "moonshot", "groq"] }),
    plugin("sandbox", "Sandbox", "0.1.0", { description: "Answers by itself: for trying things out and for tests." }),
    ...(EMPTY
      ? []
      : [
          plugin("sparkdesk", "讯飞星火", "1.0.3", {
            state: "FAILED",
            cause:
              "sparkdesk@1.0.3 needs io.patchbay.spi [2.0,3), this server has 1.0\n\tat io.patchbay.kernel.Generations.resolve(Generations.java:118)\n\tat io.patchbay.kernel.Reconciler.install(Reconciler.java:64)",
            previousVersion: "1.0.2",
          }),
          plugin("midjourney", "Midjourney", "2.0.0", { enabled: false, state: "DISABLED" }),
        ]),
  ],
};

function plugin(id, name, version, { description = "", leases = 0, enabled = true, state = "ACTIVE", cause = null, previousVersion = null, provides = [id] } = {}) {
  return {
    id,
    name,
    description,
    provider: "Patchbay",
    license: "Apache-2.0",
    requires: "0.1",
    dependencies: [],
    desired: { version, enabled, bundled: id !== "midjourney", previousVersion, updatedAt: new Date().toISOString() },
    observed: { state, version: state === "FAILED" ? null : version, generation: state === "ACTIVE" ? 7 : 0, lent: 3 },
    provides: provides.map((provided) => ({ kind: "ChannelType", id: provided })),
    leases,
    draining: [],
    uncollected: [],
    cause,
  };
}

let sequence = 0;
const steps = [];
const followers = new Set();
const write = (response, step) => response.write(`id: ${step.sequence}\nevent: ${step.phase.toLowerCase()}\ndata: ${JSON.stringify(step)}\n\n`);

function tell(subject, phase, text) {
  const step = { sequence: ++sequence, at: new Date().toISOString(), plugin: subject.id, version: subject.observed.version ?? subject.desired.version, phase, generation: subject.observed.generation, leases: subject.leases, millis: 12, text };
  steps.push(step);
  followers.forEach((response) => write(response, step));
}

state.plugins.filter((installed) => installed.observed.state === "ACTIVE").forEach((installed) => tell(installed, "STARTED", "started and probed in 12 ms"));

/** Plays a swap: the new version serves at once, the old one loses its calls one after another. */
function swap(subject, version) {
  const old = { version: subject.observed.version, generation: subject.observed.generation, leases: subject.leases, since: new Date().toISOString() };
  subject.desired = { ...subject.desired, enabled: true, version, previousVersion: old.version };
  subject.observed = { ...subject.observed, state: "ACTIVE", version, generation: old.generation + 1 };
  subject.draining = [old, ...subject.draining];
  subject.leases = 0;
  tell(subject, "REPLACED", `took the place of ${old.version}`);
  tell({ ...subject, observed: { ...subject.observed, version: old.version } }, "DRAINING", `waits for ${old.leases} calls`);
  const timer = setInterval(() => {
    subject.leases = Math.min(41, subject.leases + 2);
    subject.draining.forEach((draining) => (draining.leases = Math.max(0, draining.leases - 1)));
    subject.draining = subject.draining.filter((draining) => draining.leases > 0);
    if (subject.draining.length === 0) {
      clearInterval(timer);
      tell({ ...subject, observed: { ...subject.observed, version: old.version } }, "DRAINED", "its last call has ended");
    }
  }, Number(process.env.MOCK_DRAIN_MS ?? 900));
}

const ANSWER = `A **generation** is one loaded version of a plugin together with the calls it is answering. During a swap two of them run side by side:

1. The new version is installed and started *beside* the old one.
2. It is probed. If that fails, nothing changes.
3. One pointer flips, and every new call goes to the new version.
4. The old one finishes the calls it began, then stops.

\`\`\`java
try (var lease = types.lease("openai").orElseThrow()) {
    return lease.service().chat(call, channel); // covers the whole answer
}
\`\`\`

| phase | new calls | running calls |
|---|---|---|
| before | 1.4.2 | 1.4.2 |
| draining | 1.5.0 | 1.4.2 until done |
| after | 1.5.0 | – |

> Nothing is cut: a stream ends on the generation it began with.

See the [architecture notes](https://example.org/architecture) for the details.`;

const THOUGHT = "The reader asks about swaps. I should explain generations first, then the order of steps, and show where the lease sits in code.";

const json = (response, status, body, type = "application/json") => {
  response.writeHead(status, { "content-type": type, "x-request-id": "01JDEMO0000000000000000000" });
  response.end(JSON.stringify(body));
};
const openAiError = (response, status, message, type, code = null) => json(response, status, { error: { message, type, param: null, code } });
const wait = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));

async function bodyOf(request) {
  const pieces = [];
  for await (const piece of request) {
    pieces.push(piece);
  }
  return Buffer.concat(pieces);
}

const jsonBody = async (request) => JSON.parse((await bodyOf(request)).toString() || "{}");

async function chat(request, response) {
  const { model, messages, stream_options: options } = await jsonBody(request);
  const question = messages.at(-1).content.toLowerCase();
  if (model === "offline-model") {
    return openAiError(response, 404, `cannot find channel for model ${model}`, "invalid_request_error", "model_not_found");
  }
  if (model === "unpriced-model") {
    return openAiError(response, 403, `the price of the model is not set (model: ${model})`, "permission_error");
  }
  if (model === "midjourney") {
    return draw(question, response, model);
  }
  if (question.includes("credits")) {
    return openAiError(response, 402, `user quota is not enough error (model: ${model}, minimum quota: 0.40, your quota: 0.02)`, "insufficient_quota");
  }
  if (question.includes("network")) {
    return request.socket.destroy();
  }
  response.writeHead(200, { "content-type": "text/event-stream", "cache-control": "no-cache" });
  const send = (delta, finish = null, more = {}) =>
    response.write(`data: ${JSON.stringify({ id: "chatcmpl-1", object: "chat.completion.chunk", created: 1, model, choices: [{ index: 0, delta, finish_reason: finish }], ...more })}\n\n`);
  send({ role: "assistant", content: "" });
  response.write(": keep-alive\n\n");
  const pause = question.includes("slow") ? 120 : 12;
  if (question.includes("think")) {
    for (const word of THOUGHT.split(/(?<= )/)) {
      send({ reasoning_content: word });
      await wait(40);
    }
  }
  const pieces = ANSWER.match(/[\s\S]{1,6}/g);
  for (const [at, piece] of pieces.entries()) {
    if (response.destroyed) {
      return undefined;
    }
    if (question.includes("cut") && at === 40) {
      return response.end();
    }
    if (question.includes("upstream") && at === 30) {
      response.write(`data: ${JSON.stringify({ error: { message: "the provider closed the connection", type: "upstream_error" } })}\n\ndata: [DONE]\n\n`);
      return response.end();
    }
    send({ content: piece });
    await wait(pause);
  }
  send({}, "stop");
  if (options?.include_usage) {
    response.write(`data: ${JSON.stringify({ choices: [], usage: { prompt_tokens: 42, completion_tokens: pieces.length, total_tokens: 42 + pieces.length } })}\n\n`);
  }
  response.write("data: [DONE]\n\n");
  return response.end();
}

/** Four fields of colour in place of a drawing. */
const PICTURE = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 64 64" width="512" height="512">${[[0, 0, 205], [32, 0, 255], [0, 32, 28], [32, 32, 150]]
  .map(([x, y, hue]) => `<rect x="${x}" y="${y}" width="32" height="32" fill="hsl(${hue} 45% 62%)"/><circle cx="${x + 20}" cy="${y + 11}" r="5" fill="hsl(${hue} 70% 88%)"/><path d="M${x} ${y + 32}v-8l9-9 8 8 5-4 10 9v4z" fill="hsl(${hue} 40% 38%)"/>`)
  .join("")}</svg>`;

const TASK = "1704441600123456";

/** An answer that is a task: numbers while it runs, then a picture and what may be done with it. */
async function draw(question, response, model) {
  response.writeHead(200, { "content-type": "text/event-stream", "cache-control": "no-cache" });
  const send = (content, finish = null) =>
    response.write(`data: ${JSON.stringify({ id: "chatcmpl-2", object: "chat.completion.chunk", created: 1, model, choices: [{ index: 0, delta: { content }, finish_reason: finish }] })}\n\n`);
  const pace = Number(process.env.MOCK_DRAW_MS ?? 600);
  send("```progress\n0\n");
  for (const percent of [7, 22, 46, 71, 93]) {
    await wait(pace);
    if (response.destroyed) {
      return undefined;
    }
    if (question.includes("fail") && percent > 40) {
      send("```\n\n");
      response.write(`data: ${JSON.stringify({ error: { message: "the proxy refused the prompt", type: "upstream_error" } })}\n\ndata: [DONE]\n\n`);
      return response.end();
    }
    send(`${percent}\n`);
  }
  await wait(pace);
  const link = (label, command) => `[${label}](https://chatnio.virtual/${encodeURIComponent(command)}::${model})`;
  const row = (letter, action) => [1, 2, 3, 4].map((index) => link(`${letter}${index}`, `${action} ${TASK} ${index}`)).join(" ");
  const rows = question.startsWith("/upscale")
    ? [[link("🔍 Subtle", `ACTION ${TASK} MJ::JOB::upsample_v6_2x_subtle::1`), link("🪄 Vary (Strong)", `ACTION ${TASK} MJ::JOB::high_variation::1`), link("⬅️", `ACTION ${TASK} MJ::JOB::pan_left::1`)].join(" ")]
    : [row("U", "UPSCALE"), row("V", "VARIATION"), `[REROLL](https://chatnio.virtual/REROLL-${TASK}::${model})`];
  send(`100\n\`\`\`\n\n![image](/api/artifacts/picture.svg)\n\n${rows.join("\n\n")}`, "stop");
  response.write("data: [DONE]\n\n");
  return response.end();
}

function who(request) {
  return TOKENS[(request.headers.authorization ?? "").replace(/^Bearer /, "")];
}

async function pluginRoutes(request, response, path) {
  if (path === "/events") {
    response.writeHead(200, { "content-type": "text/event-stream", "cache-control": "no-cache" });
    response.write(": heartbeat\n\n");
    steps.forEach((step) => write(response, step));
    followers.add(response);
    request.on("close", () => followers.delete(response));
    return undefined;
  }
  if (path === "" && request.method === "GET") {
    return json(response, 200, state.plugins);
  }
  if (path === "" && request.method === "POST") {
    const name = /filename="([^"]*)"/.exec((await bodyOf(request)).toString("latin1"))?.[1] ?? "";
    if (!name.endsWith(".jar")) {
      return json(response, 422, { title: "Unprocessable", status: 422, detail: `${name} is not a plugin: its manifest has no Plugin-Id.` }, "application/problem+json");
    }
    await wait(600);
    const known = state.plugins.find((installed) => name.startsWith(installed.id));
    if (known) {
      swap(known, /-(\d[\w.]*)\.jar$/.exec(name)?.[1] ?? "1.5.0");
      return json(response, 200, known);
    }
    const added = plugin(name.replace(/(-\d.*)?\.jar$/, ""), "", "1.0.0");
    state.plugins.push(added);
    tell(added, "STARTED", "started and probed in 31 ms");
    return json(response, 201, added);
  }
  const [, id, action = "remove"] = path.split("/");
  const subject = state.plugins.find((candidate) => candidate.id === decodeURIComponent(id));
  if (!subject) {
    return json(response, 404, { title: "Not found", status: 404, detail: `There is no plugin '${id}'.` }, "application/problem+json");
  }
  if (action === "remove") {
    state.plugins = state.plugins.filter((other) => other !== subject);
    tell(subject, "REMOVED", "removed");
    response.writeHead(204);
    return response.end();
  }
  if (action === "rollback") {
    swap(subject, subject.desired.previousVersion);
  } else if (action === "undo") {
    const [old] = subject.draining;
    const undone = { version: subject.observed.version, generation: subject.observed.generation, leases: Math.max(1, subject.leases), since: new Date().toISOString() };
    Object.assign(subject, { leases: old.leases, desired: { ...subject.desired, version: old.version }, observed: { ...subject.observed, version: old.version, generation: old.generation }, draining: [undone] });
    tell(subject, "RESTORED", "came back before its last call had ended");
  } else {
    subject.desired.enabled = action === "enable";
    subject.observed.state = action === "enable" ? "ACTIVE" : "DISABLED";
    subject.leases = 0;
    tell(subject, action === "enable" ? "STARTED" : "DISABLED", `${action}d`);
  }
  return json(response, 200, subject);
}

async function profileRoutes(request, response, name) {
  const problem = (status, title, detail, more = {}) => json(response, status, { title, status, detail, ...more }, "application/problem+json");
  if (name === undefined) {
    return json(response, 200, vendors.list());
  }
  const found = vendors.find(name);
  if (request.method === "POST" || request.method === "PUT") {
    const { body } = await jsonBody(request);
    const id = request.method === "POST" ? body.id : name;
    const plugin = vendors.pluginOf(id);
    const mistake = vendors.mistakeIn(body);
    if (mistake) {
      return problem(422, "Cannot be processed", mistake, { member: mistake.slice(0, mistake.indexOf(":")) });
    }
    if (plugin) {
      return problem(409, "Conflict", `The channel type '${id}' is provided by the plugin ${plugin}. Give the profile another id.`);
    }
    if (request.method === "POST") {
      return json(response, 200, { id, family: "openai-compatible" });
    }
    const expected = request.headers["if-match"]?.replaceAll('"', "");
    if (expected !== undefined && Number(expected) !== (found?.revision ?? 0)) {
      return problem(412, "Changed by somebody else", `The profile '${id}' is at revision ${found?.revision ?? 0}, not ${expected}. Read it again.`);
    }
    return json(response, found ? 200 : 201, vendors.put(body));
  }
  if (!found) {
    return problem(404, "Not found", `There is no channel profile '${name}' of your own.`);
  }
  if (request.method === "GET") {
    return json(response, 200, found);
  }
  const users = state.channels.filter(({ type }) => type === name);
  if (users.length > 0 && new URL(request.url, "http://mock").searchParams.get("force") !== "true") {
    const names = users.map((user) => user.name).join(", ");
    return problem(409, "Conflict", `Channels use the profile '${name}': ${names}. Change or remove them first, or add ?force=true.`, { channels: users.map(({ id }) => id) });
  }
  vendors.remove(name);
  response.writeHead(204);
  return response.end();
}

async function channelRoutes(request, response, path) {
  const [, action, id] = path.split("/");
  if (action === "profiles") {
    return profileRoutes(request, response, id === undefined ? undefined : decodeURIComponent(id));
  }
  const at = state.channels.findIndex((channel) => channel.id === Number(id));
  const unknown = () => json(response, 200, { status: false, error: "channel not found" });
  switch (action) {
    case "list":
      return json(response, 200, { status: true, data: state.channels });
    case "types":
      return json(response, 200, { status: true, data: vendors.types() });
    case "create": {
      const channel = await jsonBody(request);
      state.channels.push({ ...channel, id: Math.max(0, ...state.channels.map((other) => other.id)) + 1, secret: channel.secret ? "sk-p****" : "" });
      return json(response, 200, { status: true, error: "" });
    }
    case "update":
      if (at < 0) {
        return unknown();
      }
      state.channels[at] = { ...(await jsonBody(request)), id: Number(id) };
      return json(response, 200, { status: true, error: "" });
    case "delete":
      if (at < 0) {
        return unknown();
      }
      state.channels.splice(at, 1);
      return json(response, 200, { status: true, error: "" });
    default:
      if (at < 0) {
        return unknown();
      }
      state.channels[at].state = action === "activate";
      return json(response, 200, { status: true, error: "" });
  }
}

async function priceRoutes(request, response, path) {
  const [, action, id] = path.split("/");
  if (action === "set") {
    const price = await jsonBody(request);
    if (price.id === -1) {
      state.prices.push({ ...price, id: Math.max(0, ...state.prices.map((other) => other.id)) + 1 });
    } else {
      state.prices = state.prices.map((other) => (other.id === price.id ? price : other));
    }
  } else if (action === "delete") {
    state.prices = state.prices.filter((price) => price.id !== Number(id));
  }
  return json(response, 200, { status: true, error: "", data: state.prices });
}

async function routes(request, response, path) {
  if (path === "/api/login") {
    const { username, password } = await jsonBody(request);
    const token = Object.keys(TOKENS).find((key) => TOKENS[key].user === username);
    const change = token && MUST_CHANGE && password === PASSWORD ? { must_change_password: true } : {};
    return token && password === PASSWORD ? json(response, 200, { status: true, token, ...change }) : json(response, 200, { status: false, error: "invalid username or password" });
  }
  if (path === "/v1/plans") {
    return json(response, 200, await moneyRoutes(request.method, new URL(request.url, "http://mock"), () => jsonBody(request), state));
  }
  if (path.startsWith("/v1/")) {
    if (request.headers.authorization !== `Bearer ${KEY}`) {
      return openAiError(response, 401, "access denied for invalid agent", "authentication_error");
    }
    if (path === "/v1/models") {
      const models = [...new Set(state.channels.filter((channel) => channel.state).flatMap((channel) => channel.models))];
      return json(response, 200, { object: "list", data: models.length ? models.map((id) => ({ id, object: "model", created: 1, owned_by: "system" })) : null });
    }
    return path === "/v1/chat/completions" ? chat(request, response) : openAiError(response, 404, "no such route", "invalid_request_error");
  }
  if (path === "/api/artifacts/picture.svg") {
    response.writeHead(200, { "content-type": "image/svg+xml" });
    return response.end(PICTURE);
  }
  const caller = who(request);
  if (path === "/api/state") {
    return json(response, 200, { status: Boolean(caller), user: caller?.user ?? "", admin: caller?.admin ?? false });
  }
  if (!caller) {
    return json(response, 401, { title: "Not signed in", status: 401, detail: "sign in first" }, "application/problem+json");
  }
  if (path === "/api/account/password") {
    const { current } = await jsonBody(request);
    return current === PASSWORD
      ? json(response, 200, { token: "root-token" })
      : json(response, 403, { title: "Forbidden", status: 403, detail: "the present password is wrong" }, "application/problem+json");
  }
  if (path === "/api/apikey") {
    return json(response, 200, { status: true, key: KEY });
  }
  if (path.startsWith("/api/admin/") && !caller.admin) {
    return json(response, 403, { title: "Forbidden", status: 403, detail: "administrators only" }, "application/problem+json");
  }
  const routed = await routingRoutes(request.method, new URL(request.url, "http://mock"), () => jsonBody(request), state.channels);
  if (routed !== undefined) {
    return json(response, 200, routed);
  }
  const money = await moneyRoutes(request.method, new URL(request.url, "http://mock"), () => jsonBody(request), state, caller);
  if (money?.problem) {
    return json(response, money.problem.status, money.problem, "application/problem+json");
  }
  if (money?.csv !== undefined) {
    response.writeHead(200, { "content-type": "text/csv; charset=utf-8", "content-disposition": 'attachment; filename="export.csv"' });
    return response.end(money.csv);
  }
  if (money !== undefined) {
    return json(response, 200, money);
  }
  for (const [prefix, handler] of [["/api/admin/plugins", pluginRoutes], ["/api/admin/channel", channelRoutes], ["/api/admin/charge", priceRoutes]]) {
    if (path.startsWith(prefix)) {
      return handler(request, response, path.slice(prefix.length));
    }
  }
  return json(response, 404, { title: "Not found", status: 404 }, "application/problem+json");
}

const contentTypes = { ".html": "text/html; charset=utf-8", ".js": "text/javascript", ".css": "text/css", ".svg": "image/svg+xml", ".woff2": "font/woff2", ".json": "application/json" };

/** The same policy as a strict server would send: whatever breaks under it is to be seen here. */
const POLICY = "default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: https:; font-src 'self'; connect-src 'self'; frame-ancestors 'none'; base-uri 'self'; form-action 'self'";

function staticFile(response, path) {
  let file = normalize(join(dist, path));
  if (!file.startsWith(dist) || !existsSync(file) || statSync(file).isDirectory()) {
    file = join(dist, "index.html");
  }
  response.writeHead(200, { "content-type": contentTypes[extname(file)] ?? "application/octet-stream", "content-security-policy": POLICY });
  response.end(readFileSync(file));
}

createServer((request, response) => {
  const path = new URL(request.url, "http://mock").pathname;
  const done = path.startsWith("/api/") || path.startsWith("/v1/") ? routes(request, response, path) : staticFile(response, path);
  Promise.resolve(done).catch((error) => json(response, 500, { title: "Mock failed", status: 500, detail: String(error) }, "application/problem+json"));
}).listen(PORT, "127.0.0.1", () => console.log(`mock server on http://127.0.0.1:${PORT}`));

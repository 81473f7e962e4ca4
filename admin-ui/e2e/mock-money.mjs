/** Prices, plans, codes, the request log and the wallet for the stand-in server. All in memory, and small enough to be followed. */
const minute = 60_000;
const day = 24 * 60 * minute;
const stamp = (at) => new Date(at).toISOString().slice(0, 19).replace("T", " ");
const begin = Date.now();

const groups = { pro: 0.8, standard: 0.9 };
let policy = { client_left: "charge", upstream_cut: "charge", empty: "free", spent: "stop" };
let days = 90;

const item = (id, name, value, models) => ({ id, name, icon: "", value, models });
let plans = {
  enabled: process.env.MOCK_EMPTY !== "1",
  relay_plan: true,
  zone: "Asia/Shanghai",
  plans:
    process.env.MOCK_EMPTY === "1"
      ? []
      : [
          { level: 1, price: 4.2, items: [item("mini", "Fast models", 1_000, ["gpt-5.2-mini", "kimi-k2"]), item("big", "GPT 5.2", 50, ["gpt-5.2"])], discounts: {} },
          { level: 2, price: 9, items: [item("mini", "Fast models", -1, ["gpt-5.2-mini", "kimi-k2"]), item("big", "GPT 5.2", 300, ["gpt-5.2", "gpt-4o"]), item("images", "Pictures", 40, ["gpt-image-1"])], discounts: { 12: 0.75 } },
          { level: 3, price: 21, items: [item("mini", "Fast models", -1, ["gpt-5.2-mini", "kimi-k2"]), item("big", "GPT 5.2", 1_500, ["gpt-5.2", "gpt-4o"]), item("o3", "o3", 200, ["o3"]), item("images", "Pictures", 200, ["gpt-image-1", "midjourney"])], discounts: {} },
        ],
};

const wallet = { quota: 128.4207, level: Number(process.env.MOCK_LEVEL ?? 0), until: begin + 41 * day };
const usual = (months) => (months >= 36 ? 0.7 : months >= 12 ? 0.8 : months >= 6 ? 0.9 : 1);
const micro = (credits) => Math.ceil(credits * 1e6 - 1e-6) / 1e6;

const letters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";
const random = (length) => Array.from({ length }, () => letters[Math.floor(Math.random() * letters.length)]).join("");
const batchName = () => `01K${random(23).toUpperCase()}`;
const codes = { redeem: [], invitation: [] };

function generate(kind, { type, quota, number, max_uses: most = 1, expires_at: expires = null }) {
  const batch = batchName();
  const made = Array.from({ length: number }, () => ({
    code: kind === "invitation" ? `${type}-${random(24)}` : `nio-${random(32)}`,
    quota,
    ...(kind === "invitation" ? { type } : {}),
    used: false,
    created_at: stamp(Date.now()),
    updated_at: stamp(Date.now()),
    username: "-",
    max_uses: most,
    uses: 0,
    expires_at: expires && stamp(Date.parse(expires)),
    batch,
  }));
  codes[kind].unshift(...made);
  return { batch, codes: made.map(({ code }) => code) };
}

if (process.env.MOCK_EMPTY !== "1") {
  generate("redeem", { quota: 50, number: 23 });
  generate("redeem", { quota: 10, number: 8, max_uses: 100, expires_at: new Date(begin + 30 * day).toISOString() });
  generate("invitation", { type: "spring-2026", quota: 5, number: 12 });
  Object.assign(codes.redeem[1], { uses: 37, username: "alice", updated_at: stamp(begin - 2 * day) });
  Object.assign(codes.redeem[9], { used: true, uses: 1, username: "bo.lindqvist", updated_at: stamp(begin - 5 * day) });
  Object.assign(codes.redeem[4], { expires_at: stamp(begin - day) });
}

const people = ["alice", "bo.lindqvist", "root", "小林", "marketing-team"];
const cases = [
  { model: "gpt-5.2", input: 0.125, output: 1, in: 1_840, out: 612, cached: 1_024, reasoning: 256, channel: [1, "OpenAI main"], plugin: "openai@1.4.2" },
  { model: "gpt-5.2-mini", input: 0.025, output: 0.2, in: 412, out: 96, channel: [1, "OpenAI main"], plugin: "openai@1.4.2", plan: "mini" },
  { model: "kimi-k2", input: 0.04, output: 0.16, in: 12_480, out: 1_930, channel: [3, "Moonshot"], plugin: "openai-compatible@0.1.0", outcome: "broken", fault: "TRUNCATED" },
  { model: "gpt-image-1", call: 0.8, in: 31, out: 0, channel: [1, "OpenAI main"], plugin: "openai@1.4.2", units: 2 },
  { model: "echo", free: true, in: 8, out: 8, channel: [5, "Sandbox"], plugin: "sandbox@0.1.0" },
  { model: "gpt-4o", input: 0.025, output: 0.2, in: 902, out: 0, channel: [2, "OpenAI, second account"], plugin: "openai@1.4.2", outcome: "failed", fault: "RATE", attempts: 3 },
  { model: "gpt-5.2", input: 0.125, output: 1, in: 6_020, out: 2_204, cached: 0, channel: [1, "OpenAI main"], plugin: "openai@1.4.2", outcome: "left", user: "alice" },
];

const refunded = new Map();

function linesOf(call) {
  const line = (what, count, price, thousand = true) => ({ what, count, price, credits: Number((((thousand ? count / 1_000 : count) * price)).toFixed(12)) });
  if (call.free || call.outcome === "failed") {
    return [];
  }
  if (call.call) {
    return [line("request", call.units ?? 1, call.call, false)];
  }
  const cached = call.cached ?? 0;
  const reasoning = call.reasoning ?? 0;
  return [...(cached ? [line("cached_input", cached, call.input / 10)] : []), line("input", call.in - cached, call.input), ...(reasoning ? [line("reasoning", reasoning, call.output)] : []), line("output", call.out - reasoning, call.output)];
}

const multiplierOf = (call) => (call.user === "alice" ? 0.8 : 1);
const costOf = (call) => (call.plan ? 0 : micro(linesOf(call).reduce((sum, { credits }) => sum + credits, 0) * multiplierOf(call)));

const records = process.env.MOCK_EMPTY === "1" ? [] : Array.from({ length: 87 }, (_, at) => recordOf(at));

function recordOf(at) {
  const created = begin - at * 17 * minute - at * at * 20_000;
  if (at % 12 === 5) {
    const added = at % 24 === 5;
    return {
      user_id: 2,
      username: "alice",
      type: added ? "topup" : "system",
      token_name: "",
      model: "",
      input_tokens: 0,
      output_tokens: 0,
      quota: added ? 50 : -315,
      duration: 0,
      detail: added ? "redeem code of batch 01KB6YQ3W4Z5T8N2X7C9V1M0RA" : "plan bought",
      created_at: stamp(created),
    };
  }
  const kind = cases[at % cases.length];
  const user = kind.user ?? people[at % people.length];
  const call = { ...kind, user };
  return {
    call,
    user_id: people.indexOf(user) + 1,
    username: user,
    type: "consume",
    token_name: at % 3 === 0 ? "ci" : "",
    model: call.model,
    input_tokens: call.in,
    output_tokens: call.out,
    quota: costOf(call),
    duration: 0.8 + call.out / 90,
    detail: `${call.in} in, ${call.out} out${call.outcome === "broken" ? "; broken off: the upstream closed the connection" : ""}`,
    channel: call.channel[0],
    channel_name: call.channel[1],
    created_at: stamp(created),
    request_id: `01KB7${String(at).padStart(3, "0")}RQ5ZK9M3X1W8N6T4V2`,
    status: call.outcome === "failed" ? 429 : 200,
    outcome: call.outcome ?? "answered",
    fault: call.fault ?? "",
    attempts: call.attempts ?? 1,
    first_token_ms: call.outcome === "failed" ? null : 642,
    streamed: !call.call,
    cached_tokens: call.cached ?? 0,
    reasoning_tokens: call.reasoning ?? 0,
    estimated: call.outcome === "left",
    paid_by: call.plan ?? "",
    written_off: 0,
    task_id: "",
    upstream_model: call.model === "gpt-4o" ? "gpt-4o-2024-08-06" : call.model,
    plugin: call.plugin,
  };
}

function receiptOf(record) {
  const { call } = record;
  const lines = call.plan ? [] : linesOf(call);
  const computed = costOf(call);
  const failed = record.outcome === "failed";
  return {
    request_id: record.request_id,
    model: record.model,
    state: failed ? "released" : "charged",
    paid_by: call.plan ?? "credits",
    held: 2.5,
    price: { version: 12, group: call.user === "alice" ? "pro" : "normal", multiplier: multiplierOf(call), at: new Date().toISOString(), rule: { type: call.free ? "non-billing" : call.call ? "times-billing" : "token-billing" } },
    usage: { input: call.in, output: call.out, estimated: record.estimated },
    units: call.units ?? 1,
    lines,
    computed,
    charged: failed ? 0 : computed,
    written_off: 0,
    refunded: refunded.get(record.request_id) ?? 0,
    agrees: true,
    note: failed ? "the call failed before any content" : "",
    at: new Date().toISOString(),
  };
}

function recordsFor(body, user) {
  const mine = body.self || !user.admin;
  return records.filter(
    (record) =>
      (!mine || record.username === user.user) &&
      (body.user_id === undefined || record.user_id === Number(body.user_id)) &&
      (body.channel === undefined || record.channel === Number(body.channel)) &&
      (!body.model || record.model === body.model) &&
      (!body.token_name || record.token_name === body.token_name) &&
      (!body.outcome || record.outcome === body.outcome) &&
      (!body.type || body.type === "all" || record.type === body.type) &&
      (!body.start_time || Date.parse(`${record.created_at.replace(" ", "T")}Z`) >= Date.parse(body.start_time)) &&
      (!body.end_time || Date.parse(`${record.created_at.replace(" ", "T")}Z`) <= Date.parse(body.end_time)),
  );
}

function shown(record, user) {
  const { call: _, ...rest } = record;
  if (!user.admin) {
    ["channel", "channel_name", "upstream_model", "plugin"].forEach((name) => delete rest[name]);
  }
  return rest;
}

const templates = (rate) => {
  const token = (models, input, output, more = {}) => {
    const credits = (price) => Number(((price / 1_000) * 10 * rate).toFixed(9));
    return { type: "token-billing", models, input: credits(input), output: credits(output), anonymous: false, ...Object.fromEntries(Object.entries(more).map(([name, price]) => [name, credits(price)])) };
  };
  return [
    ["openai", token(["gpt-5.2"], 1.75, 14, { cached_input: 0.175 })],
    ["openai", token(["gpt-5.2-mini"], 0.25, 2, { cached_input: 0.025 })],
    ["openai", token(["gpt-4o"], 2.5, 10, { cached_input: 1.25 })],
    ["openai", token(["o3"], 2, 8, { cached_input: 0.5 })],
    ["openai", { type: "times-billing", models: ["dall-e-3"], input: 0, output: 0.04 * 10 * rate, anonymous: false }],
    ["anthropic", token(["claude-opus-4.5"], 5, 25, { cached_input: 0.5, cache_write: 6.25 })],
    ["anthropic", token(["claude-sonnet-4.5"], 3, 15, { cached_input: 0.3, cache_write: 3.75 })],
    ["moonshot", token(["kimi-k2", "moonshot-v1-128k"], 0.6, 2.5, { cached_input: 0.15 })],
  ].map(([vendor, price], at) => ({ vendor, price: { id: at + 1, ...price } }));
};

function takeOver(prices, { overwrite, data }) {
  const next = prices.map((price) => ({ ...price, models: [...price.models] }));
  for (const { id: _, ...rule } of data) {
    const models = rule.models.filter((model) => overwrite || !prices.some((price) => price.models.includes(model)));
    if (models.length > 0) {
      next.forEach((price) => (price.models = price.models.filter((model) => !models.includes(model))));
      next.push({ ...rule, models, id: Math.max(0, ...next.map(({ id }) => id)) + 1 });
    }
  }
  return next.filter(({ models }) => models.length > 0);
}

function preview(prices, order) {
  const of = (list) => {
    const found = new Map();
    list.forEach((price) => price.models.forEach((model) => found.has(model) || found.set(model, { ...price, id: 0, models: [model] })));
    return found;
  };
  const [before, after] = [of(prices), of(takeOver(prices, order))];
  const changes = { added: [], changed: [], removed: [], unchanged: 0 };
  for (const model of new Set([...before.keys(), ...after.keys()])) {
    const [was, is] = [before.get(model), after.get(model)];
    if (!was) {
      changes.added.push({ model, after: is });
    } else if (!is) {
      changes.removed.push({ model, before: was });
    } else if (JSON.stringify(was) === JSON.stringify(is)) {
      changes.unchanged++;
    } else {
      changes.changed.push({ model, before: was, after: is });
    }
  }
  return { ...changes, affected: changes.added.length + changes.changed.length + changes.removed.length };
}

const versions = [];
const wait = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));
const csv = (rows) => ({ csv: rows.map((row) => row.join(",")).join("\r\n") });
const ok = (more = {}) => ({ status: true, error: "", ...more });
const no = (error) => ({ status: false, error });

async function chargeRoutes(method, url, path, body, state) {
  if (versions.length === 0) {
    versions.push({ version: 11, created_at: new Date(begin - 9 * day).toISOString(), rules: state.prices.slice(0, 2).map((price) => ({ ...price, output: price.output * 2 })), groups: {} });
    versions.unshift({ version: 12, created_at: new Date(begin - 2 * day).toISOString(), rules: state.prices, groups });
  }
  const keep = () => versions.unshift({ version: versions[0].version + 1, created_at: new Date().toISOString(), rules: state.prices, groups: { ...groups } });
  if (path === "/templates") {
    const vendor = url.searchParams.get("vendor");
    const all = templates(Number(url.searchParams.get("rate") || 7.1));
    const origin = (id, name) => ({ vendor: id, name, source: `https://${id}.example/pricing`, as_of: "2026-10", currency: "USD", unit: "per 1M tokens", note: "", models: 3 });
    return ok({ data: all.filter((one) => !vendor || one.vendor === vendor).map(({ price }) => price), vendors: [origin("openai", "OpenAI"), origin("anthropic", "Anthropic"), origin("moonshot", "Moonshot AI")], as_of: "2026-10" });
  }
  if (path === "/fetch") {
    await wait(500);
    const { endpoint } = await body();
    return /bad|wrong/.test(endpoint) ? no(`${endpoint}/api/v1/charge cannot be reached`) : ok({ data: templates(7).map(({ price }) => price) });
  }
  if (path === "/preview") {
    return ok({ data: preview(state.prices, await body()) });
  }
  if (path === "/sync") {
    state.prices = takeOver(state.prices, await body());
    keep();
    return ok();
  }
  if (path === "/groups") {
    if (method === "POST") {
      Object.keys(groups).forEach((group) => delete groups[group]);
      Object.assign(groups, (await body()).data);
      keep();
      return ok();
    }
    return ok({ data: groups, known: ["anonymous", "normal", "basic", "standard", "pro"] });
  }
  if (path === "/versions") {
    return ok({ data: versions.map((version, at) => ({ ...version, rules: version.rules.length, current: at === 0 })), total: 1 });
  }
  const one = /^\/versions\/(\d+)(\/restore)?$/.exec(path);
  const version = one && versions.find((candidate) => candidate.version === Number(one[1]));
  if (!version) {
    return undefined;
  }
  if (one[2]) {
    state.prices = version.rules;
    keep();
    return ok();
  }
  return ok({ data: version });
}

async function codeRoutes(kind, url, path, body) {
  const list = codes[kind];
  if (path === "/list") {
    const [page, search, used] = ["page", "search", "used"].map((name) => url.searchParams.get(name) ?? "");
    const found = list.filter((code) => (code.code.startsWith(search) || code.batch.startsWith(search)) && (used === "" || String(code.used) === used));
    return { status: true, message: "", total: Math.ceil(found.length / 10), data: found.slice(Number(page) * 10, Number(page) * 10 + 10) };
  }
  if (path === "/generate") {
    const { batch, codes: made } = generate(kind, await body());
    return { status: true, message: "", data: made, batch };
  }
  if (path === "/delete") {
    const { code } = await body();
    const at = list.findIndex((one) => one.code === code && one.uses === 0);
    return at < 0 ? no("redeem code not found") : (list.splice(at, 1), ok());
  }
  const batch = url.searchParams.get("batch");
  return csv([["code", "quota"], ...list.filter((code) => (batch ? code.batch === batch : !code.used)).map(({ code, quota }) => [code, quota])]);
}

function redeem(kind, code, user) {
  const found = codes[kind].find((one) => one.code === code);
  const noun = kind === "redeem" ? "redeem code" : "invitation";
  if (!found) {
    return { ...no(`${noun} not found`), quota: 0 };
  }
  if (found.used) {
    return { ...no(`failed to use ${noun}: this ${noun} has been used`), quota: 0 };
  }
  found.uses++;
  Object.assign(found, { used: found.uses >= found.max_uses, username: user.user, updated_at: stamp(Date.now()) });
  wallet.quota += found.quota;
  records.unshift({ user_id: 3, username: user.user, type: "topup", token_name: "", model: "", quota: found.quota, duration: 0, detail: `${noun} of batch ${found.batch}`, created_at: stamp(Date.now()) });
  return { status: true, error: "success", quota: found.quota };
}

function price(level, months) {
  const plan = plans.plans.find((candidate) => candidate.level === level);
  const held = plans.plans.find((candidate) => candidate.level === wallet.level);
  if (!held || wallet.level === level) {
    return micro(plan.price * 10 * months * (plan.discounts[months] ?? usual(months)));
  }
  return level < wallet.level ? 0 : micro(((plan.price - held.price) * 10 * (wallet.until - Date.now())) / (30 * day));
}

function subscribe({ level, month }) {
  const cost = price(level, month);
  if (cost > wallet.quota) {
    return no("not enough money");
  }
  wallet.quota -= cost;
  if (wallet.level === 0 || wallet.level === level) {
    wallet.until = Math.max(wallet.level ? wallet.until : 0, Date.now()) + month * 30 * day;
  }
  wallet.level = level;
  return { status: true, error: "success" };
}

function subscription() {
  const plan = plans.enabled && plans.plans.find(({ level }) => level === wallet.level);
  if (!plan) {
    return { status: true, level: 0, is_subscribed: false, enterprise: false, expired: 0, expired_at: stamp(0), refresh: 0, refresh_at: stamp(0), usage: {} };
  }
  const used = { mini: 214, big: 283, images: 40, o3: 12 };
  return {
    status: true,
    level: plan.level,
    is_subscribed: true,
    enterprise: false,
    expired: Math.round((wallet.until - Date.now()) / day),
    expired_at: stamp(wallet.until),
    refresh: 11,
    refresh_at: stamp(Date.now() + 11 * day),
    usage: Object.fromEntries(plan.items.map(({ id, value }) => [id, { used: used[id] ?? 0, total: value }])),
  };
}

/** The routes of money below `/api` and `/v1`; undefined for what is none of these. An answer with `csv` is a file, one with `problem` a refusal. */
export async function moneyRoutes(method, url, body, state, caller) {
  const path = url.pathname;
  if (path === "/v1/plans") {
    return plans.enabled ? plans.plans : [];
  }
  if (!caller) {
    return undefined;
  }
  const charge = /^\/api\/admin\/charge(\/(?:templates|fetch|preview|sync|groups|versions).*)$/.exec(path);
  if (charge) {
    return chargeRoutes(method, url, charge[1], body, state);
  }
  const code = /^\/api\/admin\/(redeem|invitation)(\/\w+)$/.exec(path);
  if (code) {
    return codeRoutes(code[1], url, code[2], body);
  }
  const receipt = /^\/api\/billing\/charge\/(.+)$/.exec(path);
  if (receipt) {
    const record = records.find((one) => one.request_id === receipt[1]);
    return record ? { status: true, data: receiptOf(record) } : { problem: { title: "Not found", status: 404, detail: `there is no charge for the request '${receipt[1]}'` } };
  }
  switch (path) {
    case "/api/quota":
      return { status: true, quota: Number(wallet.quota.toFixed(6)) };
    case "/api/admin/billing/policy":
      policy = method === "POST" ? await body() : policy;
      return { status: true, data: policy };
    case "/api/admin/billing/refund": {
      const { request_id: id } = await body();
      const amount = costOf(records.find((record) => record.request_id === id).call);
      refunded.set(id, amount);
      return { status: true, quota: amount };
    }
    case "/api/admin/plan/view":
      return plans;
    case "/api/admin/plan/update":
      plans = await body();
      return ok();
    case "/api/record/view": {
      const wish = await body();
      const found = recordsFor(wish, caller);
      const page = Number(url.searchParams.get("page") ?? 0);
      const size = wish.size ?? 10;
      return { status: true, data: { total: found.length, more: false, page, size, records: found.slice(page * size, page * size + size).map((record) => shown(record, caller)) } };
    }
    case "/api/record/stats": {
      const calls = recordsFor({ ...(await body()), type: "consume" }, caller);
      const sum = (list) => Number(list.reduce((all, { quota }) => all + quota, 0).toFixed(6));
      const today = calls.slice(0, 18);
      return { status: true, data: { billing_today: sum(today), billing_month: sum(calls), request_today: today.length, request_month: calls.length, rpm: 14, tpm: 38_200 } };
    }
    case "/api/record/export":
      return csv([["created_at", "model", "quota"], ...recordsFor(Object.fromEntries(url.searchParams), caller).map((record) => [record.created_at, record.model, record.quota])]);
    case "/api/admin/record/settings":
      days = method === "POST" ? (await body()).days : days;
      return { days };
    case "/api/redeem":
      return redeem("redeem", (await body()).code, caller);
    case "/api/invite":
      return redeem("invitation", (await body()).code, caller);
    case "/api/subscription":
      return subscription();
    case "/api/subscription/quote":
      return { status: true, price: price(Number(url.searchParams.get("level")), Number(url.searchParams.get("month"))) };
    case "/api/subscribe":
      return subscribe(await body());
    default:
      return undefined;
  }
}

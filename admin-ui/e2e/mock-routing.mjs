/**
 * Routing, health, trials and the response cache for the stand-in server. What a channel is called decides how it stands and how a trial of it
 * ends, so that every case can be looked at: see `cases`.
 */
const second = 1_000;
const minute = 60 * second;
const from = (milliseconds) => new Date(Date.now() + milliseconds).toISOString();
const started = Date.now();

const good = { phase: "good", strikes: 0, since: new Date(started).toISOString(), until: null, kind: "", reason: "" };
const state = (phase, kind, reason, { strikes = 1, until = null } = {}) => ({ phase, strikes, since: from(-3 * minute), until, kind, reason });
const sum = (faults) => Object.values(faults).reduce((all, count) => all + count, 0);

/** How channels stand, by their id; whatever is not here is well. */
const cases = {
  1: { calls: 18_420, faults: { RATE: 12, RETRY: 31, BAD_REQUEST: 9 }, running: 7, latency: { "gpt-5.2": 642.1, "gpt-5.2-mini": 311, "gpt-4o": 480.4 } },
  2: {
    calls: 2_310,
    faults: { KEY_DEAD: 3, RATE: 88 },
    running: 1,
    latency: { "gpt-5.2": 890, "gpt-4o": 702.6 },
    keys: [good, state("resting", "KEY_DEAD", "Incorrect API key provided: sk-p****9f3a.", { strikes: 2, until: from(18 * minute) })],
    last: ["KEY_DEAD", "Incorrect API key provided: sk-p****9f3a.", -4 * minute],
  },
  3: {
    calls: 640,
    faults: { UPSTREAM: 71, RETRY: 22 },
    whole: state("resting", "UPSTREAM", "The upstream answered 502 with a page instead of JSON.", { strikes: 3, until: from(95 * second) }),
    latency: { "kimi-k2": 1_204 },
    last: ["UPSTREAM", "The upstream answered 502 with a page instead of JSON.", -20 * second],
  },
  6: { whole: state("trial", "RETRY", "The connection was refused."), calls: 44, faults: { RETRY: 9 }, last: ["RETRY", "The connection was refused.", -3 * minute] },
  7: { calls: 118, faults: { NO_ACCESS: 4 }, models: { "nebula-70b": state("resting", "NO_ACCESS", "This key may not use nebula-70b.", { until: from(6 * minute) }) }, last: ["NO_ACCESS", "This key may not use nebula-70b.", -8 * minute] },
};
const revived = new Set();

function reportOf(channel) {
  const known = revived.has(channel.id) ? {} : (cases[channel.id] ?? {});
  const { calls = channel.state ? 12 : 0, faults = {}, running = 0, whole = good, latency = {}, last, models = {} } = known;
  const masks = channel.secret.split("\n").filter(Boolean);
  const states = known.keys ?? [];
  const keys = (masks.length > 0 ? masks : [""]).map((shown, index) => ({
    index,
    shown,
    state: states[index] ?? good,
    running: index === 0 ? running : 0,
    calls: Math.round(calls / Math.max(masks.length, 1)),
    faults: index === 0 ? sum(faults) : 0,
    models: index === 0 ? models : {},
  }));
  return {
    id: channel.id,
    name: channel.name,
    active: channel.state,
    state: whole,
    running,
    calls,
    answered: Math.max(0, calls - sum(faults)),
    faults,
    lastFault: last ? { kind: last[0], message: last[1], at: from(last[2]) } : null,
    latencyMs: latency,
    keys,
  };
}

const rules = { strategy: "WEIGHT", affinity: true, hedgeAfterMs: 0, hedgePercent: 5, probeSeconds: 0 };
const cache = { models: ["echo"], size: 1, expire: 3_600, entries: 214, bytes: 1_482_310, hits: 913, misses: 4_120 };

function obstaclesOf(channel, model, group) {
  const whole = cases[channel.id]?.whole;
  return [
    ...(channel.state ? [] : ["it is switched off"]),
    ...(channel.models.includes(model) ? [] : [`it does not offer ${model}`]),
    ...(group && channel.group.length > 0 && !channel.group.includes(group) ? [`it does not serve the group ${group}`] : []),
    ...(whole?.phase === "resting" && !revived.has(channel.id) ? [`it rests until ${whole.until}, after ${whole.kind}: ${whole.reason}`] : []),
  ];
}

function explain(channels, model, group) {
  const able = channels.filter((channel) => obstaclesOf(channel, model, group).length === 0);
  const priorities = [...new Set(able.map(({ priority }) => priority))].toSorted((a, b) => b - a);
  const lines = channels.map((channel) => {
    const obstacles = obstaclesOf(channel, model, group);
    const order = obstacles.length === 0 ? priorities.indexOf(channel.priority) + 1 : 0;
    const tier = able.filter(({ priority }) => priority === channel.priority);
    const share = order === 0 ? 0 : channel.weight / tier.reduce((all, { weight }) => all + weight, 0);
    const { id, name, type, priority, weight, cost = 1 } = channel;
    return { id, name, type, priority, weight, cost, latencyMs: cases[id]?.latency?.[model] ?? null, considered: order > 0, order, share, reasons: obstacles };
  });
  lines.sort((a, b) => Number(a.order === 0) - Number(b.order === 0) || a.order - b.order || b.share - a.share);
  return { model, group, strategy: rules.strategy, verdict: "", channels: lines };
}

const wait = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));
const facts = (channel, key, totalMs, steps, more = {}) => ({
  key,
  keyMask: channel.secret.split("\n")[key ?? 0] ?? "",
  plugin: "openai",
  pluginVersion: "1.4.2",
  generation: 7,
  totalMs,
  dropped: [],
  notes: {},
  steps: steps.map(([at, step, detail = ""]) => ({ at, step, detail })),
  ...more,
});

const keyFault = {
  kind: "KEY_DEAD",
  sub: null,
  message: "Incorrect API key provided. You can find your API key at the provider's console.",
  status: 401,
  vendorCode: "invalid_api_key",
  retryAfterMs: null,
  hint: {
    en: "The upstream does not accept this key: wrong, revoked or locked. Enter a new one, and check that it belongs to this endpoint.",
    zh: "上游不接受该密钥：错误、已吊销或被锁定。请填写新的密钥，并确认它属于该接入地址。",
  },
};
const refuses = (channel) => /second|bad/i.test(channel.name);

/** A trial: the second account's key is refused, the picture model is only looked up, everything else works. */
async function chat(channel, order) {
  await wait(Number(process.env.MOCK_TRIAL_MS ?? 900));
  const model = order.model ?? channel.models[0] ?? "";
  const real = channel.mapper?.split("\n").find((line) => line.startsWith(`${model}>`))?.split(">")[1] ?? model;
  const base = { check: "chat", remark: null, model, upstreamModel: real, listed: channel.models.includes(model), stream: order.stream ?? true };
  if (refuses(channel)) {
    return { ok: false, fault: keyFault, ...base, ...facts(channel, order.key ?? 0, 214, [[3, "ready"], [4, "asked", "POST /v1/chat/completions"], [211, "head", "401 application/json"], [214, "end", "KEY_DEAD"]]) };
  }
  if (/image|midjourney/.test(model)) {
    const remark = { en: "This model does not chat, so no chat was tried. The upstream's list of models was asked for instead.", zh: "该模型不支持对话，因此未进行对话测试，改为获取上游模型列表。" };
    return { ok: true, fault: null, ...base, check: "models", remark, upstreamModels: 61, upstreamHasModel: true, ...facts(channel, order.key ?? 0, 388, [[2, "ready"], [3, "asked", "GET /v1/models"], [370, "head", "200 application/json"], [388, "end", "ok"]]) };
  }
  return {
    ok: true,
    fault: null,
    ...base,
    text: "OK.",
    textCut: false,
    reasoning: false,
    finish: "stop",
    usage: { input: 11, output: 2, cachedInput: 0, cacheWrite: 0, reasoning: 0 },
    firstContentMs: 642,
    ...facts(channel, order.key ?? 0, 871, [[2, "ready"], [3, "asked", "POST /v1/chat/completions"], [588, "head", "200 text/event-stream"], [642, "first content"], [871, "end", "ok"]], {
      dropped: channel.param_override?.seed === undefined ? [] : ["seed"],
      notes: { "request id": "req_8f2c61" },
    }),
  };
}

async function look(channel, what, key) {
  await wait(500);
  if (refuses(channel) && key !== 1) {
    return { ok: false, fault: keyFault, models: [], balances: [], cut: false, ...facts(channel, key ?? 0, 190, []) };
  }
  if (what === "models") {
    const models = ["gpt-5.2", "gpt-5.2-mini", "gpt-5.2-nano", "gpt-4.1", "gpt-4.1-mini", "gpt-4o-2024-08-06", "o3", "o4-mini", "text-embedding-3-large", "text-embedding-3-small", "gpt-image-1", "whisper-1"].toSorted();
    return { ok: true, fault: null, models, cut: false, ...facts(channel, key ?? 0, 412, []) };
  }
  if (channel.type === "openai") {
    return { ok: true, fault: null, balances: [{ left: "87.41", total: "120.00", used: "32.59", currency: "USD", part: "" }, { left: "5.00", total: null, used: null, currency: "USD", part: "granted" }], ...facts(channel, key ?? 0, 300, []) };
  }
  return { ok: false, fault: { ...keyFault, kind: "UNSUPPORTED", message: "this channel type has no balance", status: null, vendorCode: null }, balances: [], ...facts(channel, key ?? 0, 1, []) };
}

/** The routes below `/api/admin`; undefined for what is none of these. */
export async function routingRoutes(method, url, body, channels) {
  const path = url.pathname.replace("/api/admin", "");
  const find = (id) => channels.find((channel) => channel.id === Number(id));
  if (path === "/routing") {
    return method === "PUT" ? Object.assign(rules, await body()) : rules;
  }
  if (path === "/routing/health") {
    return { channels: channels.map(reportOf) };
  }
  const revive = /^\/routing\/health\/(\d+)\/revive$/.exec(path);
  if (revive) {
    await wait(300);
    revived.add(Number(revive[1]));
    return reportOf(find(revive[1]));
  }
  if (path === "/cache") {
    return method === "PUT" ? Object.assign(cache, await body()) : cache;
  }
  if (path === "/cache/clear") {
    return Object.assign(cache, { entries: 0, bytes: 0 });
  }
  const one = /^\/channel\/(\d+)\/(explain|test|models|balance)$/.exec(path);
  if (one && find(one[1])) {
    const key = url.searchParams.get("key");
    return one[2] === "explain"
      ? explain(channels, url.searchParams.get("model"), url.searchParams.get("group"))
      : one[2] === "test"
        ? chat(find(one[1]), await body())
        : look(find(one[1]), one[2], key === null ? null : Number(key));
  }
  const tried = /^\/channel\/try(?:\/(models|balance))?$/.exec(path);
  if (tried) {
    const { trial = {}, ...channel } = await body();
    return tried[1] ? look(channel, tried[1], trial.key ?? null) : chat(channel, trial);
  }
  return undefined;
}

/**
 * Channel types and vendor profiles for the stand-in server: a few types with code, and everything the plugin for compatible vendors ships, read from
 * its own files, so that lists have their real length.
 */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const shippedFolder = fileURLToPath(new URL("../../plugins/openai-compatible/src/main/resources/io/patchbay/plugin/compatible/profiles", import.meta.url));

function readShipped() {
  const index = join(shippedFolder, "index.txt");
  if (!existsSync(index)) {
    return [{ id: "groq", name: "Groq", endpoint: "https://api.groq.com/openai", models: ["llama-4"], capabilities: ["chat", "tools"] }];
  }
  return readFileSync(index, "utf8")
    .split(/\s+/)
    .filter(Boolean)
    .map((id) => JSON.parse(readFileSync(join(shippedFolder, `${id}.json`), "utf8")));
}

const shipped = readShipped();
const own = [
  {
    id: "nebula-internal",
    name: { en: "Nebula, our own cluster", zh: "星云（自建集群）" },
    endpoint: "https://llm.nebula.example",
    auth: "header:x-nebula-key",
    models: ["nebula-70b", "nebula-8b", "nebula-embed"],
    capabilities: ["chat", "tools"],
    chat: { drop: ["logit_bias", "top_logprobs"], rename: { max_completion_tokens: "max_tokens" } },
    rules: [{ models: ["*embed*"], capabilities: ["embeddings"] }],
  },
];

const field = (name, en, zh, more = {}) => ({ name, kind: "SECRET", label: { en, zh }, hint: { en: "" }, fallback: "", required: true, choices: [], ...more });
const key = (en = "One key per line", zh = "每行一个密钥") => field("key", "API key", "API 密钥", { hint: { en, zh } });
const drawing = (color, path) =>
  `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24"><rect width="24" height="24" rx="6" fill="${color}"/><g fill="none" stroke="#fff" stroke-width="2" stroke-linecap="round" stroke-linejoin="round">${path}</g></svg>`;
const shapes = ['<circle cx="12" cy="12" r="5"/>', '<path d="M12 6l6 10H6z"/>', '<path d="M7 7h10v10H7z"/>', '<path d="M12 5l7 7-7 7-7-7z"/>', '<path d="M7 8h10M7 12h10M7 16h10"/>', '<path d="M8 6v12M12 9v6M16 6v12"/>'];

function logoOf({ id, color }) {
  const seed = [...id].reduce((sum, letter) => (sum * 31 + letter.codePointAt(0)) % 100_003, 7);
  return drawing(color ?? `hsl(${seed % 360} 55% 42%)`, shapes[seed % shapes.length]);
}

const type = (id, plugin, version, more) => ({ id, name: { en: id }, description: { en: "" }, defaultEndpoint: "", secretParts: [key()], options: [], models: [], unmapped: [], logo: null, plugin, pluginVersion: version, ...more });

const coded = [
  type("openai", "openai", "1.4.2", {
    name: { en: "OpenAI", zh: "OpenAI" },
    description: { en: "GPT and o models, by Chat Completions or Responses.", zh: "GPT 与 o 系列模型，支持 Chat Completions 与 Responses。" },
    defaultEndpoint: "https://api.openai.com",
    secretParts: [key("One key per line, for example sk-…", "每行一个密钥，例如 sk-…")],
    models: ["gpt-5.2", "gpt-5.2-mini", "gpt-4o", "o3"],
    logo: drawing("#17191c", '<path d="M12 5.5l6 3.5v6l-6 3.5L6 15V9z"/>'),
  }),
  type("sandbox", "sandbox", "0.1.0", {
    name: { en: "Sandbox", zh: "沙盒" },
    description: { en: "Answers by itself: for trying things out.", zh: "自行回答，便于试用。" },
    secretParts: [],
    options: [field("pace", "Pace", "速度", { kind: "NUMBER", fallback: "20", required: false, hint: { en: "Milliseconds between pieces.", zh: "每段间隔的毫秒数。" } })],
    models: ["echo"],
    unmapped: ["logit_bias", "seed"],
    logo: drawing("#8a6d3b", '<path d="M6 9l6-3 6 3v6l-6 3-6-3z"/>'),
  }),
  type("azure", "azure", "1.0.0", {
    name: { en: "Azure OpenAI", zh: "Azure OpenAI" },
    description: { en: "OpenAI's models in Microsoft's cloud; a model is the name of a deployment.", zh: "微软云上的 OpenAI 模型，模型名即部署名。" },
    secretParts: [
      field("key", "API key", "API 密钥"),
      field("resource", "Resource", "资源地址", { kind: "URL", required: false, hint: { en: "Only where the endpoint holds the API version instead: key|https://….openai.azure.com", zh: "仅当接入点填写 API 版本时使用：key|https://….openai.azure.com" } }),
    ],
    options: [
      field("version", "API version", "API 版本", { kind: "TEXT", required: false, fallback: "2024-10-21", hint: { en: "A date such as 2024-10-21 for deployments in the address, or v1 for the newer surface.", zh: "如 2024-10-21，或 v1（新版接口）。" } }),
      field("dots", "Deployments without dots", "部署名去除点号", { kind: "FLAG", required: false, fallback: "true", hint: { en: "Asks for the deployment gpt-35-turbo when a client asks for gpt-3.5-turbo.", zh: "客户端请求 gpt-3.5-turbo 时使用部署 gpt-35-turbo。" } }),
    ],
    logo: drawing("#0f6cbd", '<path d="M7 17l5-11 5 11M9 13h6"/>'),
  }),
  type("bedrock", "bedrock", "1.0.0", {
    name: { en: "Amazon Bedrock", zh: "Amazon Bedrock" },
    description: { en: "Claude, Nova, Llama and others in Amazon's cloud.", zh: "亚马逊云上的 Claude、Nova、Llama 等模型。" },
    defaultEndpoint: "https://bedrock-runtime.us-east-1.amazonaws.com",
    secretParts: [
      field("access", "API key or access key", "API 密钥或 Access Key", { hint: { en: "A Bedrock API key by itself, or access_key|secret_key|region, with |session_token for temporary keys.", zh: "单独的 Bedrock API 密钥，或 access_key|secret_key|region。" } }),
      field("secret", "Secret key", "Secret Key", { required: false }),
      field("region", "Region", "区域", { kind: "CHOICE", required: false, choices: ["us-east-1", "us-west-2", "eu-central-1"] }),
      field("session", "Session token", "会话令牌", { required: false }),
    ],
    models: ["anthropic.claude-sonnet-4-5", "amazon.nova-pro"],
    unmapped: ["n", "seed", "logit_bias", "logprobs", "frequency_penalty", "presence_penalty"],
    logo: drawing("#c2661b", '<path d="M6 8l6 3 6-3M6 12l6 3 6-3M6 16l6 3 6-3"/>'),
  }),
  type("midjourney", "midjourney", "2.0.0", {
    name: { en: "Midjourney", zh: "Midjourney" },
    description: { en: "Pictures by a Midjourney proxy: imagine, upscale, vary.", zh: "通过 Midjourney 代理绘图：生成、放大、变体。" },
    secretParts: [field("secret", "Secret of the proxy", "代理密钥", { required: false })],
    options: [field("hookCallers", "Callers", "回调来源", { kind: "TEXT", required: false, hint: { en: "Addresses that may call back, separated by commas; empty for any.", zh: "允许回调的地址，以逗号分隔，留空不限。" } })],
    models: ["midjourney"],
    unmapped: ["temperature", "top_p", "tools", "stop", "max_tokens"],
    logo: drawing("#3b3f8f", '<path d="M5 16c4 3 10 3 14 0M12 5v9M12 5l6 8h-6"/>'),
  }),
];

/** The channel type that the server makes of a profile, as far as pages look at it. */
function typeOf(profile) {
  const name = typeof profile.name === "string" ? { en: profile.name, zh: profile.name } : profile.name;
  const hint = typeof profile.secretHint === "object" ? profile.secretHint : { en: "One key per line", zh: "每行一个密钥" };
  return type(profile.id, "openai-compatible", "0.1.0", {
    name,
    description: profile.description ?? { en: `${name.en}, by its OpenAI-compatible API.`, zh: `${name.zh}的 OpenAI 兼容接口。` },
    defaultEndpoint: profile.endpoint ?? "",
    secretParts: profile.auth === "none" ? [] : [field("key", "API key", "API 密钥", { hint, required: profile.secretRequired ?? true })],
    options: (profile.options ?? []).map((option) => field(option.name, option.name, option.name, { kind: "TEXT", required: false })),
    models: profile.models ?? [],
    unmapped: [...(profile.unmapped ?? []), ...(profile.chat?.drop ?? [])].toSorted(),
    logo: logoOf(profile),
  });
}

const members = ["id", "name", "description", "color", "endpoint", "basePath", "paths", "auth", "headers", "options", "secretHint", "secretRequired", "models", "modelNames", "modelList", "capabilities", "imageInput", "embeddings", "images", "chat", "rules", "errors", "unmapped"];
const capabilities = ["chat", "tools", "parallel-tools", "reasoning", "json-output", "several-choices", "embeddings", "images"];

/** The first mistake in a profile as the server words it, or null. Only what pages show is looked at. */
function mistakeIn(profile) {
  const found = (value) => (value === undefined ? "nothing" : JSON.stringify(value));
  if (!/^[a-z0-9][a-z0-9-]{0,47}$/.test(profile.id ?? "")) {
    return `/id: expected 1 to 48 lower-case letters, digits and dashes, found ${found(profile.id)}`;
  }
  const [first] = typeof profile.name === "object" ? [profile.name?.en] : [profile.name];
  if (typeof first !== "string" || first.trim() === "") {
    return `/name: expected a text that is not empty, found ${found(profile.name)}`;
  }
  if (!/^(bearer|none|api-key|(header|query):[A-Za-z0-9_-]{1,64})$/.test(profile.auth ?? "bearer")) {
    return `/auth: expected bearer, none, api-key, header:<name> or query:<name>, found ${found(profile.auth)}`;
  }
  if (profile.endpoint !== undefined && !/^https?:\/\/[A-Za-z0-9.-]+(:\d{1,5})?(\/[\w./-]*)?$/.test(profile.endpoint)) {
    return `/endpoint: expected an http or https address, found ${found(profile.endpoint)}`;
  }
  const odd = (profile.capabilities ?? []).findIndex((one) => !capabilities.includes(one));
  if (odd >= 0) {
    return `/capabilities/${odd}: expected one of ${capabilities.join(", ")}, found ${found(profile.capabilities[odd])}`;
  }
  for (const [at, rule] of (profile.rules ?? []).entries()) {
    if (!Array.isArray(rule.models) || rule.models.length === 0) {
      return `/rules/${at}/models: expected a list of model names, in which * stands for anything, found ${found(rule.models)}`;
    }
  }
  const unknown = Object.keys(profile).find((name) => !members.includes(name));
  return unknown ? `/${unknown}: there is no such member; the nearest is "chat" of ${members.toSorted().join(", ")}` : null;
}

const FAMILY = { id: "openai-compatible", name: { en: "OpenAI-compatible vendors", zh: "兼容 OpenAI 的服务商" }, plugin: "openai-compatible", pluginVersion: "0.1.0" };
const since = new Date().toISOString();
const revisions = new Map(own.map(({ id }) => [id, 1]));
const ofPlugin = (body) => ({ id: body.id, family: FAMILY.id, own: false, body });
const ofOwn = (body) => ({ id: body.id, family: FAMILY.id, own: true, state: "serving", revision: revisions.get(body.id), createdAt: since, updatedAt: since, body });

export const vendors = {
  types: () => [...coded, ...[...shipped, ...own].map(typeOf)].toSorted((a, b) => a.id.localeCompare(b.id)),
  list: () => ({ families: [FAMILY], profiles: [...shipped.map(ofPlugin), ...own.map(ofOwn)] }),
  mistakeIn,
  /** The plugin that has a type of this id of its own, or undefined. */
  pluginOf: (id) => coded.find((type) => type.id === id)?.plugin ?? (shipped.some((profile) => profile.id === id) ? FAMILY.plugin : undefined),
  find: (id) => own.filter((profile) => profile.id === id).map(ofOwn)[0],
  put: (profile) => {
    const at = own.findIndex(({ id }) => id === profile.id);
    own.splice(at < 0 ? own.length : at, at < 0 ? 0 : 1, profile);
    revisions.set(profile.id, (revisions.get(profile.id) ?? 0) + 1);
    return ofOwn(profile);
  },
  remove: (id) => {
    own.splice(own.findIndex((profile) => profile.id === id), 1);
    revisions.delete(id);
  },
};

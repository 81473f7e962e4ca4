import { json, signedInRoutes } from "@/testing/fake-server";

export const frankfurt = {
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
const part = (name: string, en: string, more: object = {}) => ({ name, kind: "SECRET", label: { en }, hint: {}, fallback: "", required: true, choices: [], ...more });
export const types = [
  {
    id: "openai",
    name: { en: "OpenAI", zh: "OpenAI" },
    description: { en: "The makers of GPT." },
    logo: '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24"/>',
    defaultEndpoint: "https://api.openai.com",
    secretParts: [part("key", "API key", { hint: { en: "For example sk-…" } })],
    options: [],
    models: ["gpt-4o", "o3"],
    unmapped: [],
  },
  {
    id: "azure",
    name: { en: "Azure" },
    description: { en: "Models in Microsoft's cloud." },
    defaultEndpoint: "2024-10-21",
    secretParts: [
      part("key", "API key"),
      part("resource", "Resource", { kind: "URL" }),
      part("region", "Region", { kind: "CHOICE", choices: ["east", "west"], required: false }),
      part("tries", "Retries", { kind: "NUMBER", required: false }),
      part("user", "User", { kind: "TEXT", required: false }),
      part("private", "Private link", { kind: "FLAG", required: false }),
    ],
    options: [
      part("style", "Style", { kind: "CHOICE", hint: { en: "How it speaks." }, fallback: "plain", required: false, choices: ["plain", "rich"] }),
      part("dots", "Without dots", { kind: "FLAG", hint: { en: "For deployments." }, fallback: "true", required: false }),
    ],
    models: [],
    unmapped: ["top_k", "logit_bias"],
  },
];
export const good = { phase: "good", strikes: 0, since: "2026-11-25T11:00:00Z", until: null, kind: "", reason: "" };

export const keyOf = (index: number, shown: string, more: object = {}) => ({ index, shown, state: good, running: 0, calls: 20, faults: 0, models: {}, ...more });

/** How Frankfurt stands. */
export const reportOf = (more: object) => ({
  id: 3,
  name: "Frankfurt",
  active: true,
  state: good,
  running: 0,
  calls: 40,
  answered: 40,
  faults: {},
  lastFault: null,
  latencyMs: { "gpt-4o": 480.4 },
  keys: [keyOf(0, "sk-a****"), keyOf(1, "sk-b****")],
  ...more,
});

export const routes = {
  ...signedInRoutes,
  "GET /api/admin/channel/list": () => json({ status: true, data: [frankfurt] }),
  "GET /api/admin/channel/types": () => json({ status: true, data: types }),
  "GET /api/admin/routing/health": () => json({ channels: [reportOf({})] }),
};

import { z } from "zod";
import type { ChannelType } from "@/lib/channel-types";
import { hasWords } from "@/lib/names";

const text = z
  .string()
  .nullish()
  .transform((value) => value ?? "");
const texts = z
  .array(z.string())
  .nullish()
  .transform((value) => value ?? []);

/** Number on the wire, name in the program. */
export const proxyKinds = ["none", "http", "https", "socks5"] as const;

export const channelSchema = z.looseObject({
  id: z.number(),
  name: text,
  type: text,
  priority: z.number().catch(0),
  weight: z.number().catch(1),
  models: texts,
  retry: z.number().catch(1),
  /** Never the secrets themselves: a mask for each one stored, one a line. A mask that is sent back keeps what it stands for. */
  secret: text,
  endpoint: text,
  mapper: text,
  state: z.boolean().catch(false),
  /** The user groups that may use it; none means everybody. */
  group: texts,
  proxy: z
    .object({ proxy_type: z.number().catch(0), proxy: text, username: text, password: text })
    .nullish()
    .transform((proxy) => proxy ?? { proxy_type: 0, proxy: "", username: "", password: "" }),
});

export type Channel = z.output<typeof channelSchema>;

/** The id of a channel that is not stored yet. */
export const NEW_ID = -1;

export function newChannel(type: ChannelType | undefined, typeId = "openai"): Channel {
  return {
    id: NEW_ID,
    name: "",
    type: type?.id ?? typeId,
    priority: 0,
    weight: 1,
    models: [],
    retry: 3,
    secret: "",
    endpoint: type?.defaultEndpoint ?? "",
    mapper: "",
    state: true,
    group: [],
    proxy: { proxy_type: 0, proxy: "", username: "", password: "" },
  };
}

/** Another channel like this one. Its secrets are not ours to copy. */
export function copyOf(channel: Channel, name: string): Channel {
  return { ...channel, id: NEW_ID, name, secret: "", proxy: { ...channel.proxy, password: "" } };
}

/** The masks of the secrets that are stored. */
export function storedSecrets(channel: Channel): string[] {
  return channel.secret.split("\n").filter(Boolean);
}

/** A setting of the type; it travels beside the fields that every channel has. Empty where the fallback of the type counts. */
export function optionOf(channel: Channel, name: string): string {
  const value = channel[name];
  return value === undefined || value === null ? "" : String(value);
}

export function withOption(channel: Channel, name: string, value: string): Channel {
  return { ...channel, [name]: value };
}

/** Another type: its endpoint takes the place of the old type's, unless the operator had written one. */
export function withType(channel: Channel, type: ChannelType, types: readonly ChannelType[]): Channel {
  const old = types.find((candidate) => candidate.id === channel.type);
  const untouched = channel.endpoint === "" || channel.endpoint === old?.defaultEndpoint;
  return { ...channel, type: type.id, endpoint: untouched ? type.defaultEndpoint : channel.endpoint };
}

/** The lines of a mapping that are not `asked>real`, by line number from 1. */
export function malformedMappings(mapper: string): number[] {
  return mapper.split("\n").flatMap((line, at) => {
    const parts = line.trim().split(">");
    const good = line.trim() === "" || (parts.length === 2 && parts[0]?.replace(/^!/, "").trim() && parts[1]?.trim());
    return good ? [] : [at + 1];
  });
}

/** One secret a line, its parts joined with bars: the form on the wire. */
export function joinSecrets(rows: readonly (readonly string[])[]): string {
  return rows
    .map((row) => row.map((part) => part.trim()))
    .filter((row) => row.some(Boolean))
    .map((row) => row.join("|"))
    .join("\n");
}

export type FieldProblem = "required" | "malformed" | "incomplete";
export type ChannelProblems = Partial<Record<"name" | "models" | "secret" | "endpoint" | "mapper" | "proxy" | `option:${string}`, FieldProblem>>;

/** What is still missing before a channel can be stored. `secretRows` are the secrets being typed, beside those that are stored. */
export function problemsOf(channel: Channel, secretRows: readonly (readonly string[])[], type: ChannelType | undefined): ChannelProblems {
  const problems: ChannelProblems = {};
  const rows = secretRows.filter((row) => row.some((part) => part.trim() !== ""));
  if (channel.name.trim() === "") {
    problems.name = "required";
  }
  if (channel.models.length === 0) {
    problems.models = "required";
  }
  if (channel.endpoint.trim() === "" && hasUpstream(type)) {
    problems.endpoint = "required";
  }
  if (malformedMappings(channel.mapper).length > 0) {
    problems.mapper = "malformed";
  }
  if (channel.proxy.proxy_type !== 0 && channel.proxy.proxy.trim() === "") {
    problems.proxy = "required";
  }
  const required = type?.secretParts.map((part) => part.required);
  const needsSecret = required === undefined || required.includes(true);
  if (needsSecret && rows.length === 0 && storedSecrets(channel).length === 0) {
    problems.secret = "required";
  } else if (rows.some((row) => row.some((part, at) => part.trim() === "" && (required?.[at] ?? true)))) {
    problems.secret = "incomplete";
  }
  for (const option of type?.options ?? []) {
    if (option.required && option.fallback === "" && optionOf(channel, option.name).trim() === "") {
      problems[`option:${option.name}`] = "required";
    }
  }
  return problems;
}

/** Whether the type reaches an upstream at all; one that neither has an address nor takes a secret answers by itself. */
export function hasUpstream(type: ChannelType | undefined): boolean {
  return type === undefined || type.defaultEndpoint !== "" || type.secretParts.length > 0;
}

/** By priority, then name; the order in which they are tried. */
export function sortChannels(channels: readonly Channel[]): Channel[] {
  return [...channels].sort((a, b) => b.priority - a.priority || a.name.localeCompare(b.name) || a.id - b.id);
}

export function matches(channel: Channel, search: string): boolean {
  return hasWords([channel.name, channel.type, channel.endpoint, ...channel.models, `#${channel.id}`], search);
}

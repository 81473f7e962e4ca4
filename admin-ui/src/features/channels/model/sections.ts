import { upperFirst } from "@/lib/words";
import type { Channel } from "./channel";
import { newChannel } from "./channel";
import { capFields, flagFields, type Settings, timeFields } from "./settings";

/** The parts of the form that are folded. */
export const sections = ["routing", "timeouts", "requests", "proxy"] as const;
export type Section = (typeof sections)[number];

/** The fields of each section, by the names that the server uses when it refuses one. */
const fields: Record<Section, readonly string[]> = {
  routing: ["priority", "weight", "retry", "cost", "group", ...capFields],
  timeouts: timeFields,
  requests: ["mapper", "header_override", "param_override", "unmappedFields", ...flagFields],
  proxy: ["proxy"],
};

/** Whether one of these fields is in the section. */
export function hasField(section: Section, names: readonly string[]): boolean {
  return fields[section].some((field) => names.includes(field));
}

/** How many fields of each section somebody has set. */
export function countsOf(channel: Channel, settings: Settings): Record<Section, number> {
  const usual = newChannel(undefined);
  const count = (...set: boolean[]) => set.filter(Boolean).length;
  return {
    routing: count(
      channel.priority !== usual.priority,
      channel.weight !== usual.weight,
      channel.retry !== usual.retry,
      channel.group.length > 0,
      settings.cost.trim() !== "",
      ...capFields.map((name) => settings[name].trim() !== ""),
    ),
    timeouts: count(...timeFields.map((name) => settings[name].trim() !== "")),
    requests: count(
      channel.mapper.trim() !== "",
      settings.header_override.some((row) => row.name.trim() !== ""),
      settings.param_override.trim() !== "",
      settings.unmappedFields !== "",
      ...flagFields.map((name) => settings[name]),
    ),
    proxy: count(channel.proxy.proxy_type !== 0),
  };
}

/** What the server refuses: `<field>: <sentence>`. */
export interface Refusal {
  field: string;
  words: string;
}

const known = new Set(["name", "type", "models", "secret", "endpoint", ...Object.values(fields).flat()]);

/** The field that a refusal names, or null where it is about the whole. */
export function refusalOf(message: string): Refusal | null {
  const [, field = "", words = ""] = /^(\w+): (.+)$/s.exec(message) ?? [];
  return known.has(field) ? { field, words: upperFirst(words) } : null;
}

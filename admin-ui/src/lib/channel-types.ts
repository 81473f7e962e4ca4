import { queryOptions } from "@tanstack/react-query";
import { z } from "zod";
import { api } from "./api";

const text = z
  .string()
  .nullish()
  .transform((value) => value ?? "");
const texts = z
  .array(z.string())
  .nullish()
  .transform((value) => value ?? []);

export const namesSchema = z.union([z.string(), z.record(z.string(), z.string())]).nullish();

/** Words for people: the same in all languages, or by language. */
export type Names = z.output<typeof namesSchema>;

const fieldKinds = ["TEXT", "SECRET", "URL", "NUMBER", "CHOICE", "FLAG"] as const;

/** A setting that a plugin declares: the console draws it without knowing the plugin. */
const configFieldSchema = z.object({
  name: z.string(),
  kind: z.enum(fieldKinds).catch("TEXT"),
  label: namesSchema,
  hint: namesSchema,
  fallback: text,
  required: z.boolean().catch(false),
  choices: texts,
});
export type ConfigField = z.output<typeof configFieldSchema>;

const fields = z
  .array(configFieldSchema)
  .nullish()
  .transform((list) => list ?? []);

export const channelTypeSchema = z.object({
  id: z.string(),
  name: namesSchema,
  description: namesSchema,
  defaultEndpoint: text,
  secretParts: fields,
  options: fields,
  models: texts,
  /** Request fields that are never passed on. */
  unmapped: texts,
  /** SVG text; empty where the plugin has none. */
  logo: text,
  plugin: text,
  pluginVersion: text,
});

/** A kind of upstream, as the plugin that provides it describes it. */
export type ChannelType = z.output<typeof channelTypeSchema>;

export const channelTypesQuery = queryOptions({
  queryKey: ["channel-types"],
  queryFn: ({ signal }) =>
    api("/api/admin/channel/types", {
      schema: z.object({ data: z.array(channelTypeSchema).nullish() }).transform(({ data }) => data ?? []),
      signal,
    }),
});

/** A name in the language on screen, else in English, else any, else the fallback. */
export function nameIn(names: Names, language: string, fallback: string): string {
  if (typeof names === "string") {
    return names || fallback;
  }
  if (!names) {
    return fallback;
  }
  return names[language] ?? names[language.split("-")[0] ?? ""] ?? names["en"] ?? Object.values(names)[0] ?? fallback;
}

/** The words of all languages, for searching. */
export function allNames(names: Names): string[] {
  return typeof names === "string" ? [names] : Object.values(names ?? {});
}

/** By name, as the language on screen sorts. */
export function sortTypes(types: readonly ChannelType[], language: string): ChannelType[] {
  const { compare } = new Intl.Collator(language, { numeric: true });
  return types.toSorted((a, b) => compare(nameIn(a.name, language, a.id), nameIn(b.name, language, b.id)));
}

import { z } from "zod";

const text = z
  .string()
  .nullish()
  .transform((value) => value ?? "");
const count = z.coerce.number().nonnegative().catch(0);
const moment = z.union([z.number(), z.string().transform((value) => Date.parse(value))]).nullish();

const drainingSchema = z.object({
  version: text,
  generation: z.number().optional(),
  leases: count,
  since: moment.transform((value) => (typeof value === "number" && Number.isFinite(value) ? value : null)),
});

/** An old generation that takes no new calls and waits for the ones it has. */
export type Draining = z.infer<typeof drainingSchema>;

/** A plugin as the server reports it. Only the id is certain; everything else may be missing while a plugin comes or goes. */
export const pluginSchema = z
  .object({
    id: z.string(),
    name: text,
    version: text,
    generation: z.number().optional(),
    desired: z.object({ enabled: z.boolean().nullish(), version: text }).nullish(),
    observed: z.object({ state: text, cause: text }).nullish(),
    provides: z.array(z.string()).nullish(),
    liveLeases: count,
    draining: z.array(drainingSchema).nullish(),
    previousVersion: text,
  })
  .transform((plugin) => ({
    ...plugin,
    name: plugin.name || plugin.id,
    enabled: plugin.desired?.enabled ?? true,
    wantedVersion: plugin.desired?.version || plugin.version,
    state: plugin.observed?.state ?? "",
    cause: plugin.observed?.cause ?? "",
    provides: plugin.provides ?? [],
    draining: plugin.draining ?? [],
  }));

export type Plugin = z.output<typeof pluginSchema>;

/** A list of plugins, bare or wrapped; one that cannot be read does not hide the others. */
export const pluginListSchema = z
  .union([z.array(z.unknown()), z.object({ data: z.array(z.unknown()) }).transform(({ data }) => data), z.object({ plugins: z.array(z.unknown()) }).transform(({ plugins }) => plugins)])
  .transform((items) =>
    items.flatMap((item) => {
      const parsed = pluginSchema.safeParse(item);
      return parsed.success ? [parsed.data] : [];
    }),
  );

/**
 * What an operator needs to know about a plugin at one glance.
 *
 * - `serving`: takes calls;
 * - `swapping`: a new generation takes calls while an old one finishes its own;
 * - `changing`: on its way to what was asked for;
 * - `stopping`: switched off, finishing its last calls;
 * - `off`: switched off;
 * - `failed`: does not do what was asked for; the cause says why.
 */
export type Condition = "serving" | "swapping" | "changing" | "stopping" | "off" | "failed";

export function conditionOf(plugin: Plugin): Condition {
  if (/fail|error|unresolved|broken/i.test(plugin.state)) {
    return "failed";
  }
  const draining = plugin.draining.length > 0;
  if (!plugin.enabled) {
    return draining || plugin.liveLeases > 0 ? "stopping" : "off";
  }
  if (draining) {
    return "swapping";
  }
  if (/disabled|stopped|uninstalled/i.test(plugin.state)) {
    return "changing";
  }
  if (plugin.wantedVersion !== plugin.version || /start|install|resolv|prob|wait|pending/i.test(plugin.state)) {
    return /^(started|installed|resolved)$/i.test(plugin.state) && plugin.wantedVersion === plugin.version ? "serving" : "changing";
  }
  return "serving";
}

/** All calls in progress, whichever generation answers them. */
export function callsOf(plugin: Plugin): number {
  return plugin.liveLeases + plugin.draining.reduce((sum, old) => sum + old.leases, 0);
}

/** Puts one plugin's news into a list; an unknown one joins it at its place by name. */
export function withPlugin(list: readonly Plugin[], plugin: Plugin): Plugin[] {
  return list.some((other) => other.id === plugin.id) ? list.map((other) => (other.id === plugin.id ? plugin : other)) : [...list, plugin];
}

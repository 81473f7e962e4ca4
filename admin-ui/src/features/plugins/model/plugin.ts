import { z } from "zod";

const text = z
  .string()
  .nullish()
  .transform((value) => value ?? "");
const count = z.coerce.number().nonnegative().catch(0);
const flag = z.boolean().nullish();

const drainingSchema = z.object({
  version: text,
  generation: z.number().optional(),
  leases: count,
  since: z
    .string()
    .nullish()
    .transform((value) => (value ? Date.parse(value) || null : null)),
});

/** An old generation that takes no new calls and waits for the ones it has. */
export type Draining = z.infer<typeof drainingSchema>;

/** What a plugin offers, of whatever kind; a bare name is read as well. */
const providedSchema = z.union([z.string(), z.object({ id: z.string() }).transform(({ id }) => id)]);

/** A plugin as the server reports it. Only the id is certain; everything else may be missing while a plugin comes or goes. */
export const pluginSchema = z
  .object({
    id: z.string(),
    name: text,
    description: text,
    desired: z.object({ version: text, enabled: flag, bundled: flag, previousVersion: text }).nullish(),
    observed: z.object({ state: text, version: text, generation: z.number().nullish() }).nullish(),
    provides: z.array(providedSchema).nullish(),
    leases: count,
    draining: z.array(drainingSchema).nullish(),
    cause: text,
  })
  .transform(({ desired, observed, provides, draining, name, ...plugin }) => ({
    ...plugin,
    name: name || plugin.id,
    /** The version new calls reach, or the one that is to run where none does. */
    version: observed?.version || desired?.version || "",
    wantedVersion: desired?.version || observed?.version || "",
    previousVersion: desired?.previousVersion ?? "",
    enabled: desired?.enabled ?? true,
    bundled: desired?.bundled ?? false,
    state: observed?.state ?? "",
    generation: observed?.generation || undefined,
    provides: provides ?? [],
    draining: draining ?? [],
  }));

export type Plugin = z.output<typeof pluginSchema>;

/** All plugins; one that cannot be read does not hide the others. */
export const pluginListSchema = z.array(z.unknown()).transform((items) =>
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
 * - `stopping`: takes no new calls and finishes its last ones;
 * - `off`: switched off;
 * - `failed`: should run and does not; the cause says why.
 */
export type Condition = "serving" | "swapping" | "changing" | "stopping" | "off" | "failed";

export function conditionOf(plugin: Plugin): Condition {
  const draining = plugin.draining.length > 0;
  switch (plugin.state.toUpperCase()) {
    case "FAILED":
      return "failed";
    case "DRAINING":
      return "stopping";
    case "DISABLED":
      return plugin.enabled ? "changing" : "off";
    case "INSTALLED":
    case "RESOLVED":
      return plugin.enabled ? "changing" : "off";
    default:
      if (!plugin.enabled) {
        return draining || plugin.leases > 0 ? "stopping" : "off";
      }
      if (draining) {
        return "swapping";
      }
      // A newer version that was refused leaves the old one serving; its cause tells.
      return plugin.wantedVersion === plugin.version || plugin.cause ? "serving" : "changing";
  }
}

/** All calls in progress, whichever generation answers them. */
export function callsOf(plugin: Plugin): number {
  return plugin.leases + plugin.draining.reduce((sum, old) => sum + old.leases, 0);
}

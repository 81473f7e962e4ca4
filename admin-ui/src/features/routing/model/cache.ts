import { z } from "zod";

const count = z.number().catch(0);

export const cacheSchema = z.object({
  /** The models whose answers are kept. */
  models: z.array(z.string()),
  /** How many different answers are kept for each request. */
  size: z.number(),
  /** How long an answer is given again, in seconds. */
  expire: z.number(),
  entries: count,
  bytes: count,
  hits: count,
  misses: count,
});
export type Cache = z.output<typeof cacheSchema>;
export type CacheSettings = Pick<Cache, "models" | "size" | "expire">;

export interface CacheForm {
  models: ReadonlySet<string>;
  size: string;
  expire: string;
}

export const formOf = ({ models, size, expire }: Cache): CacheForm => ({ models: new Set(models), size: String(size), expire: String(expire) });

export const limits = { size: [1, 100], expire: [1, 2_592_000] } as const;
export type FigureName = keyof typeof limits;

/** The figures that are not whole numbers within their limits. */
export function badFigures(form: CacheForm): FigureName[] {
  return (["size", "expire"] as const).filter((name) => {
    const value = Number(form[name]);
    const [least, most] = limits[name];
    return form[name].trim() === "" || !Number.isInteger(value) || value < least || value > most;
  });
}

/** What differs from the settings in force: only that is sent. */
export function changesOf(cache: Cache, form: CacheForm): Partial<CacheSettings> {
  const same = form.models.size === cache.models.length && cache.models.every((model) => form.models.has(model));
  return {
    ...(same ? {} : { models: [...form.models] }),
    ...(Number(form.size) === cache.size ? {} : { size: Number(form.size) }),
    ...(Number(form.expire) === cache.expire ? {} : { expire: Number(form.expire) }),
  };
}

/** The share of calls that was answered from the cache, 0 to 100; null before there were any. */
export function hitRate({ hits, misses }: Cache): number | null {
  return hits + misses > 0 ? (hits / (hits + misses)) * 100 : null;
}

const priceSchema = z.object({
  type: z.string(),
  models: z
    .array(z.string())
    .nullish()
    .transform((models) => models ?? []),
});
export const pricesSchema = z.object({ data: z.array(priceSchema).nullish() }).transform(({ data }) => data ?? []);

/** The models that cost nothing. Where several prices name a model, the first one counts. */
export function freeModels(prices: z.output<typeof pricesSchema>): Set<string> {
  const kinds = new Map<string, string>();
  for (const { type, models } of prices) {
    models.forEach((model) => kinds.has(model) || kinds.set(model, type));
  }
  return new Set([...kinds].flatMap(([model, kind]) => (kind === "non-billing" ? [model] : [])));
}

/** A size in bytes as a figure and its unit. */
export function sizeOf(bytes: number): { figure: number; unit: "kilobyte" | "megabyte" } {
  return bytes < 1_000_000 ? { figure: bytes / 1_000, unit: "kilobyte" } : { figure: bytes / 1_000_000, unit: "megabyte" };
}

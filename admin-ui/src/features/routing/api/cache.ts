import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import { api } from "@/lib/api";
import { type CacheSettings, cacheSchema, freeModels, pricesSchema } from "../model/cache";

const ROOT = "/api/admin/cache";

const EVERY_MS = 10_000;

export const cacheQuery = queryOptions({
  queryKey: ["answer-cache"],
  queryFn: ({ signal }) => api(ROOT, { schema: cacheSchema, signal }),
  refetchInterval: EVERY_MS,
});

export function useChangeCache() {
  const client = useQueryClient();
  return useMutation({
    meta: { showsError: true },
    mutationFn: (changes: Partial<CacheSettings>) => api(ROOT, { method: "PUT", body: changes, schema: cacheSchema }),
    onSuccess: (cache) => client.setQueryData(cacheQuery.queryKey, cache),
  });
}

export function useClearCache() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: () => api(`${ROOT}/clear`, { method: "POST", schema: cacheSchema }),
    onSuccess: (cache) => client.setQueryData(cacheQuery.queryKey, cache),
  });
}

/** The models that cost nothing. Its key is one of those of the prices. */
export const freeModelsQuery = queryOptions({
  queryKey: ["prices", "free"],
  queryFn: async ({ signal }) => freeModels(await api("/api/admin/charge/list", { schema: pricesSchema, signal })),
});

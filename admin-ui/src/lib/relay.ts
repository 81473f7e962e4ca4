import { queryOptions } from "@tanstack/react-query";
import { z } from "zod";
import { api } from "./api";

/**
 * The key this browser uses for `/v1`, where session tokens are refused. It is held in memory only: the query cache dies with the tab
 * and is emptied at sign-out.
 */
export const apiKeyQuery = queryOptions({
  queryKey: ["api-key"],
  queryFn: async ({ signal }) => {
    const schema = z.object({ key: z.string() });
    const first = await api("/api/apikey", { schema, signal });
    // The key is made by the first request for it, which may come back empty.
    return first.key || (await api("/api/apikey", { schema, signal })).key;
  },
  staleTime: Infinity,
  gcTime: Infinity,
});

const modelSchema = z.object({ id: z.string(), owned_by: z.string().optional() });
export type Model = z.infer<typeof modelSchema>;

/** All models of all active channels, in the server's order, each once. */
export const modelsQuery = queryOptions({
  queryKey: ["models"],
  queryFn: async ({ signal, client }): Promise<Model[]> => {
    const key = await client.ensureQueryData(apiKeyQuery);
    const answer = await fetchModels(key, signal);
    return [...new Map((answer.data ?? []).map((model) => [model.id, model])).values()];
  },
  staleTime: 60_000,
});

async function fetchModels(key: string, signal: AbortSignal) {
  return api("/v1/models", {
    schema: z.object({ data: z.array(modelSchema).nullish() }),
    signal,
    bearer: key,
  });
}

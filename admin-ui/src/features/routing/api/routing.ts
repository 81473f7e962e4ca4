import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import { z } from "zod";
import { api } from "@/lib/api";
import { explanationSchema, offerSchema } from "../model/explanation";
import { type Rules, rulesSchema } from "../model/rules";

const ROOT = "/api/admin/routing";

export const rulesQuery = queryOptions({
  queryKey: ["routing"],
  queryFn: ({ signal }) => api(ROOT, { schema: rulesSchema, signal }),
});

export function useChangeRules() {
  const client = useQueryClient();
  return useMutation({
    meta: { showsError: true },
    mutationFn: (changes: Partial<Rules>) => api(ROOT, { method: "PUT", body: changes, schema: rulesSchema }),
    onSuccess: (rules) => {
      client.setQueryData(rulesQuery.queryKey, rules);
      return client.invalidateQueries({ queryKey: ["explanation"] });
    },
  });
}

/** What all channels offer. Its key is one of those of the channels, so that it is asked for again when they change. */
export const offersQuery = queryOptions({
  queryKey: ["channels", "offers"],
  queryFn: ({ signal }) =>
    api("/api/admin/channel/list", { schema: z.object({ data: z.array(offerSchema).nullish() }).transform(({ data }) => data ?? []), signal }),
});

const EVERY_MS = 10_000;

/** Where a call for the model would go at this moment; `group` is empty for any. */
export const explanationQuery = (channel: number, model: string, group: string) =>
  queryOptions({
    queryKey: ["explanation", channel, model, group],
    queryFn: ({ signal }) => api(`/api/admin/channel/${channel}/explain`, { query: { model, group: group || undefined }, schema: explanationSchema, signal }),
    refetchInterval: EVERY_MS,
    staleTime: 0,
  });

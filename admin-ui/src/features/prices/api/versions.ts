import { keepPreviousData, queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import { z } from "zod";
import { api, doneSchema } from "@/lib/api";
import { priceSchema } from "../model/price";
import { pricesQuery } from "./prices";

const ROOT = "/api/admin/charge/versions";

const versionSchema = z.object({ version: z.number(), created_at: z.string().nullish(), rules: z.number(), current: z.boolean() });
export type Version = z.output<typeof versionSchema>;

/** The versions of the price list, newest first; `pages` is how many pages there are. */
export const versionsQuery = (page: number) =>
  queryOptions({
    queryKey: ["prices", "versions", page],
    queryFn: ({ signal }) =>
      api(ROOT, {
        query: { page },
        schema: z.object({ data: z.array(versionSchema).nullish(), total: z.number().catch(1) }).transform(({ data, total }) => ({ versions: data ?? [], pages: total })),
        signal,
      }),
    placeholderData: keepPreviousData,
  });

const groupsSchema = z.record(z.string(), z.coerce.number()).catch({});

/** All that one version says. */
export const versionQuery = (version: number) =>
  queryOptions({
    queryKey: ["prices", "version", version],
    queryFn: async ({ signal }) =>
      (await api(`${ROOT}/${version}`, { schema: z.object({ data: z.object({ version: z.number(), rules: z.array(priceSchema), groups: groupsSchema }) }), signal })).data,
    staleTime: Infinity,
  });

export function useRestore() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (version: number) => api(`${ROOT}/${version}/restore`, { method: "POST", schema: doneSchema }),
    onSuccess: () => Promise.all([client.invalidateQueries({ queryKey: pricesQuery.queryKey }), client.invalidateQueries({ queryKey: ["price-groups"] })]),
  });
}

import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import { z } from "zod";
import { api, doneSchema } from "@/lib/api";
import { changesSchema } from "../model/changes";
import { type Price, priceSchema } from "../model/price";
import { originSchema } from "../model/template";
import { pricesQuery } from "./prices";

const ROOT = "/api/admin/charge";

const listSchema = z
  .array(priceSchema)
  .nullish()
  .transform((prices) => prices ?? []);

const templatesSchema = z.object({
  data: listSchema,
  vendors: z
    .array(originSchema)
    .nullish()
    .transform((origins) => origins ?? []),
  as_of: z.string().catch(""),
});

/** The list prices that come with the server, in credits at that many yuan a dollar; `vendor` is empty for all. */
export const templatesQuery = (rate: number, vendor: string) =>
  queryOptions({
    queryKey: ["price-templates", rate, vendor],
    queryFn: ({ signal }) => api(`${ROOT}/templates`, { query: { rate, vendor: vendor || undefined }, schema: templatesSchema, signal }),
    staleTime: Infinity,
  });

export interface Site {
  readonly endpoint: string;
  readonly system: "" | "newapi";
  readonly rate: number;
}

/** Asks the server to fetch the price list of another site; nothing is stored. */
export function useFetchPrices() {
  return useMutation({
    meta: { showsError: true },
    mutationFn: async (site: Site) => (await api(`${ROOT}/fetch`, { method: "POST", body: site, schema: z.object({ data: listSchema }) })).data,
  });
}

/** What taking over these prices would do now. `token` names them in the cache, for they are too long to. */
export const previewQuery = (token: string, data: readonly Price[], overwrite: boolean) =>
  queryOptions({
    queryKey: ["price-preview", token, overwrite],
    queryFn: async ({ signal }) =>
      (await api(`${ROOT}/preview`, { method: "POST", body: { overwrite, data }, schema: z.object({ data: changesSchema }), signal })).data,
    staleTime: Infinity,
    gcTime: 0,
    retry: false,
  });

export function useTakeOver() {
  const client = useQueryClient();
  return useMutation({
    meta: { showsError: true },
    mutationFn: (order: { overwrite: boolean; data: readonly Price[] }) => api(`${ROOT}/sync`, { method: "POST", body: order, schema: doneSchema }),
    onSuccess: () => client.invalidateQueries({ queryKey: pricesQuery.queryKey }),
  });
}

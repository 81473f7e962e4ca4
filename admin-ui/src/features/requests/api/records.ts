import { keepPreviousData, queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import { z } from "zod";
import { api } from "@/lib/api";
import type { RecordWish } from "../model/filters";
import { receiptSchema } from "../model/receipt";
import { recordsSchema, statsSchema } from "../model/record";

const PAGE_SIZE = 20;
const EVERY_MS = 30_000;

/** A page of the request log, newest first; `page` from 0. */
export const recordsQuery = (wish: RecordWish, page: number) =>
  queryOptions({
    queryKey: ["records", wish, page],
    queryFn: async ({ signal }) => {
      const { data } = await api("/api/record/view", { method: "POST", query: { page }, body: { ...wish, size: PAGE_SIZE, show_channel: true }, schema: recordsSchema, signal });
      return { ...data, pages: Math.ceil(data.total / data.size) };
    },
    placeholderData: keepPreviousData,
  });

/** What was used of late: by one user, by oneself, or on the whole site. */
export const statsQuery = (whose: Pick<RecordWish, "self" | "user_id">) =>
  queryOptions({
    queryKey: ["records", "stats", whose],
    queryFn: async ({ signal }) => (await api("/api/record/stats", { method: "POST", body: whose, schema: statsSchema, signal })).data,
    refetchInterval: EVERY_MS,
  });

export const receiptQuery = (requestId: string) =>
  queryOptions({
    queryKey: ["receipt", requestId],
    queryFn: async ({ signal }) => (await api(`/api/billing/charge/${encodeURIComponent(requestId)}`, { schema: z.object({ data: receiptSchema }), signal })).data,
  });

/** Gives back what a request was charged; answers how much that was. */
export function useRefund() {
  const client = useQueryClient();
  return useMutation({
    meta: { showsError: true },
    mutationFn: async (order: { request_id: string; reason: string }) =>
      (await api("/api/admin/billing/refund", { method: "POST", body: order, schema: z.object({ quota: z.coerce.number() }) })).quota,
    onSuccess: () => Promise.all(["receipt", "records", "balance"].map((key) => client.invalidateQueries({ queryKey: [key] }))),
  });
}

const retentionSchema = z.object({ days: z.number() });

/** For how many days requests are kept; 0 for ever. */
export const retentionQuery = queryOptions({
  queryKey: ["record-retention"],
  queryFn: async ({ signal }) => (await api("/api/admin/record/settings", { schema: retentionSchema, signal })).days,
});

export function useSaveRetention() {
  const client = useQueryClient();
  return useMutation({
    meta: { showsError: true },
    mutationFn: async (days: number) => (await api("/api/admin/record/settings", { method: "POST", body: { days }, schema: retentionSchema })).days,
    onSuccess: (days) => client.setQueryData(retentionQuery.queryKey, days),
  });
}

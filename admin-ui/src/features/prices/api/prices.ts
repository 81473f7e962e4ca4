import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import { z } from "zod";
import { api, doneSchema } from "@/lib/api";
import { cleanPrice, type Price, priceSchema } from "../model/price";

const ROOT = "/api/admin/charge";

export const pricesQuery = queryOptions({
  queryKey: ["prices"],
  queryFn: ({ signal }) =>
    api(`${ROOT}/list`, { schema: z.object({ data: z.array(priceSchema).nullish() }).transform(({ data }) => data ?? []), signal }),
});

export function useSavePrice() {
  const client = useQueryClient();
  return useMutation({
    meta: { showsError: true },
    mutationFn: (price: Price) => api(`${ROOT}/set`, { method: "POST", body: cleanPrice(price), schema: doneSchema }),
    onSuccess: () => client.invalidateQueries({ queryKey: pricesQuery.queryKey }),
  });
}

export function useRemovePrice() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (id: number) => api(`${ROOT}/delete/${id}`, { schema: doneSchema }),
    onSettled: () => client.invalidateQueries({ queryKey: pricesQuery.queryKey }),
  });
}

import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import { z } from "zod";
import { api, doneSchema } from "@/lib/api";
import { bodyOf, type CodeOrder, codeSchema } from "../model/code";
import type { CodeKind, CodeSearch } from "../model/search";

export const rootOf = (kind: CodeKind): string => `/api/admin/${kind === "gift" ? "invitation" : "redeem"}`;

/** A page of codes, newest first. */
export const codesQuery = ({ kind = "redeem", q, used, page = 1 }: CodeSearch) =>
  queryOptions({
    queryKey: ["codes", kind, q, used, page],
    queryFn: ({ signal }) =>
      api(`${rootOf(kind)}/list`, {
        query: { page: page - 1, search: q?.trim() || undefined, used: used === undefined ? undefined : String(used) },
        // What the server calls total is the number of pages.
        schema: z.object({ data: z.array(codeSchema).nullish(), total: z.number().catch(0) }).transform(({ data, total }) => ({ codes: data ?? [], pages: total })),
        signal,
      }),
    // The page before stays to be seen, but not codes of the other kind.
    placeholderData: (previous, query) => (query?.queryKey[1] === kind ? previous : undefined),
  });

const batchSchema = z.object({ data: z.array(z.string()), batch: z.string().catch("") });

export function useGenerate(kind: CodeKind) {
  const client = useQueryClient();
  return useMutation({
    meta: { showsError: true },
    mutationFn: async (order: CodeOrder) => {
      const { data, batch } = await api(`${rootOf(kind)}/generate`, { method: "POST", body: bodyOf(order, kind === "gift"), schema: batchSchema });
      return { codes: data, batch };
    },
    onSuccess: () => client.invalidateQueries({ queryKey: ["codes", kind] }),
  });
}

export function useRemoveCode(kind: CodeKind) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (code: string) => api(`${rootOf(kind)}/delete`, { method: "POST", body: { code }, schema: doneSchema }),
    onSettled: () => client.invalidateQueries({ queryKey: ["codes", kind] }),
  });
}

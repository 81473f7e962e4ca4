import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import { z } from "zod";
import { api, doneSchema } from "@/lib/api";
import { type Policy, policySchema } from "../model/policy";

const GROUPS = "/api/admin/charge/groups";
const POLICY = "/api/admin/billing/policy";

const groupsSchema = z
  .object({ data: z.record(z.string(), z.coerce.number()).nullish(), known: z.array(z.string()).nullish() })
  .transform(({ data, known }) => ({ multipliers: data ?? {}, known: known ?? [] }));
export type Groups = z.output<typeof groupsSchema>;

/** What members of user groups pay of the list price. */
export const groupsQuery = queryOptions({
  queryKey: ["price-groups"],
  queryFn: ({ signal }) => api(GROUPS, { schema: groupsSchema, signal }),
});

export function useSaveGroups() {
  const client = useQueryClient();
  return useMutation({
    meta: { showsError: true },
    mutationFn: (data: Readonly<Record<string, number>>) => api(GROUPS, { method: "POST", body: { data }, schema: doneSchema }),
    onSuccess: () => Promise.all([client.invalidateQueries({ queryKey: groupsQuery.queryKey }), client.invalidateQueries({ queryKey: ["prices", "versions"] })]),
  });
}

const policyAnswer = z.object({ data: policySchema });

/** What is charged when a call does not end well. */
export const policyQuery = queryOptions({
  queryKey: ["billing-policy"],
  queryFn: async ({ signal }) => (await api(POLICY, { schema: policyAnswer, signal })).data,
});

export function useSavePolicy() {
  const client = useQueryClient();
  return useMutation({
    meta: { showsError: true },
    mutationFn: async (policy: Policy) => (await api(POLICY, { method: "POST", body: policy, schema: policyAnswer })).data,
    onSuccess: (policy) => client.setQueryData(policyQuery.queryKey, policy),
  });
}

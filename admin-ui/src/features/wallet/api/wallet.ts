import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import { z } from "zod";
import { ApiError, api, doneSchema } from "@/lib/api";
import { type Plan, planSchema } from "@/lib/plans";
import { refusalOf, routesFor } from "../model/code";
import { subscriptionSchema } from "../model/subscription";

/** The plans that are sold, by level; none while plans are switched off. */
export const plansQuery = queryOptions({
  queryKey: ["plans", "sold"],
  queryFn: async ({ signal }): Promise<Plan[]> => {
    // Open to everybody; session tokens are refused below /v1.
    const plans = await api("/v1/plans", { schema: z.array(planSchema).nullish(), authenticated: false, signal });
    return (plans ?? []).toSorted((a, b) => a.level - b.level);
  },
});

export const subscriptionQuery = queryOptions({
  queryKey: ["subscription"],
  queryFn: ({ signal }) => api("/api/subscription", { schema: subscriptionSchema, signal }),
});

/** What a plan costs this user now, in credits. */
export const quoteQuery = (level: number, month: number) =>
  queryOptions({
    queryKey: ["subscription", "quote", level, month],
    queryFn: async ({ signal }) => (await api("/api/subscription/quote", { query: { level, month }, schema: z.object({ price: z.coerce.number() }), signal })).price,
    staleTime: 0,
    retry: false,
  });

/** What changes with the balance. */
function useMoved() {
  const client = useQueryClient();
  return () => Promise.all(["balance", "subscription", "records"].map((key) => client.invalidateQueries({ queryKey: [key] })));
}

export function useSubscribe() {
  return useMutation({
    meta: { showsError: true },
    mutationFn: (wish: { level: number; month: number }) => api("/api/subscribe", { method: "POST", body: wish, schema: doneSchema }),
    onSuccess: useMoved(),
  });
}

const usedSchema = z.object({ quota: z.coerce.number() });

/** Uses a code of either kind; answers how many credits it was. */
export function useRedeem() {
  return useMutation({
    meta: { showsError: true },
    mutationFn: async (code: string) => {
      const [first, second] = routesFor(code);
      const tryOn = async (route: string) => (await api(`/api/${route}`, { method: "POST", body: { code }, schema: usedSchema })).quota;
      try {
        return await tryOn(first);
      } catch (error) {
        if (error instanceof ApiError && error.kind === "refused" && refusalOf(error.message) === "unknown") {
          return tryOn(second);
        }
        throw error;
      }
    },
    onSuccess: useMoved(),
  });
}

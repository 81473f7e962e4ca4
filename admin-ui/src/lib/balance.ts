import { queryOptions } from "@tanstack/react-query";
import { z } from "zod";
import { api } from "./api";

/** What the signed-in user owns, in credits. */
export const balanceQuery = queryOptions({
  queryKey: ["balance"],
  queryFn: async ({ signal }) => (await api("/api/quota", { schema: z.object({ quota: z.coerce.number() }), signal })).quota,
  refetchInterval: 60_000,
});

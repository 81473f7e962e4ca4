import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import { z } from "zod";
import { api } from "@/lib/api";
import { type Report, reportSchema } from "../model/health";

const ROOT = "/api/admin/routing/health";

const EVERY_MS = 5_000;

/** How all channels stand, by their id; asked for again and again while the page is in sight. */
export const healthQuery = queryOptions({
  queryKey: ["channel-health"],
  queryFn: async ({ signal }): Promise<ReadonlyMap<number, Report>> => {
    const { channels } = await api(ROOT, { schema: z.object({ channels: z.array(reportSchema) }), signal });
    return new Map(channels.map((report) => [report.id, report]));
  },
  refetchInterval: EVERY_MS,
  staleTime: 0,
});

/** Ends all rests of a channel: the next call goes there again. */
export function useRevive() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (id: number) => api(`${ROOT}/${id}/revive`, { method: "POST", schema: reportSchema }),
    onSuccess: (report) => client.setQueryData(healthQuery.queryKey, (all) => all && new Map([...all, [report.id, report]])),
  });
}

import { type QueryClient, queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import { z } from "zod";
import { api, doneSchema } from "@/lib/api";
import { modelsQuery } from "@/lib/relay";
import { type Channel, channelSchema, NEW_ID } from "../model/channel";
import { healthQuery } from "./health";

const ROOT = "/api/admin/channel";

const listSchema = z.object({ data: z.array(channelSchema).nullish() }).transform(({ data }) => data ?? []);

export const channelsQuery = queryOptions({
  queryKey: ["channels"],
  queryFn: ({ signal }) => api(`${ROOT}/list`, { schema: listSchema, signal }),
});

/** After a change of a channel: what it was, what it offers and how it stands may all be different. */
async function refresh(client: QueryClient): Promise<void> {
  await Promise.all([channelsQuery.queryKey, modelsQuery.queryKey, healthQuery.queryKey].map((queryKey) => client.invalidateQueries({ queryKey })));
}

export function useSaveChannel() {
  const client = useQueryClient();
  return useMutation({
    meta: { showsError: true },
    mutationFn: (channel: Channel) =>
      api(channel.id === NEW_ID ? `${ROOT}/create` : `${ROOT}/update/${channel.id}`, { method: "POST", body: channel, schema: doneSchema }),
    onSuccess: () => refresh(client),
  });
}

export function useRemoveChannel() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (id: number) => api(`${ROOT}/delete/${id}`, { schema: doneSchema }),
    onSettled: () => refresh(client),
  });
}

/** Switches a channel on or off; shown at once and taken back if the server refuses. */
export function useSwitchChannel() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ id, on }: { id: number; on: boolean }) => api(`${ROOT}/${on ? "activate" : "deactivate"}/${id}`, { schema: doneSchema }),
    onMutate: async ({ id, on }) => {
      await client.cancelQueries({ queryKey: channelsQuery.queryKey });
      const before = client.getQueryData(channelsQuery.queryKey);
      client.setQueryData(channelsQuery.queryKey, (list) => list?.map((channel) => (channel.id === id ? { ...channel, state: on } : channel)));
      return { before };
    },
    onError: (_error, _variables, context) => client.setQueryData(channelsQuery.queryKey, context?.before),
    onSettled: () => refresh(client),
  });
}

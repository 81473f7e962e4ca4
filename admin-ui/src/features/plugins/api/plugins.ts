import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import { z } from "zod";
import { api } from "@/lib/api";
import { pluginListSchema } from "../model/plugin";

const ROOT = "/api/admin/plugins";

/** The stream that says what happens to plugins, as it happens. */
export const PLUGIN_EVENTS = `${ROOT}/events`;

export const pluginsQuery = queryOptions({
  queryKey: ["plugins"],
  queryFn: ({ signal }) => api(ROOT, { schema: pluginListSchema, signal }),
});

/** What can be done to an installed plugin. */
export type PluginAction = "enable" | "disable" | "rollback" | "undo" | "remove";

/** Answers of these routes are not looked into: the list and the event stream tell what came of it. */
const anything = z.unknown();

export function usePluginAction() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ id, action }: { id: string; action: PluginAction }) => {
      const path = `${ROOT}/${encodeURIComponent(id)}`;
      return action === "remove" ? api(path, { method: "DELETE", schema: anything }) : api(`${path}/${action}`, { method: "POST", schema: anything });
    },
    onSettled: () => client.invalidateQueries({ queryKey: pluginsQuery.queryKey }),
  });
}

export function useInstallPlugin() {
  const client = useQueryClient();
  return useMutation({
    meta: { showsError: true },
    mutationFn: (file: File) => {
      const form = new FormData();
      form.append("file", file, file.name);
      return api(ROOT, { method: "POST", form, schema: anything });
    },
    onSettled: () => client.invalidateQueries({ queryKey: pluginsQuery.queryKey }),
  });
}

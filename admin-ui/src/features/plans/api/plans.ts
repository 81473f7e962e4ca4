import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import { api, doneSchema } from "@/lib/api";
import { type Settings, settingsSchema } from "../model/settings";

export const planSettingsQuery = queryOptions({
  queryKey: ["plans", "settings"],
  queryFn: ({ signal }) => api("/api/admin/plan/view", { schema: settingsSchema, signal }),
});

export function useSavePlans() {
  const client = useQueryClient();
  return useMutation({
    meta: { showsError: true },
    mutationFn: (settings: Settings) => api("/api/admin/plan/update", { method: "POST", body: settings, schema: doneSchema }),
    onSuccess: () => client.invalidateQueries({ queryKey: ["plans"] }),
  });
}

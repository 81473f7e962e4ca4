import { useQuery } from "@tanstack/react-query";
import { usePreferences } from "@/lib/preferences";
import { modelsQuery } from "@/lib/relay";

/** The model that the next question goes to: the chosen one if it is still offered, else the first one offered. Null when there is none. */
export function useModel() {
  const chosen = usePreferences((now) => now.model);
  const models = useQuery(modelsQuery);
  const offered = models.data ?? [];
  const model = offered.some((candidate) => candidate.id === chosen) ? chosen : (offered[0]?.id ?? (models.data ? null : chosen));
  return { model, models };
}

import { keepPreviousData, queryOptions, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { z } from "zod";
import { api, ApiError } from "@/lib/api";
import { channelTypesQuery } from "@/lib/channel-types";
import { type Profile, type ProfileProblem, problemFrom, textAt } from "../model/profile";
import { familySchema, storedProfileSchema } from "../model/vendor";

const ROOT = "/api/admin/channel/profiles";

const addressOf = (id: string) => `${ROOT}/${encodeURIComponent(id)}`;

/** Answers of these routes are not looked into: the list is asked for anew. */
const anything = z.unknown();

const listSchema = z.object({
  families: z.array(familySchema).catch([]),
  profiles: z.array(storedProfileSchema),
});

export const profilesQuery = queryOptions({
  queryKey: ["profiles"],
  queryFn: ({ signal }) => api(ROOT, { schema: listSchema, signal }),
});

/** What is sent: a profile, and the family of channel types that is to understand it. */
export interface ProfileForm {
  readonly family: string;
  readonly body: Profile;
}

/** What the server refuses about a profile; null for an error of another kind. */
export function problemOf(error: unknown): ProfileProblem | null {
  if (!(error instanceof ApiError) || ![400, 409, 413, 422].includes(error.status)) {
    return null;
  }
  const parsed = z.object({ member: z.string().optional() }).safeParse(error.answer);
  return problemFrom(error.message, parsed.data?.member);
}

/** Has the server look at a profile without keeping it. The last result stays until the next one is there. */
export function useCheck(form: ProfileForm | null) {
  return useQuery({
    queryKey: ["profile-check", form],
    queryFn: async ({ signal }): Promise<ProfileProblem | null> => {
      try {
        await api(`${ROOT}/check`, { method: "POST", body: form, schema: anything, signal });
        return null;
      } catch (error) {
        const problem = problemOf(error);
        if (problem) {
          return problem;
        }
        throw error;
      }
    },
    enabled: form !== null,
    placeholderData: keepPreviousData,
    retry: false,
    staleTime: Infinity,
    gcTime: 60_000,
  });
}

function useRefresh() {
  const client = useQueryClient();
  return () =>
    Promise.all([client.invalidateQueries({ queryKey: profilesQuery.queryKey }), client.invalidateQueries({ queryKey: channelTypesQuery.queryKey })]);
}

export interface SavedForm extends ProfileForm {
  /** The revision that is replaced, 0 for a vendor that must not be there yet, null for whatever is there. */
  readonly revision: number | null;
}

/** Adds a vendor, or puts a newer version in the place of one. */
export function useSaveProfile() {
  const refresh = useRefresh();
  return useMutation({
    meta: { showsError: true },
    mutationFn: ({ family, body, revision }: SavedForm) =>
      api(addressOf(textAt(body, "/id")), {
        method: "PUT",
        body: { family, body },
        ...(revision === null ? {} : { headers: { "If-Match": `"${revision}"` } }),
        schema: anything,
      }),
    onSuccess: refresh,
  });
}

export function useRemoveProfile() {
  const refresh = useRefresh();
  return useMutation({
    meta: { showsError: true },
    mutationFn: ({ id, force }: { id: string; force: boolean }) =>
      api(addressOf(id), { method: "DELETE", schema: anything, ...(force ? { query: { force: "true" } } : {}) }),
    onSuccess: refresh,
  });
}

const channelNamesSchema = z
  .object({ data: z.array(z.object({ name: z.string().catch(""), type: z.string().catch("") })).nullish() })
  .transform(({ data }) => data ?? []);

/** The names of the channels that use a vendor. */
export const usersQuery = (id: string) =>
  queryOptions({
    queryKey: ["channels", "of", id],
    queryFn: ({ signal }) => api("/api/admin/channel/list", { schema: channelNamesSchema, signal }),
    select: (channels: z.output<typeof channelNamesSchema>) => channels.filter(({ type }) => type === id).map(({ name }) => name),
    staleTime: 0,
  });

import { MutationCache, notifyManager, QueryClient } from "@tanstack/react-query";
import i18next from "i18next";
import { ApiError } from "@/lib/api";
import { sayError } from "@/lib/say-error";
import { toasts } from "@/lib/toasts";

declare module "@tanstack/react-query" {
  interface Register {
    mutationMeta: {
      /** True where the screen shows the error itself, next to what caused it. */
      showsError?: boolean;
    };
  }
}

/** The cache of everything the server said. Mutations that fail say so in one place. */
export function createQueries(): QueryClient {
  // Results reach the screen in the frame they arrive in.
  notifyManager.setScheduler(queueMicrotask);
  return new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: 15_000,
        retry: (failures, error) => failures < 2 && error instanceof ApiError && (error.kind === "network" || error.kind === "failed"),
        networkMode: "always",
      },
      mutations: { networkMode: "always" },
    },
    mutationCache: new MutationCache({
      onError: (error, _variables, _result, mutation) => {
        if (!mutation.meta?.showsError) {
          toasts.show(sayError(error, i18next.t), "failed");
        }
      },
    }),
  });
}

import type { QueryClient } from "@tanstack/react-query";
import { z } from "zod";
import { api } from "@/lib/api";
import { session, useSession } from "@/lib/session";
import type { AppRouter } from "./router";

const stateSchema = z.object({ status: z.boolean(), user: z.string().default(""), admin: z.boolean().default(false) });

/** Asks the server who is signed in; a refusal ends the session, no answer leaves it as it is. */
async function verify(): Promise<void> {
  try {
    const state = await api("/api/state", { method: "POST", schema: stateSchema });
    session.describe(state.user, state.admin);
  } catch (error) {
    if (error instanceof Error && "kind" in error && error.kind === "refused") {
      session.close(true);
    }
  }
}

/**
 * Checks the session at the start, and acts when it changes: what was loaded for one user is not shown to the next, and a page that needs a
 * session gives way to the sign-in page.
 */
export function keepSession(queries: QueryClient, router: AppRouter): void {
  if (session.current().token) {
    void verify();
  }
  useSession.subscribe((now, before) => {
    if (now.token && now.doubts > before.doubts) {
      void verify();
    }
    if (now.mustChangePassword !== before.mustChangePassword) {
      void router.invalidate();
    }
    if (now.token !== before.token) {
      if (before.token) {
        queries.clear();
      }
      void router.invalidate();
    }
  });
}

import { z } from "zod";
import { api } from "@/lib/api";
import { session } from "@/lib/session";

const stateSchema = z.object({ status: z.boolean(), user: z.string().default(""), admin: z.boolean().default(false) });

/** Signs in and learns who that is. */
export async function signIn(username: string, password: string): Promise<void> {
  const answer = await api("/api/login", {
    method: "POST",
    body: { username, password },
    schema: z.object({ token: z.string().min(1), must_change_password: z.boolean().optional() }),
    authenticated: false,
  });
  const { token } = answer;
  const state = await api("/api/state", { method: "POST", schema: stateSchema, bearer: token });
  session.open(token, state.user || username, state.admin, answer.must_change_password ?? false);
}

/** Replaces one's own password. All sessions end with it; this one goes on with a new token. */
export async function changePassword(current: string, password: string): Promise<void> {
  const { token } = await api("/api/account/password", {
    method: "POST",
    body: { current, password },
    schema: z.object({ token: z.string().min(1) }),
  });
  const { user, admin } = session.current();
  session.open(token, user, admin);
}

import { z } from "zod";
import { api } from "@/lib/api";
import { session } from "@/lib/session";

const stateSchema = z.object({ status: z.boolean(), user: z.string().default(""), admin: z.boolean().default(false) });

/** Signs in and learns who that is. */
export async function signIn(username: string, password: string): Promise<void> {
  const { token } = await api("/api/login", {
    method: "POST",
    body: { username, password },
    schema: z.object({ token: z.string().min(1) }),
    authenticated: false,
  });
  const state = await api("/api/state", { method: "POST", schema: stateSchema, bearer: token });
  session.open(token, state.user || username, state.admin);
}

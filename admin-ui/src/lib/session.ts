import { create } from "zustand";
import { persist } from "zustand/middleware";

/** Who is signed in on this browser. The token is opaque to the application. */
export interface Session {
  token: string | null;
  user: string;
  admin: boolean;
  /** True while the password is one the server made: it has to be replaced before anything else. */
  mustChangePassword: boolean;
  /** Grows whenever an answer suggests that the session may have ended; whoever keeps the session looks into it. */
  doubts: number;
  /** True after the server refused a token that was thought to be good; the sign-in page explains it once. */
  expired: boolean;
}

const signedOut: Session = { token: null, user: "", admin: false, mustChangePassword: false, doubts: 0, expired: false };

export const SESSION_KEY = "patchbay.session";

export const useSession = create<Session>()(
  persist(() => signedOut, {
    name: SESSION_KEY,
    version: 1,
    partialize: ({ token, user, admin, mustChangePassword }) => ({ token, user, admin, mustChangePassword }),
  }),
);

export const session = {
  current: (): Session => useSession.getState(),
  open: (token: string, user: string, admin: boolean, mustChangePassword = false) =>
    useSession.setState({ ...signedOut, token, user, admin, mustChangePassword }, true),
  doubt: () => useSession.setState((now) => ({ doubts: now.doubts + 1 })),
  describe: (user: string, admin: boolean) => useSession.setState({ user, admin }),
  close: (expired = false) => useSession.setState({ ...signedOut, expired }, true),
};

/** Follows sign-in and sign-out in the browser's other tabs. */
export function followOtherTabs(): () => void {
  const onStorage = (event: StorageEvent) => {
    if (event.key === SESSION_KEY) {
      void useSession.persist.rehydrate();
    }
  };
  window.addEventListener("storage", onStorage);
  return () => window.removeEventListener("storage", onStorage);
}

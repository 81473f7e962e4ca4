import { getRouteApi, useRouter } from "@tanstack/react-router";
import { useEffect } from "react";
import { SignInPage } from "@/features/session";
import { useSession } from "@/lib/session";

const route = getRouteApi("/sign-in");

export function SignInRoute() {
  const { next } = route.useSearch();
  const router = useRouter();
  const ready = useSession((now) => now.token !== null && !now.mustChangePassword);
  useEffect(() => {
    if (ready) {
      // Only a path of this site: an address from elsewhere must not lead away after the sign-in.
      router.history.replace(next?.startsWith("/") && !next.startsWith("//") && !next.startsWith("/\\") ? next : "/");
    }
  }, [ready, next, router]);
  return <SignInPage />;
}

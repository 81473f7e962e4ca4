import { Outlet } from "@tanstack/react-router";
import { ChatProvider } from "@/features/chat/hooks/chat-context";
import { useSession } from "@/lib/session";
import { CommandPalette } from "./command-palette";

/** Around every page behind the sign-in. The chat service lives here, so that answers go on while the console is on screen. */
export function SignedInLayout() {
  const user = useSession((now) => now.user);
  return (
    <ChatProvider key={user} user={user}>
      <Outlet />
      <CommandPalette />
    </ChatProvider>
  );
}

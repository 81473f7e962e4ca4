import type { QueryClient } from "@tanstack/react-query";
import { createRootRouteWithContext, createRoute, createRouter, createBrowserHistory, lazyRouteComponent, Outlet, redirect, type RouterHistory } from "@tanstack/react-router";
import { z } from "zod";
import { ChatPage } from "@/features/chat";
import { codeSearch } from "@/features/codes/model/search";
import { recordSearch } from "@/features/requests/model/filters";
import { loadConsoleTexts } from "@/lib/i18n";
import { session } from "@/lib/session";
import { ChatLayout } from "./chat-layout";
import { CrashPage, NotFoundPage } from "./fallback-pages";
import { SignedInLayout } from "./signed-in-layout";
import { SignInRoute } from "./sign-in-route";

interface RouterContext {
  queries: QueryClient;
}

const rootRoute = createRootRouteWithContext<RouterContext>()({
  component: Outlet,
  notFoundComponent: NotFoundPage,
  errorComponent: CrashPage,
});

const signInRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/sign-in",
  validateSearch: z.object({ next: z.string().optional().catch(undefined) }),
  component: SignInRoute,
});

/** Everything behind the sign-in. */
const signedInRoute = createRoute({
  getParentRoute: () => rootRoute,
  id: "signed-in",
  beforeLoad: ({ location }) => {
    const { token, mustChangePassword } = session.current();
    if (!token || mustChangePassword) {
      throw redirect({ to: "/sign-in", search: location.href === "/" ? {} : { next: location.href } });
    }
  },
  component: SignedInLayout,
});

const chatRoute = createRoute({ getParentRoute: () => signedInRoute, id: "chat", component: ChatLayout });

const newChatRoute = createRoute({
  getParentRoute: () => chatRoute,
  path: "/",
  validateSearch: z.object({ q: z.string().max(20_000).optional().catch(undefined) }),
  component: function NewChat() {
    return <ChatPage question={newChatRoute.useSearch().q} />;
  },
});

const conversationRoute = createRoute({
  getParentRoute: () => chatRoute,
  path: "/c/$conversationId",
  component: function Conversation() {
    return <ChatPage conversationId={conversationRoute.useParams().conversationId} />;
  },
});

const walletRoute = createRoute({
  getParentRoute: () => chatRoute,
  path: "/wallet",
  validateSearch: recordSearch,
  component: lazyRouteComponent(() => import("./wallet-route"), "WalletRoute"),
});

/** A page of the console: it comes on demand, and its texts with it. Only what is loaded through here may use them. */
function consolePage<T extends Record<string, unknown>>(load: () => Promise<T>, name: keyof T & string) {
  return lazyRouteComponent(async () => {
    const [page] = await Promise.all([load(), loadConsoleTexts()]);
    return page;
  }, name);
}

const consoleRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: "/console",
  component: consolePage(() => import("./console-layout"), "ConsoleLayout"),
});

const consoleIndexRoute = createRoute({
  getParentRoute: () => consoleRoute,
  path: "/",
  beforeLoad: () => {
    throw redirect({ to: "/console/plugins" });
  },
});

const pluginsRoute = createRoute({
  getParentRoute: () => consoleRoute,
  path: "/plugins",
  component: consolePage(() => import("@/features/plugins"), "PluginsPage"),
});

const channelsRoute = createRoute({
  getParentRoute: () => consoleRoute,
  path: "/channels",
  // `add` is the type that a new channel is to have: the editor opens with it.
  validateSearch: z.object({
    q: z.string().optional().catch(undefined),
    attention: z.boolean().optional().catch(undefined),
    add: z.string().optional().catch(undefined),
  }),
  component: consolePage(() => import("@/features/channels"), "ChannelsPage"),
});

const routingRoute = createRoute({
  getParentRoute: () => consoleRoute,
  path: "/routing",
  // What is explained: a model, and for whom.
  validateSearch: z.object({ model: z.string().optional().catch(undefined), group: z.string().optional().catch(undefined) }),
  component: consolePage(() => import("@/features/routing"), "RoutingPage"),
});

const vendorsRoute = createRoute({
  getParentRoute: () => consoleRoute,
  path: "/vendors",
  validateSearch: z.object({ q: z.string().optional().catch(undefined), own: z.boolean().optional().catch(undefined) }),
  component: consolePage(() => import("@/features/vendors"), "VendorsPage"),
});

const pricesRoute = createRoute({
  getParentRoute: () => consoleRoute,
  path: "/prices",
  validateSearch: z.object({ q: z.string().optional().catch(undefined) }),
  component: consolePage(() => import("@/features/prices"), "PricesPage"),
});

const plansRoute = createRoute({
  getParentRoute: () => consoleRoute,
  path: "/plans",
  component: consolePage(() => import("@/features/plans"), "PlansPage"),
});

const codesRoute = createRoute({
  getParentRoute: () => consoleRoute,
  path: "/codes",
  validateSearch: codeSearch,
  component: consolePage(() => import("@/features/codes"), "CodesPage"),
});

const requestsRoute = createRoute({
  getParentRoute: () => consoleRoute,
  path: "/requests",
  validateSearch: recordSearch,
  component: consolePage(() => import("@/features/requests"), "RequestsPage"),
});

const routeTree = rootRoute.addChildren([
  signInRoute,
  signedInRoute.addChildren([
    chatRoute.addChildren([newChatRoute, conversationRoute, walletRoute]),
    consoleRoute.addChildren([consoleIndexRoute, pluginsRoute, vendorsRoute, channelsRoute, routingRoute, requestsRoute, pricesRoute, plansRoute, codesRoute]),
  ]),
]);

/** The addresses of the application; `history` is the browser's own unless a test brings another. */
export function createAppRouter(queries: QueryClient, history: RouterHistory = createBrowserHistory()) {
  return createRouter({ routeTree, history, context: { queries }, defaultPreload: "intent", scrollRestoration: false });
}

export type AppRouter = ReturnType<typeof createAppRouter>;

declare module "@tanstack/react-router" {
  interface Register {
    router: AppRouter;
  }
}

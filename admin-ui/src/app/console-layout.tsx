import { Link, Outlet } from "@tanstack/react-router";
import { ArrowLeft, Cable, Coins, type LucideIcon, Lock, Package, Plug, ReceiptText, Store, Ticket, Waypoints } from "lucide-react";
import { useTranslation } from "react-i18next";
import { Brand } from "@/components/brand";
import { Notice } from "@/components/notice";
import { closeDrawer, Shell, SidebarToggle } from "@/components/shell";
import { Button } from "@/components/ui/button";
import { useSession } from "@/lib/session";
import { AccountMenu } from "./account-menu";

const pages = [
  { to: "/console/plugins", name: "plugins", icon: Plug },
  { to: "/console/vendors", name: "vendors", icon: Store },
  { to: "/console/channels", name: "channels", icon: Cable },
  { to: "/console/routing", name: "routing", icon: Waypoints },
  { to: "/console/requests", name: "requests", icon: ReceiptText },
  { to: "/console/prices", name: "prices", icon: Coins },
  { to: "/console/plans", name: "plans", icon: Package },
  { to: "/console/codes", name: "codes", icon: Ticket },
] as const satisfies ReadonlyArray<{ to: string; name: string; icon: LucideIcon }>;

/** The administrators' area. Loaded on demand together with its pages. */
export function ConsoleLayout() {
  const { t } = useTranslation();
  const user = useSession((now) => now.user);
  const admin = useSession((now) => now.admin);
  if (!admin) {
    return (
      <main className="grid h-dvh place-items-center">
        <Notice
          icon={Lock}
          title={t("console.deniedTitle")}
          action={
            <Button asChild>
              <Link to="/">{t("console.toChat")}</Link>
            </Button>
          }
        >
          {t("console.deniedText", { user })}
        </Notice>
      </main>
    );
  }
  return (
    <Shell label={t("console.navigation")} sidebar={<ConsoleSidebar />}>
      <Outlet />
    </Shell>
  );
}

function ConsoleSidebar() {
  const { t } = useTranslation();
  return (
    <>
      <div className="flex items-center justify-between py-2.5 pr-2 pl-4">
        <Link to="/" onClick={closeDrawer} className="rounded-control">
          <Brand />
        </Link>
        <SidebarToggle inside />
      </div>
      <nav aria-label={t("console.navigation")} className="flex flex-1 flex-col gap-0.5 px-2.5">
        <Link
          to="/"
          onClick={closeDrawer}
          className="mb-3 flex h-9 items-center gap-2.5 rounded-control px-2 text-sm text-muted hover:bg-hover hover:text-ink pointer-coarse:h-11"
        >
          <ArrowLeft className="size-4" aria-hidden />
          {t("console.toChat")}
        </Link>
        {pages.map(({ to, name, icon: Icon }) => (
          <Link
            key={to}
            to={to}
            onClick={closeDrawer}
            className="flex h-9 items-center gap-2.5 rounded-control px-2 text-sm font-medium text-muted hover:bg-hover hover:text-ink data-[status=active]:bg-hover data-[status=active]:text-ink data-[status=active]:[&_svg]:text-accent pointer-coarse:h-11"
            activeOptions={{ includeSearch: false }}
          >
            <Icon className="size-4" aria-hidden />
            {t(`console.${name}`)}
          </Link>
        ))}
      </nav>
      <div className="border-t border-line p-2">
        <AccountMenu />
      </div>
    </>
  );
}

import { Menu, PanelLeft } from "lucide-react";
import { type ReactNode, useEffect } from "react";
import { useTranslation } from "react-i18next";
import { create } from "zustand";
import { useIsPhone, useOnline } from "@/lib/browser";
import { preferences, usePreferences } from "@/lib/preferences";
import { IconButton } from "./ui/icon-button";
import { Sheet } from "./ui/dialog";

const useDrawer = create(() => ({ open: false }));

export const closeDrawer = () => useDrawer.setState({ open: false });

/** Opens or folds the sidebar, whichever form it has on this screen. */
export function toggleSidebar(phone: boolean): void {
  if (phone) {
    useDrawer.setState((now) => ({ open: !now.open }));
  } else {
    preferences.toggleSidebar();
  }
}

/** A sidebar beside the content; on a phone the sidebar is a drawer. */
export function Shell({ sidebar, label, children }: { sidebar: ReactNode; label: string; children: ReactNode }) {
  const { t } = useTranslation();
  const phone = useIsPhone();
  const online = useOnline();
  const open = usePreferences((now) => now.sidebarOpen);
  const { open: drawer } = useDrawer();
  useEffect(() => closeDrawer, []);
  return (
    <div className="flex h-dvh flex-col">
      {!online && (
        <p role="status" className="border-b border-line bg-warn-soft px-4 py-1.5 text-center text-sm text-warn">
          {t("shell.offline")}
        </p>
      )}
      <div className="flex min-h-0 flex-1">
        {phone ? (
          <Sheet open={drawer} onOpenChange={(next) => useDrawer.setState({ open: next })} title={label} className="bg-canvas">
            {sidebar}
          </Sheet>
        ) : (
          open && (
            <aside aria-label={label} className="flex w-72 shrink-0 flex-col border-r border-line bg-canvas">
              {sidebar}
            </aside>
          )
        )}
        <div className="flex min-w-0 flex-1 flex-col">{children}</div>
      </div>
    </div>
  );
}

/** The button that brings the sidebar back; `inside` is the one within it, which folds it away. */
export function SidebarToggle({ inside = false }: { inside?: boolean }) {
  const { t } = useTranslation();
  const phone = useIsPhone();
  const open = usePreferences((now) => now.sidebarOpen);
  if (!inside && !phone && open) {
    return null;
  }
  return (
    <IconButton label={inside ? t("shell.foldSidebar") : t("shell.openSidebar")} chord="mod+shift+s" onClick={() => toggleSidebar(phone)}>
      {phone && !inside ? <Menu /> : <PanelLeft />}
    </IconButton>
  );
}

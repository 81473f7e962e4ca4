import type { ReactNode } from "react";
import { useTitle } from "@/lib/browser";
import { SidebarToggle } from "./shell";

/** The frame of a console page: title, what the page is for, its actions, its content. */
export function Page({ title, lead, actions, children }: { title: string; lead: ReactNode; actions?: ReactNode; children: ReactNode }) {
  useTitle(title);
  return (
    <main className="min-h-0 flex-1 overflow-y-auto scroll-thin">
      <div className="mx-auto max-w-6xl px-4 pb-16 sm:px-8">
        <div className="sticky top-0 z-10 -mx-2 flex h-13 items-center bg-paper/90 backdrop-blur-sm empty:h-4 sm:empty:h-9">
          <SidebarToggle />
        </div>
        <header className="flex flex-wrap items-end justify-between gap-x-6 gap-y-4 pb-6">
          <div className="min-w-0">
            <h1 className="text-2xl font-semibold tracking-tight">{title}</h1>
            <p className="mt-1 max-w-2xl text-base text-muted">{lead}</p>
          </div>
          {actions && <div className="flex flex-wrap items-center gap-2">{actions}</div>}
        </header>
        {children}
      </div>
    </main>
  );
}

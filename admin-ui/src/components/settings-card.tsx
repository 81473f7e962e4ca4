import type { ReactNode } from "react";

interface SettingsCardProps {
  title: string;
  lead?: string;
  /** What can be done beside the title. */
  actions?: ReactNode;
  children: ReactNode;
  /** The row of buttons at the end. */
  footer?: ReactNode;
}

/** One subject of a page: what it is about, and below it what can be done. */
export function SettingsCard({ title, lead, actions, children, footer }: SettingsCardProps) {
  return (
    <section className="rounded-panel border border-line bg-raised">
      <header className="flex flex-wrap items-start justify-between gap-x-6 gap-y-3 px-5 pt-4 sm:px-6 sm:pt-5">
        <div className="min-w-0">
          <h2 className="text-xl font-semibold tracking-tight">{title}</h2>
          {lead && <p className="mt-0.5 max-w-2xl text-sm text-pretty text-muted">{lead}</p>}
        </div>
        {actions}
      </header>
      <div className="px-5 pt-4 pb-5 sm:px-6 sm:pb-6">{children}</div>
      {footer && <footer className="flex flex-wrap items-center justify-end gap-2 border-t border-line px-5 py-3 sm:px-6">{footer}</footer>}
    </section>
  );
}

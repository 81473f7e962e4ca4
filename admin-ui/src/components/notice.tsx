import type { LucideIcon } from "lucide-react";
import type { ReactNode } from "react";
import { cn } from "@/lib/cn";

interface NoticeProps {
  icon: LucideIcon;
  title: string;
  children?: ReactNode;
  /** The one next step. */
  action?: ReactNode;
  tone?: "plain" | "danger";
  className?: string;
}

/** Fills a region that has nothing else to show: empty, failed, not allowed, not found. */
export function Notice({ icon: Icon, title, children, action, tone = "plain", className }: NoticeProps) {
  return (
    <div role={tone === "danger" ? "alert" : undefined} className={cn("mx-auto flex max-w-md flex-col items-center px-6 py-14 text-center", className)}>
      <span
        className={cn(
          "mb-4 grid size-11 place-items-center rounded-xl border",
          tone === "danger" ? "border-danger/25 bg-danger-soft text-danger" : "border-line bg-sunken text-muted",
        )}
      >
        <Icon className="size-5" aria-hidden />
      </span>
      <h2 className="text-xl font-semibold tracking-tight">{title}</h2>
      {children && <div className="mt-1.5 text-base text-muted">{children}</div>}
      {action && <div className="mt-5 flex flex-wrap justify-center gap-2">{action}</div>}
    </div>
  );
}

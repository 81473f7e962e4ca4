import { cn } from "@/lib/cn";
import type { Condition } from "../model/plugin";

const ring: Record<Condition, string> = {
  serving: "stroke-cable",
  swapping: "stroke-cable",
  changing: "stroke-warn-mark animate-breathe",
  stopping: "stroke-warn-mark",
  off: "stroke-line-strong",
  failed: "stroke-danger",
};

const plug: Record<Condition, string> = {
  serving: "fill-cable",
  swapping: "fill-cable",
  changing: "fill-transparent",
  stopping: "fill-warn-mark",
  off: "fill-transparent",
  failed: "fill-transparent",
};

/** A socket of the patch field: plugged when the plugin takes calls, empty when it does not. Says nothing by itself; a badge stands beside it. */
export function Port({ condition, className }: { condition: Condition; className?: string }) {
  return (
    <svg viewBox="0 0 36 36" aria-hidden className={cn("size-9 shrink-0", className)} fill="none">
      <rect x="0.5" y="0.5" width="35" height="35" rx="9" className="fill-sunken stroke-line" />
      <circle cx="18" cy="18" r="9.25" className={ring[condition]} strokeWidth="2.5" {...(condition === "swapping" ? { strokeDasharray: "44 14.1" } : {})} />
      <circle cx="18" cy="18" r="4.25" className={plug[condition]} />
      {condition === "failed" && <path d="m14.5 14.5 7 7m0-7-7 7" className="stroke-danger" strokeWidth="2.25" strokeLinecap="round" />}
    </svg>
  );
}

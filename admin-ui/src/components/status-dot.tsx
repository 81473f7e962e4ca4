import { cn } from "@/lib/cn";

/** How something stands. Words belong beside it: colour alone tells nobody enough. */
export type DotTone = "ok" | "warn" | "danger" | "off";

const tones: Record<DotTone, string> = {
  ok: "bg-ok",
  warn: "bg-warn-mark",
  danger: "bg-danger-fill",
  // A ring: what is off or not known is no shade of well.
  off: "border-2 border-line-strong",
};

export function StatusDot({ tone, pulse = false, className }: { tone: DotTone; pulse?: boolean; className?: string }) {
  return <span aria-hidden className={cn("inline-block size-2.5 shrink-0 rounded-full", tones[tone], pulse && "animate-breathe", className)} />;
}

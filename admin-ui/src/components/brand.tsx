import { cn } from "@/lib/cn";

/** The mark: one patch cable between two sockets. */
export function BrandMark({ className }: { className?: string }) {
  return (
    <svg viewBox="0 0 24 24" fill="none" aria-hidden className={cn("size-6", className)}>
      <path d="M6 7.2c0 8.2 12 1.4 12 9.6" className="stroke-cable" strokeWidth="2.2" strokeLinecap="round" />
      <circle cx="6" cy="6" r="2.7" className="fill-canvas stroke-ink" strokeWidth="1.7" />
      <circle cx="18" cy="18" r="2.7" className="fill-canvas stroke-ink" strokeWidth="1.7" />
    </svg>
  );
}

export function Brand({ className }: { className?: string }) {
  return (
    <span className={cn("flex items-center gap-2 text-base font-semibold tracking-tight", className)}>
      <BrandMark />
      <span translate="no">{"Patchbay"}</span>
    </span>
  );
}

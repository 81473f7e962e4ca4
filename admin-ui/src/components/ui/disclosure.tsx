import { ChevronRight } from "lucide-react";
import { type ReactNode, useEffect, useState } from "react";

interface DisclosureProps {
  label: string;
  /** What is said of the inside while it is folded: how much of it is in use. */
  aside?: ReactNode;
  /** Opens it when this becomes true; it is never closed under somebody's hand. */
  wanted: boolean;
  children: ReactNode;
}

/** What most people never need, behind one line. */
export function Disclosure({ label, aside, wanted, children }: DisclosureProps) {
  const [open, setOpen] = useState(wanted);
  useEffect(() => {
    if (wanted) {
      setOpen(true);
    }
  }, [wanted]);
  return (
    <details open={open} onToggle={(event) => setOpen(event.currentTarget.open)} className="group rounded-panel border border-line">
      <summary className="flex cursor-pointer items-center gap-2 rounded-panel px-4 py-3 text-sm font-medium pointer-coarse:min-h-11 [&::-webkit-details-marker]:hidden">
        <ChevronRight className="size-4 shrink-0 text-muted transition-transform group-open:rotate-90" aria-hidden />
        <span className="min-w-0 flex-1">{label}</span>
        {aside}
      </summary>
      <div className="flex flex-col gap-5 border-t border-line px-4 py-4">{children}</div>
    </details>
  );
}

import { ChevronRight } from "lucide-react";
import { type ReactNode, useEffect, useState } from "react";

interface DisclosureProps {
  label: string;
  /** Opens it when this becomes true; it is never closed under somebody's hand. */
  wanted: boolean;
  children: ReactNode;
}

/** What most people never need, behind one line. */
export function Disclosure({ label, wanted, children }: DisclosureProps) {
  const [open, setOpen] = useState(wanted);
  useEffect(() => {
    if (wanted) {
      setOpen(true);
    }
  }, [wanted]);
  return (
    <details open={open} onToggle={(event) => setOpen(event.currentTarget.open)} className="group rounded-panel border border-line">
      <summary className="flex cursor-pointer items-center gap-2 rounded-panel px-4 py-3 text-sm font-medium [&::-webkit-details-marker]:hidden">
        <ChevronRight className="size-4 text-muted transition-transform group-open:rotate-90" aria-hidden />
        {label}
      </summary>
      <div className="flex flex-col gap-5 border-t border-line px-4 py-4">{children}</div>
    </details>
  );
}

import { useTranslation } from "react-i18next";
import { cn } from "@/lib/cn";
import type { LiveState } from "@/lib/follow";

/** Whether what is on screen is fed by the server as it happens. */
export function LiveSign({ state }: { state: LiveState }) {
  const { t } = useTranslation();
  return (
    <span role="status" className="inline-flex items-center gap-2 text-sm text-muted">
      <span aria-hidden className={cn("size-2 rounded-full", state === "live" ? "bg-cable" : "animate-breathe bg-warn-mark")} />
      {t(`plugins.live.${state}`)}
    </span>
  );
}

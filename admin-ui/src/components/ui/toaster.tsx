import { CircleAlert, CircleCheck, X } from "lucide-react";
import { useTranslation } from "react-i18next";
import { toasts, useToasts } from "@/lib/toasts";
import { Button } from "./button";
import { IconButton } from "./icon-button";

/** Short notices at the top, where they cover neither the composer nor a dialog's buttons; read out by screen readers as they come. */
export function Toaster() {
  const { t } = useTranslation();
  const { toasts: shown } = useToasts();
  return (
    <section
      aria-label={t("common.notices")}
      aria-live="polite"
      className="pointer-events-none fixed inset-x-3 top-3 z-60 flex flex-col items-center gap-2"
    >
      {shown.map((toast) => (
        <div
          key={toast.id}
          className="pointer-events-auto flex w-full max-w-sm animate-in items-center gap-2.5 rounded-panel border border-line bg-raised py-2 pr-2 pl-3.5 text-sm shadow-pop sm:w-auto"
        >
          {toast.tone === "done" && <CircleCheck className="size-4 shrink-0 text-ok" aria-hidden />}
          {toast.tone === "failed" && <CircleAlert className="size-4 shrink-0 text-danger" aria-hidden />}
          <span className="min-w-0 flex-1 py-1 [overflow-wrap:anywhere]">{toast.text}</span>
          {toast.action && (
            <Button
              size="sm"
              variant="ghost"
              className="text-accent-ink"
              onClick={() => {
                toast.action?.run();
                toasts.dismiss(toast.id);
              }}
            >
              {toast.action.label}
            </Button>
          )}
          <IconButton label={t("common.dismiss")} size="sm" onClick={() => toasts.dismiss(toast.id)}>
            <X />
          </IconButton>
        </div>
      ))}
    </section>
  );
}

import { CircleAlert, WifiOff } from "lucide-react";
import { useTranslation } from "react-i18next";
import { ApiError } from "@/lib/api";
import { sayError } from "@/lib/say-error";
import { Notice } from "./notice";
import { Button } from "./ui/button";

/** What a page shows when what it is about could not be loaded. */
export function QueryError({ error, onRetry, title }: { error: unknown; onRetry: () => void; title?: string }) {
  const { t } = useTranslation();
  const network = error instanceof ApiError && error.kind === "network";
  return (
    <Notice
      icon={network ? WifiOff : CircleAlert}
      tone="danger"
      title={title ?? t("errors.loadTitle")}
      action={<Button onClick={onRetry}>{t("common.retry")}</Button>}
    >
      {sayError(error, t)}
    </Notice>
  );
}

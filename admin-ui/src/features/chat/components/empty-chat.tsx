import { Cable, Unplug } from "lucide-react";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { BrandMark } from "@/components/brand";
import { Notice } from "@/components/notice";
import { QueryError } from "@/components/query-error";
import { Button } from "@/components/ui/button";
import { useSession } from "@/lib/session";
import { useModel } from "../hooks/use-model";

/** What stands above the composer before the first question: a greeting, or why nothing can be asked yet. */
export function EmptyChat() {
  const { t } = useTranslation();
  const admin = useSession((now) => now.admin);
  const { models } = useModel();
  if (models.isError && !models.data) {
    return <QueryError error={models.error} title={t("models.loadFailed")} onRetry={() => void models.refetch()} />;
  }
  if (models.data?.length === 0) {
    return (
      <Notice
        icon={Unplug}
        title={t("empty.noModelsTitle")}
        action={
          admin && (
            <Button asChild variant="primary">
              <Link to="/console/channels">
                <Cable aria-hidden />
                {t("empty.addChannel")}
              </Link>
            </Button>
          )
        }
      >
        {admin ? t("empty.noModelsAdmin") : t("empty.noModelsUser")}
      </Notice>
    );
  }
  return (
    <div className="flex flex-col items-center px-6 pb-7 text-center">
      <BrandMark className="mb-4 size-9" />
      <h1 className="text-3xl font-semibold tracking-tight text-balance">{t("empty.greeting")}</h1>
    </div>
  );
}

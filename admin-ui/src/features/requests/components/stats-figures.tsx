import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { Figure, Figures } from "@/components/figures";
import { Alert, AlertButton } from "@/components/ui/alert";
import { Skeleton } from "@/components/ui/skeleton";
import { useFormats } from "@/lib/format";
import { sayError } from "@/lib/say-error";
import { statsQuery } from "../api/records";

/** What was used today, this month and in the last minute. */
export function StatsFigures({ user, scope }: { user?: number | undefined; scope: "all" | "mine" }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const stats = useQuery(statsQuery(scope === "mine" ? { self: true } : user === undefined ? {} : { user_id: user }));
  if (stats.isError && !stats.data) {
    return <Alert action={<AlertButton onClick={() => void stats.refetch()}>{t("common.retry")}</AlertButton>}>{sayError(stats.error, t)}</Alert>;
  }
  if (!stats.data) {
    return (
      <div role="status" aria-label={t("common.loading")} className="flex flex-wrap gap-x-10 gap-y-4">
        {[0, 1, 2].map((figure) => (
          <Skeleton key={figure} className="h-17 w-28" />
        ))}
      </div>
    );
  }
  const { data } = stats;
  const requests = (count: number) => t("record.stats.requests", { count, figure: formats.integer(count) });
  return (
    <Figures>
      <Figure term={t("record.stats.today")} more={requests(data.request_today)}>
        {formats.credits(data.billing_today)}
      </Figure>
      <Figure term={t("record.stats.month")} more={requests(data.request_month)}>
        {formats.credits(data.billing_month)}
      </Figure>
      {scope === "all" && (
        <Figure term={t("record.stats.minute")} more={t("record.stats.tokens", { count: data.tpm, figure: formats.compact(data.tpm) })}>
          {formats.integer(data.rpm)}
        </Figure>
      )}
    </Figures>
  );
}

import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Figure, Figures } from "@/components/figures";
import { QueryError } from "@/components/query-error";
import { SettingsCard } from "@/components/settings-card";
import { Button } from "@/components/ui/button";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { Skeleton } from "@/components/ui/skeleton";
import { useFormats } from "@/lib/format";
import { toasts } from "@/lib/toasts";
import { cacheQuery, useClearCache } from "../api/cache";
import { type Cache, hitRate, sizeOf } from "../model/cache";
import { CacheForm } from "./cache-form";

/** Answers that are given again: for which models, how long, and what comes of it. */
export function CacheCard() {
  const { t } = useTranslation();
  const cache = useQuery(cacheQuery);
  if (cache.data) {
    return <CacheForm cache={cache.data} figures={<CacheFigures cache={cache.data} />} />;
  }
  return (
    <SettingsCard title={t("routing.cache.title")} lead={t("routing.cache.lead")}>
      {cache.isError ? (
        <QueryError error={cache.error} onRetry={() => void cache.refetch()} />
      ) : (
        <div role="status" aria-label={t("common.loading")} className="flex flex-col gap-4">
          <Skeleton className="h-12 w-full max-w-md" />
          <Skeleton className="h-48 rounded-control" />
        </div>
      )}
    </SettingsCard>
  );
}

function CacheFigures({ cache }: { cache: Cache }) {
  const { t, i18n } = useTranslation();
  const formats = useFormats();
  const [asking, setAsking] = useState(false);
  const clear = useClearCache();
  const rate = hitRate(cache);
  const { figure, unit } = sizeOf(cache.bytes);
  const size = new Intl.NumberFormat(i18n.language, { style: "unit", unit, unitDisplay: "short", maximumFractionDigits: 1 }).format(figure);
  return (
    <div className="flex flex-wrap items-end gap-x-8 gap-y-3">
      <Figures>
        <Figure term={t("routing.cache.rate")} more={t("routing.cache.ofCalls", { count: cache.hits + cache.misses, figure: formats.compact(cache.hits + cache.misses) })}>
          {rate === null ? "–" : formats.percent(rate)}
        </Figure>
        <Figure term={t("routing.cache.kept")} more={size}>
          {formats.integer(cache.entries)}
        </Figure>
      </Figures>
      <Button size="sm" className="ml-auto" disabled={cache.entries === 0} onClick={() => setAsking(true)}>
        {t("routing.cache.clear")}
      </Button>
      <ConfirmDialog
        open={asking}
        onOpenChange={setAsking}
        title={t("routing.cache.clearTitle")}
        confirm={t("routing.cache.clear")}
        busy={clear.isPending}
        onConfirm={() =>
          clear.mutate(undefined, {
            onSuccess: () => toasts.show(t("routing.cache.cleared"), "done"),
            onSettled: () => setAsking(false),
          })
        }
      >
        {t("routing.cache.clearText")}
      </ConfirmDialog>
    </div>
  );
}

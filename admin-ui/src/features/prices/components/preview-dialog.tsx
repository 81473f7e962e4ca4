import { useQuery } from "@tanstack/react-query";
import { CircleCheck } from "lucide-react";
import { useId, useState } from "react";
import { useTranslation } from "react-i18next";
import { QueryError } from "@/components/query-error";
import { Alert } from "@/components/ui/alert";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { FlagField } from "@/components/ui/flag-field";
import { Skeleton } from "@/components/ui/skeleton";
import { sayError } from "@/lib/say-error";
import { toasts } from "@/lib/toasts";
import { previewQuery, useTakeOver } from "../api/imports";
import { changeRows } from "../model/changes";
import type { Price } from "../model/price";
import { ChangesTable } from "./changes-table";

interface PreviewDialogProps {
  /** The prices to take over. */
  data: readonly Price[];
  /** Where they are from. */
  source: string;
  onBack: () => void;
  onClose: () => void;
}

/** Shows what taking over a price list would do before it is done. */
export function PreviewDialog({ data, source, onBack, onClose }: PreviewDialogProps) {
  const { t } = useTranslation();
  const token = useId();
  const [overwrite, setOverwrite] = useState(false);
  const preview = useQuery(previewQuery(token, data, overwrite));
  const takeOver = useTakeOver();
  const models = new Set(data.flatMap((price) => price.models)).size;
  const affected = preview.data?.affected ?? 0;
  const submit = () =>
    takeOver.mutate(
      { overwrite, data },
      {
        onSuccess: () => {
          toasts.show(t("prices.preview.done", { count: affected }), "done");
          onClose();
        },
      },
    );

  return (
    <Dialog
      open
      widest
      onOpenChange={(open) => !open && onClose()}
      title={t("prices.preview.title")}
      description={t("prices.preview.lead", { count: models, source })}
      footer={
        <>
          <Button onClick={onBack}>{t("prices.preview.back")}</Button>
          <Button variant={overwrite ? "danger" : "primary"} disabled={affected === 0 || preview.isFetching} busy={takeOver.isPending} onClick={submit}>
            {t(overwrite ? "prices.preview.overwriteNow" : "prices.preview.add", { count: affected })}
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-4 pb-2">
        {takeOver.isError && <Alert>{sayError(takeOver.error, t)}</Alert>}
        <FlagField label={t("prices.preview.overwrite")} hint={t("prices.preview.overwriteHint")} on={overwrite} onChange={setOverwrite} />
        {preview.isPending && (
          <div role="status" aria-label={t("common.loading")} className="flex flex-col gap-3">
            <Skeleton className="h-5 w-64" />
            <Skeleton className="h-48 rounded-control" />
          </div>
        )}
        {preview.isError && <QueryError error={preview.error} onRetry={() => void preview.refetch()} />}
        {preview.data && (
          <>
            <p role="status" className="flex flex-wrap gap-x-5 gap-y-1 text-sm text-muted tabular-nums">
              <span>{t("prices.preview.changed", { count: preview.data.changed.length })}</span>
              <span>{t("prices.preview.added", { count: preview.data.added.length })}</span>
              {preview.data.removed.length > 0 && <span className="text-danger">{t("prices.preview.removed", { count: preview.data.removed.length })}</span>}
              <span>{t("prices.preview.unchanged", { count: preview.data.unchanged })}</span>
            </p>
            {affected > 0 ? (
              <ChangesTable rows={changeRows(preview.data)} />
            ) : (
              <p className="flex items-center gap-2.5 rounded-control bg-sunken px-4 py-3 text-sm">
                <CircleCheck className="size-4 shrink-0 text-ok" aria-hidden />
                {t(overwrite ? "prices.preview.same" : "prices.preview.nothingNew")}
              </p>
            )}
          </>
        )}
      </div>
    </Dialog>
  );
}

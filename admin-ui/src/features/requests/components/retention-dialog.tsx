import { useQuery } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { NumberField } from "@/components/number-field";
import { QueryError } from "@/components/query-error";
import { Alert } from "@/components/ui/alert";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { FlagField } from "@/components/ui/flag-field";
import { Skeleton } from "@/components/ui/skeleton";
import { useFormats } from "@/lib/format";
import { sayError } from "@/lib/say-error";
import { toasts } from "@/lib/toasts";
import { retentionQuery, useSaveRetention } from "../api/records";

const FORM = "retention";
const USUAL_DAYS = 90;
const MOST_DAYS = 3_650;

/** For how long requests are kept. */
export function RetentionDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const retention = useQuery(retentionQuery);
  const save = useSaveRetention();
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={t("requests.retention.title")}
      description={t("requests.retention.lead")}
      footer={
        <>
          <Button onClick={onClose}>{t("common.cancel")}</Button>
          <Button type="submit" form={FORM} variant="primary" disabled={retention.data === undefined} busy={save.isPending}>
            {t("common.save")}
          </Button>
        </>
      }
    >
      {retention.isPending && <Skeleton className="mb-2 h-24 rounded-control" />}
      {retention.isError && retention.data === undefined && <QueryError error={retention.error} onRetry={() => void retention.refetch()} />}
      {save.isError && <Alert>{sayError(save.error, t)}</Alert>}
      {retention.data !== undefined && (
        <RetentionForm
          days={retention.data}
          onSave={(days) =>
            save.mutate(days, {
              onSuccess: () => {
                toasts.show(t("requests.retention.saved"), "done");
                onClose();
              },
            })
          }
        />
      )}
    </Dialog>
  );
}

function RetentionForm({ days, onSave }: { days: number; onSave: (days: number) => void }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const [ever, setEver] = useState(days === 0);
  const [typed, setTyped] = useState(String(days || USUAL_DAYS));
  const figure = Number(typed);
  const bad = !ever && (typed.trim() === "" || !Number.isInteger(figure) || figure < 1 || figure > MOST_DAYS);
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    if (bad) {
      event.currentTarget.querySelector<HTMLElement>("[aria-invalid]")?.focus();
    } else {
      onSave(ever ? 0 : figure);
    }
  };
  return (
    <form id={FORM} noValidate className="flex flex-col gap-4 pt-1 pb-2" onSubmit={submit}>
      <FlagField label={t("requests.retention.ever")} on={ever} onChange={setEver} />
      {!ever && (
        <NumberField
          label={t("requests.retention.days")}
          unit={t("units.days")}
          value={typed}
          error={bad ? t("requests.retention.bad", { most: formats.integer(MOST_DAYS) }) : undefined}
          onChange={setTyped}
        />
      )}
    </form>
  );
}

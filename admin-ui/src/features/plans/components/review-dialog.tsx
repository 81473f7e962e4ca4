import { useTranslation } from "react-i18next";
import { Alert } from "@/components/ui/alert";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { sayError } from "@/lib/say-error";
import { toasts } from "@/lib/toasts";
import { useSavePlans } from "../api/plans";
import { useChangeWords } from "../hooks/use-change-words";
import type { Change } from "../model/changes";
import type { Settings } from "../model/settings";

/** Shows what changed before it is saved. */
export function ReviewDialog({ changes, settings, onSaved, onClose }: { changes: readonly Change[]; settings: Settings; onSaved: () => void; onClose: () => void }) {
  const { t } = useTranslation();
  const words = useChangeWords();
  const save = useSavePlans();
  return (
    <Dialog
      open
      wide
      onOpenChange={(open) => !open && onClose()}
      title={t("plans.review.title")}
      description={t("plans.review.lead")}
      footer={
        <>
          <Button onClick={onClose}>{t("plans.review.back")}</Button>
          <Button
            variant="primary"
            busy={save.isPending}
            onClick={() =>
              save.mutate(settings, {
                onSuccess: () => {
                  toasts.show(t("plans.saved"), "done");
                  onSaved();
                },
              })
            }
          >
            {t("common.save")}
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-3 pb-2">
        {save.isError && <Alert>{sayError(save.error, t)}</Alert>}
        <ul className="divide-y divide-line rounded-control border border-line text-sm">
          {changes.map((change, at) => (
            <li key={at} className="px-4 py-2.5 [overflow-wrap:anywhere]">
              {words(change)}
            </li>
          ))}
        </ul>
      </div>
    </Dialog>
  );
}

import { useQuery } from "@tanstack/react-query";
import { Undo2 } from "lucide-react";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { Alert } from "@/components/ui/alert";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { Field, TextArea } from "@/components/ui/field";
import { useFormats } from "@/lib/format";
import { sayError } from "@/lib/say-error";
import { toasts } from "@/lib/toasts";
import { receiptQuery, useRefund } from "../api/records";
import { refundable } from "../model/receipt";

const FORM = "refund";

/** Gives a charge back, after a question; not there where nothing can be given back. */
export function RefundButton({ requestId, user }: { requestId: string; user: string }) {
  const { t } = useTranslation();
  // What is asked about stays what it was: the receipt changes as soon as it is given back.
  const [asking, setAsking] = useState<number | null>(null);
  const { data: receipt } = useQuery(receiptQuery(requestId));
  const amount = receipt ? refundable(receipt) : 0;
  return (
    <>
      {amount > 0 && (
        <Button onClick={() => setAsking(amount)}>
          <Undo2 aria-hidden />
          {t("requests.refund.open")}
        </Button>
      )}
      {asking !== null && <RefundDialog requestId={requestId} user={user} amount={asking} onClose={() => setAsking(null)} />}
    </>
  );
}

function RefundDialog({ requestId, user, amount, onClose }: { requestId: string; user: string; amount: number; onClose: () => void }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const [reason, setReason] = useState("");
  const refund = useRefund();
  const submit = (event: FormEvent) => {
    event.preventDefault();
    refund.mutate(
      { request_id: requestId, reason: reason.trim() },
      {
        onSuccess: (quota) => {
          toasts.show(t("requests.refund.done", { credits: formats.credits(quota), user }), "done");
          onClose();
        },
      },
    );
  };
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={t("requests.refund.title")}
      description={t("requests.refund.text", { credits: formats.exact(amount), user })}
      footer={
        <>
          <Button onClick={onClose}>{t("common.cancel")}</Button>
          <Button type="submit" form={FORM} variant="danger" busy={refund.isPending}>
            {t("requests.refund.submit")}
          </Button>
        </>
      }
    >
      <form id={FORM} className="flex flex-col gap-4 pb-2" onSubmit={submit}>
        {refund.isError && <Alert>{sayError(refund.error, t)}</Alert>}
        <Field label={t("requests.refund.reason")} hint={t("requests.refund.reasonHint")}>
          <TextArea rows={3} maxLength={200} value={reason} onChange={(event) => setReason(event.target.value)} />
        </Field>
      </form>
    </Dialog>
  );
}

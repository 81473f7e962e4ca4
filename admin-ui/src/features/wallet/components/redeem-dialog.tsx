import { CircleCheck } from "lucide-react";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { Alert } from "@/components/ui/alert";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { Field, Input } from "@/components/ui/field";
import { ApiError } from "@/lib/api";
import { useFormats } from "@/lib/format";
import { sayError } from "@/lib/say-error";
import { useRedeem } from "../api/wallet";
import { refusalOf } from "../model/code";

const FORM = "redeem";

/** Uses a redeem or gift code. */
export function RedeemDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const [code, setCode] = useState("");
  const [tried, setTried] = useState(false);
  const redeem = useRedeem();
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (code.trim() !== "") {
      redeem.mutate(code.trim());
    }
  };
  const { error } = redeem;
  const refusal = error instanceof ApiError && error.kind === "refused" ? refusalOf(error.message) : "other";

  if (redeem.isSuccess) {
    return (
      <Dialog open onOpenChange={(open) => !open && onClose()} title={t("wallet.redeem.title")} footer={<Button variant="primary" onClick={onClose}>{t("wallet.redeem.done")}</Button>}>
        <p role="status" className="flex items-center gap-3 py-3 text-base">
          <CircleCheck className="size-5 shrink-0 text-ok" aria-hidden />
          {t("wallet.redeem.added", { credits: formats.credits(redeem.data) })}
        </p>
      </Dialog>
    );
  }
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={t("wallet.redeem.title")}
      description={t("wallet.redeem.lead")}
      footer={
        <>
          <Button onClick={onClose}>{t("common.cancel")}</Button>
          <Button type="submit" form={FORM} variant="primary" busy={redeem.isPending}>
            {t("wallet.redeem.submit")}
          </Button>
        </>
      }
    >
      <form id={FORM} noValidate className="flex flex-col gap-4 pb-2" onSubmit={submit}>
        {error && <Alert>{refusal === "other" ? sayError(error, t) : t(`wallet.refused.${refusal}`)}</Alert>}
        <Field label={t("wallet.redeem.code")} error={tried && code.trim() === "" ? t("wallet.redeem.missing") : undefined} required>
          <Input
            autoComplete="off"
            autoCapitalize="none"
            spellCheck={false}
            maxLength={80}
            className="font-mono"
            value={code}
            onChange={(event) => {
              setCode(event.target.value);
              redeem.reset();
            }}
          />
        </Field>
      </form>
    </Dialog>
  );
}

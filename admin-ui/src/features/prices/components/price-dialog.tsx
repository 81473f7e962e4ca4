import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { Alert } from "@/components/ui/alert";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { Field, Input, TextArea } from "@/components/ui/field";
import { Switch } from "@/components/ui/switch";
import { sayError } from "@/lib/say-error";
import { localMinute, momentOf, serverTime } from "@/lib/server-time";
import { toasts } from "@/lib/toasts";
import { useSavePrice } from "../api/prices";
import { NEW_ID, type Price } from "../model/price";
import { AmountField, KindChoice, PartFields } from "./price-fields";

const FORM = "price-form";

export function PriceDialog({ initial, onClose }: { initial: Price; onClose: () => void }) {
  const { t } = useTranslation();
  const [price, setPrice] = useState(initial);
  const [models, setModels] = useState(initial.models.join("\n"));
  const [tried, setTried] = useState(false);
  const save = useSavePrice();
  const names = [...new Set(models.split(/[\s,，]+/).filter(Boolean))];
  const change = (part: Partial<Price>) => setPrice((now) => ({ ...now, ...part }));

  const submit = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (names.length > 0) {
      save.mutate(
        { ...price, models: names },
        {
          onSuccess: () => {
            toasts.show(t("prices.saved", { count: names.length }), "done");
            onClose();
          },
        },
      );
    }
  };

  return (
    <Dialog
      open
      wide
      onOpenChange={(open) => !open && onClose()}
      title={initial.id === NEW_ID ? t("prices.newTitle") : t("prices.editTitle")}
      footer={
        <>
          <Button onClick={onClose}>{t("common.cancel")}</Button>
          <Button type="submit" form={FORM} variant="primary" busy={save.isPending}>
            {t("common.save")}
          </Button>
        </>
      }
    >
      <form id={FORM} noValidate className="flex flex-col gap-5 pb-2" onSubmit={submit}>
        {save.isError && <Alert>{sayError(save.error, t)}</Alert>}
        <KindChoice value={price.type} onChange={(type) => change({ type })} />
        {price.type === "token-billing" && (
          <>
            <div className="grid gap-4 sm:grid-cols-2">
              <AmountField label={t("prices.field.input")} hint={t("prices.perThousand")} value={price.input} onChange={(input) => change({ input: input ?? 0 })} />
              <AmountField label={t("prices.field.output")} hint={t("prices.perThousand")} value={price.output} onChange={(output) => change({ output: output ?? 0 })} />
            </div>
            <PartFields price={price} onChange={change} />
          </>
        )}
        {price.type === "times-billing" && (
          <AmountField label={t("prices.field.perCall")} hint={t("prices.creditsPerCall")} value={price.output} onChange={(output) => change({ output: output ?? 0 })} />
        )}
        {price.type === "non-billing" && (
          <label className="flex items-center gap-3 text-sm">
            <Switch checked={price.anonymous} onCheckedChange={(anonymous) => change({ anonymous })} />
            {t("prices.anonymous")}
          </label>
        )}
        <Field label={t("prices.field.models")} hint={t("prices.modelsHint")} error={tried && names.length === 0 ? t("prices.modelsMissing") : undefined} required>
          <TextArea rows={5} spellCheck={false} autoCapitalize="none" className="font-mono text-sm" value={models} onChange={(event) => setModels(event.target.value)} />
        </Field>
        <Field label={t("prices.field.effectiveFrom")} hint={t("prices.effectiveHint")} className="sm:max-w-72">
          <Input
            type="datetime-local"
            value={localMinute(serverTime(price.effective_from))}
            onChange={(event) => change({ effective_from: momentOf(event.target.value) ?? undefined })}
          />
        </Field>
      </form>
    </Dialog>
  );
}

import { CircleAlert } from "lucide-react";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { Field, Input, TextArea } from "@/components/ui/field";
import { Switch } from "@/components/ui/switch";
import { cn } from "@/lib/cn";
import { sayError } from "@/lib/say-error";
import { toasts } from "@/lib/toasts";
import { useSavePrice } from "../api/prices";
import { NEW_ID, type Price, priceKinds } from "../model/price";

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
        {save.isError && (
          <p role="alert" className="flex gap-2.5 rounded-control bg-danger-soft px-3 py-2 text-sm text-danger">
            <CircleAlert className="mt-0.5 size-4 shrink-0" aria-hidden />
            {sayError(save.error, t)}
          </p>
        )}
        <KindChoice value={price.type} onChange={(type) => change({ type })} />
        {price.type === "token-billing" && (
          <div className="grid gap-4 sm:grid-cols-2">
            <AmountField label={t("prices.field.input")} hint={t("prices.perThousand")} value={price.input} onChange={(input) => change({ input })} />
            <AmountField label={t("prices.field.output")} hint={t("prices.perThousand")} value={price.output} onChange={(output) => change({ output })} />
          </div>
        )}
        {price.type === "times-billing" && (
          <AmountField label={t("prices.field.perCall")} hint={t("prices.creditsPerCall")} value={price.output} onChange={(output) => change({ output })} />
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
      </form>
    </Dialog>
  );
}

function KindChoice({ value, onChange }: { value: Price["type"]; onChange: (kind: Price["type"]) => void }) {
  const { t } = useTranslation();
  return (
    <fieldset>
      <legend className="text-sm font-medium">{t("prices.field.kind")}</legend>
      <div className="mt-2 grid gap-2 sm:grid-cols-3">
        {priceKinds.map((kind) => (
          <label
            key={kind}
            className={cn(
              "flex cursor-pointer items-start gap-2.5 rounded-control border px-3 py-2.5 text-sm has-focus-visible:outline-2 has-focus-visible:outline-accent",
              value === kind ? "border-accent bg-accent-soft" : "border-line-strong",
            )}
          >
            <input type="radio" name="kind" className="mt-0.5 size-4 accent-accent outline-none" checked={value === kind} onChange={() => onChange(kind)} />
            <span>
              <span className="block font-medium">{t(`prices.kind.${kind}.name`)}</span>
              <span className="block text-muted">{t(`prices.kind.${kind}.text`)}</span>
            </span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}

function AmountField({ label, hint, value, onChange }: { label: string; hint: string; value: number; onChange: (value: number) => void }) {
  const [typed, setTyped] = useState(String(value));
  return (
    <Field label={label} hint={hint}>
      <Input
        type="number"
        inputMode="decimal"
        min={0}
        step="any"
        className="font-mono tabular-nums"
        value={typed}
        onChange={(event) => {
          setTyped(event.target.value);
          onChange(Number.parseFloat(event.target.value) || 0);
        }}
      />
    </Field>
  );
}

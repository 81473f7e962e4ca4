import { Check, Copy } from "lucide-react";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { DownloadButton } from "@/components/download-button";
import { NumberField } from "@/components/number-field";
import { Alert } from "@/components/ui/alert";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { Field, Input } from "@/components/ui/field";
import { copyText, useNow } from "@/lib/browser";
import { useFormats } from "@/lib/format";
import { sayError } from "@/lib/say-error";
import { toasts } from "@/lib/toasts";
import { rootOf, useGenerate } from "../api/codes";
import { badFields, type CodeOrder, MOST_CODES, MOST_USES, newOrder, type OrderField } from "../model/code";
import type { CodeKind } from "../model/search";

const FORM = "generate-codes";

/** Makes codes, and hands them over. */
export function GenerateDialog({ kind, onClose }: { kind: CodeKind; onClose: () => void }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const gift = kind === "gift";
  const [order, setOrder] = useState<CodeOrder>(newOrder);
  const [tried, setTried] = useState(false);
  const generate = useGenerate(kind);
  const now = useNow(10_000);
  const bad = badFields(order, gift, now);
  const errors: Record<OrderField, string> = {
    type: t("codes.bad.type"),
    quota: t("codes.bad.quota"),
    number: t("codes.bad.number", { most: formats.integer(MOST_CODES) }),
    maxUses: t("codes.bad.number", { most: formats.integer(MOST_USES) }),
    expires: t("codes.bad.expires"),
  };
  const field = (name: OrderField) => ({
    value: order[name],
    error: tried && bad.includes(name) ? errors[name] : undefined,
    onChange: (value: string) => setOrder((typed) => ({ ...typed, [name]: value })),
  });
  const type = field("type");
  const expires = field("expires");

  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    setTried(true);
    const form = event.currentTarget;
    if (bad.length > 0) {
      requestAnimationFrame(() => form.querySelector<HTMLElement>("[aria-invalid]")?.focus());
    } else {
      generate.mutate(order);
    }
  };

  if (generate.data) {
    return <Generated kind={kind} codes={generate.data.codes} batch={generate.data.batch} onClose={onClose} />;
  }
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={t(`codes.generate.${kind}`)}
      description={t(`codes.lead.${kind}`)}
      footer={
        <>
          <Button onClick={onClose}>{t("common.cancel")}</Button>
          <Button type="submit" form={FORM} variant="primary" busy={generate.isPending}>
            {t("codes.generate.submit")}
          </Button>
        </>
      }
    >
      <form id={FORM} noValidate className="flex flex-col gap-4 pb-2" onSubmit={submit}>
        {generate.isError && <Alert>{sayError(generate.error, t)}</Alert>}
        {gift && (
          <Field label={t("codes.field.type")} hint={t("codes.hint.type")} error={type.error} required>
            <Input autoComplete="off" autoCapitalize="none" spellCheck={false} maxLength={32} className="font-mono" value={type.value} onChange={(event) => type.onChange(event.target.value)} />
          </Field>
        )}
        <div className="grid grid-cols-2 gap-4">
          <NumberField label={t("codes.field.quota")} hint={t("codes.hint.quota")} {...field("quota")} />
          <NumberField label={t("codes.field.number")} hint={t("codes.hint.number")} {...field("number")} />
        </div>
        <NumberField label={t("codes.field.maxUses")} hint={t("codes.hint.maxUses")} {...field("maxUses")} />
        <Field label={t("codes.field.expires")} hint={t("codes.hint.expires")} error={expires.error}>
          <Input type="datetime-local" value={expires.value} onChange={(event) => expires.onChange(event.target.value)} />
        </Field>
      </form>
    </Dialog>
  );
}

/** The codes that were made. */
function Generated({ kind, codes, batch, onClose }: { kind: CodeKind; codes: readonly string[]; batch: string; onClose: () => void }) {
  const { t } = useTranslation();
  const [copied, setCopied] = useState(false);
  const copyAll = async () => {
    if (await copyText(codes.join("\n"))) {
      setCopied(true);
    } else {
      toasts.show(t("common.copyFailed"), "failed");
    }
  };
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={t("codes.generated.title", { count: codes.length })}
      description={t("codes.generated.lead")}
      footer={
        <>
          {batch && (
            <DownloadButton path={`${rootOf(kind)}/export`} query={() => ({ batch })} name="codes.csv">
              {t("codes.generated.download")}
            </DownloadButton>
          )}
          <Button onClick={() => void copyAll()}>
            {copied ? <Check className="text-ok" aria-hidden /> : <Copy aria-hidden />}
            {copied ? t("common.copied") : t("codes.generated.copyAll")}
          </Button>
          <Button variant="primary" onClick={onClose}>
            {t("codes.generated.done")}
          </Button>
        </>
      }
    >
      <pre
        tabIndex={0}
        aria-label={t("codes.generated.list")}
        className="mb-2 max-h-[min(20rem,40dvh)] overflow-auto rounded-control border border-line bg-canvas px-3.5 py-3 text-sm leading-6 scroll-thin select-all"
      >
        {codes.join("\n")}
      </pre>
    </Dialog>
  );
}

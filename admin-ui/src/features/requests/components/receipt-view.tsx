import { useQuery } from "@tanstack/react-query";
import { CircleAlert, CircleCheck } from "lucide-react";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { QueryError } from "@/components/query-error";
import { Skeleton } from "@/components/ui/skeleton";
import { ApiError } from "@/lib/api";
import { cn } from "@/lib/cn";
import { useFormats } from "@/lib/format";
import { upperFirst } from "@/lib/words";
import { receiptQuery } from "../api/records";
import { type BillLine, billOf, isLineKind, type Receipt } from "../model/receipt";

/** How the charge of a request came about, as a little bill. */
export function ReceiptView({ requestId }: { requestId: string }) {
  const { t } = useTranslation();
  const receipt = useQuery(receiptQuery(requestId));
  const unknown = receipt.error instanceof ApiError && receipt.error.status === 404;
  return (
    <section aria-label={t("receipt.title")} className="rounded-panel border border-line bg-paper px-5 py-4">
      <h3 className="pb-3 text-base font-semibold">{t("receipt.title")}</h3>
      {receipt.isPending && (
        <div role="status" aria-label={t("common.loading")} className="flex flex-col gap-2.5">
          {["w-full", "w-5/6", "w-2/3"].map((width) => (
            <Skeleton key={width} className={cn("h-4", width)} />
          ))}
        </div>
      )}
      {unknown && <p className="text-sm text-muted">{t("receipt.none")}</p>}
      {receipt.isError && !unknown && <QueryError error={receipt.error} onRetry={() => void receipt.refetch()} />}
      {receipt.data && <Bill receipt={receipt.data} />}
    </section>
  );
}

function Bill({ receipt }: { receipt: Receipt }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const { price, state, paid_by: paidBy } = receipt;
  const { lines, sum, multiplied } = billOf(receipt);
  if (state === "open") {
    return <p className="text-sm text-muted">{t("receipt.open", { held: formats.exact(receipt.held) })}</p>;
  }
  const byPlan = paidBy !== "credits" && paidBy !== "";
  return (
    <div className="flex flex-col text-sm tabular-nums">
      {byPlan && <p className="text-muted">{t("receipt.byPlan", { item: paidBy })}</p>}
      {state === "released" && <p className="text-muted">{t("receipt.released")}</p>}
      {!byPlan && state === "charged" && (
        <>
          {lines.map((line) => (
            <LineRow key={line.what} line={line} />
          ))}
          {lines.length === 0 && <p className="pb-1 text-muted">{t(price?.rule?.type === "non-billing" ? "receipt.freeModel" : "receipt.noLines")}</p>}
          {lines.length > 1 && <Row label={t("receipt.sum")} value={formats.exact(sum)} ruled />}
          {price && multiplied !== null && <Row label={t("receipt.multiplier", { multiplier: formats.decimal(price.multiplier, 6), group: price.group || "–" })} value={formats.exact(multiplied)} ruled={lines.length === 1} />}
          <Row label={t("receipt.charged")} value={formats.exact(receipt.charged)} strong />
          {receipt.written_off > 0 && <Row label={t("receipt.writtenOff")} value={formats.exact(receipt.written_off)} />}
          {receipt.refunded > 0 && <Row label={t("receipt.refunded")} value={`−${formats.exact(receipt.refunded)}`} className="text-ok" />}
          <p className={cn("mt-3 flex items-start gap-2", receipt.agrees ? "text-muted" : "text-danger")}>
            {receipt.agrees ? <CircleCheck className="mt-0.5 size-4 shrink-0 text-ok" aria-hidden /> : <CircleAlert className="mt-0.5 size-4 shrink-0" aria-hidden />}
            <span>
              {receipt.agrees ? t("receipt.agrees") : t("receipt.differs", { computed: formats.exact(receipt.computed) })} {price && t("receipt.version", { version: formats.integer(price.version) })}
              {receipt.usage?.estimated && ` ${t("receipt.estimated")}`}
            </span>
          </p>
        </>
      )}
      {receipt.note && <p className="mt-2 text-muted">{upperFirst(receipt.note)}</p>}
    </div>
  );
}

function LineRow({ line: { what, count, price, credits } }: { line: BillLine }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const figures = { figure: formats.integer(count), price: formats.decimal(price, 9) };
  return (
    <Row
      label={isLineKind(what) ? t(`receipt.line.${what}`) : what}
      more={what === "request" ? t("receipt.times", figures) : t("receipt.perThousand", figures)}
      value={formats.exact(credits)}
    />
  );
}

interface RowProps {
  label: ReactNode;
  /** How it comes about. */
  more?: string;
  value: string;
  /** Below a line, as a sum stands. */
  ruled?: boolean;
  strong?: boolean;
  className?: string;
}

function Row({ label, more, value, ruled = false, strong = false, className }: RowProps) {
  return (
    <div className={cn("flex items-baseline gap-x-4 py-1", ruled && "mt-1 border-t border-line pt-2", strong && "mt-1 border-t border-line-strong pt-2 font-semibold", className)}>
      <span className="min-w-0 flex-1">
        {label}
        {more && <span className="ml-2 inline-block whitespace-nowrap text-muted max-sm:ml-0 max-sm:block">{more}</span>}
      </span>
      <span className="font-mono whitespace-nowrap">{value}</span>
    </div>
  );
}

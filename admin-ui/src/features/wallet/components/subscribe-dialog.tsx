import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Alert, AlertButton } from "@/components/ui/alert";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { Skeleton } from "@/components/ui/skeleton";
import { ApiError } from "@/lib/api";
import { balanceQuery } from "@/lib/balance";
import { cn } from "@/lib/cn";
import { useFormats } from "@/lib/format";
import { creditsPerMonth, monthChoices, percentOff, type Plan, planName, shareOf } from "@/lib/plans";
import { sayError } from "@/lib/say-error";
import { toasts } from "@/lib/toasts";
import { quoteQuery, useSubscribe } from "../api/wallet";
import { asksMonths, changeTo, type Subscription } from "../model/subscription";

interface SubscribeDialogProps {
  plan: Plan;
  plans: readonly Plan[];
  subscription: Subscription;
  /** The number of months that is chosen at first. */
  months: number;
  onClose: () => void;
}

/** Buys, renews or changes a plan. What it costs is what the server says, not what is computed here. */
export function SubscribeDialog({ plan, plans, subscription, months: first, onClose }: SubscribeDialogProps) {
  const { t } = useTranslation();
  const formats = useFormats();
  const change = changeTo(plan.level, subscription);
  const choosing = asksMonths(change);
  const [chosen, setMonths] = useState(first);
  const months = choosing ? chosen : 1;
  const quote = useQuery(quoteQuery(plan.level, months));
  const { data: balance } = useQuery(balanceQuery);
  const subscribe = useSubscribe();
  const name = t(`plan.${planName(plan.level) ?? "basic"}`);
  const held = plans.find(({ level }) => level === subscription.level);
  const missing = quote.data !== undefined && balance !== undefined ? quote.data - balance : 0;
  const poor = missing > 0 || (subscribe.error instanceof ApiError && subscribe.error.message === "not enough money");

  const submit = () =>
    subscribe.mutate(
      { level: plan.level, month: months },
      {
        onSuccess: () => {
          toasts.show(t(`wallet.change.${change}.done`, { plan: name }), "done");
          onClose();
        },
      },
    );

  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={t(`wallet.change.${change}.label`, { plan: name })}
      description={t(`wallet.change.${change}.text`, { plan: name })}
      footer={
        <>
          <Button onClick={onClose}>{t("common.cancel")}</Button>
          <Button variant="primary" disabled={quote.data === undefined || missing > 0} busy={subscribe.isPending} onClick={submit}>
            {quote.data === undefined || quote.data === 0 ? t(`wallet.change.${change}.button`) : t("wallet.subscribe.pay", { credits: formats.credits(quote.data) })}
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-4 pb-2">
        {subscribe.isError && !poor && <Alert>{sayError(subscribe.error, t)}</Alert>}
        {choosing ? (
          <MonthChoice plan={plan} value={months} onChange={setMonths} />
        ) : (
          held && (
            <p className="text-sm text-muted tabular-nums">
              {t("wallet.subscribe.fromTo", { before: formats.decimal(creditsPerMonth(held), 2), after: formats.decimal(creditsPerMonth(plan), 2) })}
            </p>
          )
        )}
        <dl className="flex flex-col gap-1.5 border-t border-line pt-3 text-sm tabular-nums">
          <div className="flex items-baseline justify-between gap-4 text-base font-semibold">
            <dt>{t("wallet.subscribe.price")}</dt>
            <dd aria-live="polite">{quote.data === undefined ? <Skeleton className="h-5 w-20" /> : t("account.balance", { credits: formats.credits(quote.data) })}</dd>
          </div>
          {balance !== undefined && (
            <div className="flex items-baseline justify-between gap-4 text-muted">
              <dt>{t("wallet.balance")}</dt>
              <dd>{t("account.balance", { credits: formats.credits(balance) })}</dd>
            </div>
          )}
        </dl>
        {quote.isError && <Alert action={<AlertButton onClick={() => void quote.refetch()}>{t("common.retry")}</AlertButton>}>{sayError(quote.error, t)}</Alert>}
        {poor && <Alert>{missing > 0 ? t(choosing ? "wallet.subscribe.missing" : "wallet.subscribe.short", { credits: formats.credits(missing) }) : t("wallet.subscribe.poor")}</Alert>}
      </div>
    </Dialog>
  );
}

function MonthChoice({ plan, value, onChange }: { plan: Plan; value: number; onChange: (months: number) => void }) {
  const { t } = useTranslation();
  const formats = useFormats();
  return (
    <fieldset>
      <legend className="sr-only">{t("wallet.subscribe.months")}</legend>
      <div className="flex flex-col gap-2">
        {monthChoices.map((months) => {
          const off = percentOff(shareOf(plan, months));
          return (
            <label
              key={months}
              className={cn(
                "flex min-h-11 cursor-pointer items-center gap-3 rounded-control border px-3 text-sm has-focus-visible:outline-2 has-focus-visible:outline-accent",
                value === months ? "border-accent bg-accent-soft" : "border-line-strong hover:bg-hover",
              )}
            >
              <input type="radio" name="months" className="size-4 accent-accent outline-none" checked={value === months} onChange={() => onChange(months)} />
              <span className="font-medium">{t("wallet.subscribe.month", { count: months })}</span>
              {off > 0 && <Badge tone="ok">{t("wallet.plans.save", { percent: off })}</Badge>}
              <span className="ml-auto text-muted tabular-nums">{t("account.balance", { credits: formats.decimal(creditsPerMonth(plan, months) * months, 2) })}</span>
            </label>
          );
        })}
      </div>
    </fieldset>
  );
}

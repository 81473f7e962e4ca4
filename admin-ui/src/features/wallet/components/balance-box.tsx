import { useQuery } from "@tanstack/react-query";
import { Ticket } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Alert, AlertButton } from "@/components/ui/alert";
import { Button } from "@/components/ui/button";
import { Skeleton } from "@/components/ui/skeleton";
import { balanceQuery } from "@/lib/balance";
import { useFormats } from "@/lib/format";
import { sayError } from "@/lib/say-error";
import { RedeemDialog } from "./redeem-dialog";

/** What one owns, and the way to more. */
export function BalanceBox() {
  const { t } = useTranslation();
  const formats = useFormats();
  const balance = useQuery(balanceQuery);
  const [redeeming, setRedeeming] = useState(false);
  return (
    <section aria-labelledby="balance" className="flex flex-wrap items-end justify-between gap-x-6 gap-y-4 rounded-panel border border-line bg-raised px-5 py-5 sm:px-6">
      <div className="min-w-0">
        <h2 id="balance" className="text-sm text-muted">
          {t("wallet.balance")}
        </h2>
        {balance.data !== undefined && (
          <p className="mt-1 flex items-baseline gap-2 text-3xl font-semibold tracking-tight tabular-nums">
            {formats.credits(balance.data)} <span className="text-base font-normal tracking-normal text-muted">{t("wallet.credits")}</span>
          </p>
        )}
        {balance.isPending && <Skeleton className="mt-1 h-9 w-44" />}
        {balance.isError && balance.data === undefined && (
          <div className="mt-2">
            <Alert action={<AlertButton onClick={() => void balance.refetch()}>{t("common.retry")}</AlertButton>}>{sayError(balance.error, t)}</Alert>
          </div>
        )}
        <p className="mt-1.5 max-w-md text-sm text-muted">{t("wallet.balanceHint")}</p>
      </div>
      <Button variant="primary" onClick={() => setRedeeming(true)}>
        <Ticket aria-hidden />
        {t("wallet.redeem.open")}
      </Button>
      {redeeming && <RedeemDialog onClose={() => setRedeeming(false)} />}
    </section>
  );
}

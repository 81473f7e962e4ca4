import { KeyRound } from "lucide-react";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { Alert } from "@/components/ui/alert";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { Skeleton } from "@/components/ui/skeleton";
import { sayError } from "@/lib/say-error";
import { fetchBalance, type Subject } from "../api/trials";
import { useKeyLabels } from "../hooks/use-key-labels";
import type { Channel } from "../model/channel";
import { type Balance, type BalanceReport, isUnsupported } from "../model/trial";
import { FaultNotice } from "./fault-notice";

interface BalanceDialogProps {
  subject: Subject;
  channel: Channel;
  onClose: () => void;
}

type Outcome = { report: BalanceReport } | { error: unknown };

/** What is left on the account behind each key, asked for one key after another. */
export function BalanceDialog({ subject, channel, onClose }: BalanceDialogProps) {
  const { t } = useTranslation();
  const labels = useKeyLabels(channel);
  const [outcomes, setOutcomes] = useState<readonly Outcome[]>([]);
  // What is asked for stays what it was when the dialog opened.
  const [asked] = useState({ subject, count: Math.max(labels.length, 1), hasKeys: labels.length > 0 });
  useEffect(() => {
    const leaving = new AbortController();
    void askAll(asked, leaving.signal, (outcome) => setOutcomes((now) => [...now, outcome]));
    return () => {
      leaving.abort();
      setOutcomes([]);
    };
  }, [asked]);
  const rows = asked.hasKeys ? labels : [channel.name || channel.type];
  // Where the type knows no balances, the answer is the same for every key.
  const [first] = outcomes;
  const unsupported = first !== undefined && "report" in first && isUnsupported(first.report);

  return (
    <Dialog open onOpenChange={(open) => !open && onClose()} title={t("channels.balance.title")} description={t("channels.balance.lead")} footer={<Button onClick={onClose}>{t("common.close")}</Button>}>
      <div aria-live="polite" className="pb-1">
        {unsupported ? (
          <p className="rounded-control bg-sunken px-3.5 py-3 text-sm">{t("channels.balance.unsupported")}</p>
        ) : (
          <ul className="divide-y divide-line">
            {rows.map((label, at) => (
              <li key={at} className="flex flex-col gap-1.5 py-3 first:pt-1">
                <span className="flex items-center gap-2 font-mono text-xs text-muted">
                  <KeyRound className="size-3.5" aria-hidden />
                  {label}
                </span>
                <BalanceOutcome outcome={outcomes[at]} />
              </li>
            ))}
          </ul>
        )}
      </div>
    </Dialog>
  );
}

async function askAll({ subject, count, hasKeys }: { subject: Subject; count: number; hasKeys: boolean }, signal: AbortSignal, onOutcome: (outcome: Outcome) => void) {
  for (let key = 0; key < count && !signal.aborted; key++) {
    // One after another: the server has few seats for such questions, and vendors limit them.
    // oxlint-disable-next-line no-await-in-loop
    const outcome = await fetchBalance(subject, hasKeys ? key : null, signal).then(
      (report): Outcome => ({ report }),
      (error: unknown): Outcome => ({ error }),
    );
    if (signal.aborted || ("report" in outcome && isUnsupported(outcome.report))) {
      if (!signal.aborted) {
        onOutcome(outcome);
      }
      return;
    }
    onOutcome(outcome);
  }
}

function BalanceOutcome({ outcome }: { outcome: Outcome | undefined }) {
  const { t } = useTranslation();
  if (!outcome) {
    return (
      <span role="status" aria-label={t("common.loading")}>
        <Skeleton className="h-6 w-32" />
      </span>
    );
  }
  if ("error" in outcome) {
    return <Alert>{sayError(outcome.error, t)}</Alert>;
  }
  const { fault, balances } = outcome.report;
  return fault ? <FaultNotice fault={fault} /> : balances.map((balance, at) => <Amount key={at} balance={balance} />);
}

/** One amount; a part of the account is told below the whole of it. */
function Amount({ balance: { left, total, used, currency, part } }: { balance: Balance }) {
  const { t } = useTranslation();
  const more = [total && t("channels.balance.of", { total }), used && t("channels.balance.used", { used })].filter(Boolean).join(" · ");
  return (
    <p className={part ? "pl-4 text-sm text-muted" : "text-xl font-semibold tracking-tight"}>
      <span className="tabular-nums">{left}</span> <span className={part ? "" : "text-sm font-normal text-muted"}>{currency}</span>
      {part && ` ${part}`}
      {more && <span className="ml-2 text-sm font-normal tracking-normal text-muted tabular-nums">{more}</span>}
    </p>
  );
}

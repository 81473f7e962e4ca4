import { RotateCcw } from "lucide-react";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { useFormats } from "@/lib/format";
import { toasts } from "@/lib/toasts";
import { useRevive } from "../api/health";
import { useHealthWords } from "../hooks/use-health-words";
import { canRevive, latencies, type Report, tellingState } from "../model/health";
import { KeyTable } from "./key-table";

/** How many models have their latency told. */
const MODELS_SHOWN = 6;

/** Everything that is known of how a channel stands, and the way to give it another chance. */
export function HealthDetails({ name, report, now }: { name: string; report: Report; now: number }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const words = useHealthWords(now);
  const revive = useRevive();
  const telling = tellingState(report);
  const faults = Object.entries(report.faults).sort(([, a], [, b]) => b - a);
  const models = latencies(report);
  const { lastFault } = report;
  return (
    <div className="flex flex-col gap-4">
      {telling && (
        <div className="flex flex-wrap items-start gap-x-4 gap-y-2">
          <div className="min-w-0 flex-1 basis-64">
            <p className="text-sm">
              <span className="font-medium">{telling.kind ? words.fault(telling.kind) : words.state(telling)}</span>
              {telling.until !== null && telling.phase === "resting" && ` · ${t("channels.health.restingAt", { time: formats.clock(telling.until) })}`}
              {telling.strikes > 1 && ` · ${t("channels.health.strikes", { count: telling.strikes })}`}
            </p>
            {telling.reason && <p className="mt-0.5 text-sm text-muted [overflow-wrap:anywhere]">{words.reason(telling.reason)}</p>}
          </div>
          {canRevive(report) && (
            <Button
              size="sm"
              busy={revive.isPending}
              onClick={() => revive.mutate(report.id, { onSuccess: () => toasts.show(t("channels.health.revived", { name }), "done") })}
            >
              {!revive.isPending && <RotateCcw aria-hidden />}
              {t("channels.health.revive")}
            </Button>
          )}
        </div>
      )}
      <dl className="grid grid-cols-2 gap-x-6 gap-y-3 sm:grid-cols-4">
        <Figure term={t("channels.health.callsTerm")}>{formats.integer(report.calls)}</Figure>
        <Figure term={t("channels.health.answeredTerm")}>{formats.integer(report.answered)}</Figure>
        <Figure term={t("channels.health.runningTerm")}>{formats.integer(report.running)}</Figure>
        <Figure term={t("channels.health.lastFault")} plain>
          {lastFault ? (
            <span title={lastFault.message}>
              {words.fault(lastFault.kind)}
              {lastFault.at !== null && <span className="block text-muted">{words.ago(lastFault.at)}</span>}
            </span>
          ) : (
            t("channels.health.noFault")
          )}
        </Figure>
      </dl>
      <div className="grid gap-x-6 gap-y-4 empty:hidden sm:grid-cols-2">
        {faults.length > 0 && (
          <Facts term={t("channels.health.faultsTerm")}>
            {faults.map(([kind, times]) => (
              <li key={kind}>
                <Badge>
                  {words.fault(kind)} <span className="tabular-nums">{formats.integer(times)}</span>
                </Badge>
              </li>
            ))}
          </Facts>
        )}
        {models.length > 0 && (
          <Facts term={t("channels.health.latency")}>
            {models.slice(0, MODELS_SHOWN).map(({ model, ms }) => (
              <li key={model}>
                <Badge>
                  <span className="font-mono">{model}</span> <span className="tabular-nums">{words.latency(ms)}</span>
                </Badge>
              </li>
            ))}
            {models.length > MODELS_SHOWN && <li className="self-center text-sm text-faint">{t("channels.moreModels", { count: models.length - MODELS_SHOWN })}</li>}
          </Facts>
        )}
      </div>
      {report.keys.length > 1 && <KeyTable keys={report.keys} now={now} />}
      <p className="text-sm text-faint">{t("channels.health.since")}</p>
    </div>
  );
}

function Figure({ term, plain = false, children }: { term: string; plain?: boolean; children: ReactNode }) {
  return (
    <div className="min-w-0">
      <dt className="text-sm text-muted">{term}</dt>
      <dd className={plain ? "text-sm leading-6" : "text-base font-medium tabular-nums"}>{children}</dd>
    </div>
  );
}

function Facts({ term, children }: { term: string; children: ReactNode }) {
  return (
    <div>
      <p className="text-sm text-muted">{term}</p>
      <ul className="mt-1 flex flex-wrap gap-1.5">{children}</ul>
    </div>
  );
}

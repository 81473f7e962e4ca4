import { useTranslation } from "react-i18next";
import { StatusDot } from "@/components/status-dot";
import { useFormats } from "@/lib/format";
import { useHealthWords } from "../hooks/use-health-words";
import { type KeyReport, stateTone } from "../model/health";

/** How each key of a channel stands. */
export function KeyTable({ keys, now }: { keys: readonly KeyReport[]; now: number }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const words = useHealthWords(now);
  return (
    <div className="max-h-80 overflow-auto rounded-control border border-line bg-paper scroll-thin" tabIndex={0} role="group" aria-label={t("channels.health.keys")}>
      <table className="w-full text-left text-sm tabular-nums">
        <thead className="hidden border-b border-line text-muted sm:table-header-group">
          <tr className="[&>th]:px-3 [&>th]:py-1.5 [&>th]:font-medium [&>th]:whitespace-nowrap">
            <th scope="col">{t("channels.health.key")}</th>
            <th scope="col">{t("channels.health.state")}</th>
            <th scope="col" className="text-right">
              {t("channels.health.runningTerm")}
            </th>
            <th scope="col" className="text-right">
              {t("channels.health.callsTerm")}
            </th>
            <th scope="col" className="text-right">
              {t("channels.health.faultsTerm")}
            </th>
          </tr>
        </thead>
        <tbody className="divide-y divide-line">
          {keys.map((key) => {
            const models = Object.entries(key.models);
            const { reason, kind, phase } = key.state;
            return (
              <tr key={key.index} className="grid grid-cols-[1fr_auto] gap-x-3 px-3 py-2 align-top sm:table-row sm:p-0 sm:[&>td]:px-3 sm:[&>td]:py-1.5">
                <td className="font-mono text-xs leading-5 whitespace-nowrap">{key.shown}</td>
                <td className="col-span-2 row-start-2 sm:w-1/2">
                  <span className="inline-flex items-center gap-1.5">
                    <StatusDot tone={stateTone(key.state)} />
                    {words.state(key.state)}
                  </span>
                  {phase !== "good" && reason && (
                    <span className="block text-muted [overflow-wrap:anywhere]">
                      {words.fault(kind)}: {words.reason(reason)}
                    </span>
                  )}
                  {models.map(([model, state]) => (
                    <span key={model} className="block text-muted [overflow-wrap:anywhere]">
                      <span className="font-mono text-xs">{model}</span>: {words.state(state)}, {words.fault(state.kind)}
                    </span>
                  ))}
                </td>
                <Count label={t("channels.health.runningTerm")}>{key.running === 0 ? null : formats.integer(key.running)}</Count>
                <Count label={t("channels.health.callsTerm")}>{formats.integer(key.calls)}</Count>
                <Count label={t("channels.health.faultsTerm")}>{key.faults === 0 ? null : formats.integer(key.faults)}</Count>
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}

/** A count with its name beside it where the table has no head; none is left out there. */
function Count({ label, children }: { label: string; children: string | null }) {
  return (
    <td className={children === null ? "hidden text-right text-faint sm:table-cell" : "text-right max-sm:col-start-2"}>
      <span className="mr-1.5 text-muted sm:hidden">{label}</span>
      {children ?? "–"}
    </td>
  );
}

import { useTranslation } from "react-i18next";
import { Badge, type Tone } from "@/components/ui/badge";
import { cn } from "@/lib/cn";
import { useFormats } from "@/lib/format";
import { serverTime } from "@/lib/server-time";
import { isCall, type Outcome, planItemOf, type RequestRecord } from "../model/record";

const tones: Record<Outcome, Tone> = { answered: "ok", failed: "danger", broken: "warn", left: "neutral" };

interface RecordTableProps {
  records: readonly RequestRecord[];
  scope: "all" | "mine";
  /** While another page is fetched. */
  stale: boolean;
  onOpen: (record: RequestRecord) => void;
}

export function RecordTable({ records, scope, stale, onOpen }: RecordTableProps) {
  const { t } = useTranslation();
  return (
    <div
      className={cn("relative overflow-x-auto rounded-panel border border-line bg-raised transition-opacity", stale && "opacity-60")}
      tabIndex={0}
      role="group"
      aria-label={t("record.title")}
      aria-busy={stale}
    >
      <table className="w-full text-left text-base tabular-nums">
        <thead className="hidden border-b border-line text-sm text-muted md:table-header-group">
          <tr className="[&>th]:px-3 [&>th]:py-2.5 [&>th]:font-medium [&>th]:whitespace-nowrap [&>th:first-child]:pl-5 [&>th:last-child]:pr-5">
            <th scope="col">{t("record.field.time")}</th>
            {scope === "all" && <th scope="col">{t("record.field.user")}</th>}
            <th scope="col">{t("record.field.model")}</th>
            <th scope="col" className="text-right">
              {t("record.field.tokens")}
            </th>
            <th scope="col" className="hidden text-right lg:table-cell">
              {t("record.field.duration")}
            </th>
            <th scope="col" className="text-right">
              {t("record.field.credits")}
            </th>
          </tr>
        </thead>
        <tbody className="divide-y divide-line">
          {records.map((record, at) => (
            <RecordRow key={record.request_id || `${record.created_at} ${at}`} record={record} scope={scope} onOpen={() => onOpen(record)} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function RecordRow({ record, scope, onOpen }: { record: RequestRecord; scope: "all" | "mine"; onOpen: () => void }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const at = serverTime(record.created_at);
  const call = isCall(record);
  const below = [scope === "all" && record.channel_name, record.token_name].filter(Boolean).join(" · ");
  return (
    // On a phone a row is a small card: what and how much above, when and who below.
    <tr
      className="grid cursor-pointer grid-cols-[1fr_auto] items-baseline gap-x-4 gap-y-0.5 px-4 py-3 hover:bg-canvas md:table-row md:p-0 md:[&>td]:px-3 md:[&>td]:py-2.5 md:[&>td:first-child]:pl-5 md:[&>td:last-child]:pr-5"
      onClick={onOpen}
    >
      <td className="order-3 text-sm whitespace-nowrap text-muted md:order-none md:text-base md:text-ink">
        <button
          type="button"
          className="rounded-sm hover:underline"
          aria-label={t("record.open", { time: at === null ? record.created_at : formats.dateTime(at) })}
          onClick={(event) => {
            event.stopPropagation();
            onOpen();
          }}
        >
          {at === null ? record.created_at : formats.dateTime(at)}
        </button>
      </td>
      {scope === "all" && <td className="order-4 max-w-40 truncate text-right text-sm text-muted md:order-none md:text-left md:text-base md:text-ink">{record.username || t("record.nobody")}</td>}
      <td className="order-1 min-w-0 md:order-none md:max-w-72">
        {call ? (
          <span className="flex flex-wrap items-center gap-x-2 gap-y-1">
            <span className="font-mono text-sm [overflow-wrap:anywhere]">{record.model}</span>
            {record.outcome && record.outcome !== "answered" && <Badge tone={tones[record.outcome]}>{t(`record.outcome.${record.outcome}`)}</Badge>}
          </span>
        ) : (
          <span className="text-sm">{record.detail}</span>
        )}
        {call && below && <span className="block truncate text-xs text-faint">{below}</span>}
      </td>
      <td className="hidden text-right text-sm whitespace-nowrap text-muted md:table-cell">
        {call && t("record.tokens", { input: formats.compact(record.input_tokens), output: formats.compact(record.output_tokens) })}
      </td>
      <td className="hidden text-right text-sm whitespace-nowrap text-muted lg:table-cell">{call && formats.span(record.duration * 1_000)}</td>
      <td className="order-2 text-right whitespace-nowrap md:order-none">
        <Cost record={record} />
      </td>
    </tr>
  );
}

/** What a line took or gave. */
function Cost({ record }: { record: RequestRecord }) {
  const { t } = useTranslation();
  const formats = useFormats();
  if (!isCall(record)) {
    return <span className={cn("font-mono text-sm", record.quota > 0 && "text-ok")}>{(record.quota > 0 ? "+" : "") + formats.credits(record.quota)}</span>;
  }
  if (planItemOf(record)) {
    return <Badge tone="accent">{t("record.byPlan")}</Badge>;
  }
  if (record.quota === 0 && record.outcome && record.outcome !== "answered") {
    return <span className="text-sm text-faint">{"–"}</span>;
  }
  return record.quota === 0 ? <span className="text-sm text-faint">{t("record.free")}</span> : <span className="font-mono text-sm">{formats.credits(record.quota)}</span>;
}

export function OutcomeBadge({ outcome }: { outcome: Outcome }) {
  const { t } = useTranslation();
  return <Badge tone={tones[outcome]}>{t(`record.outcome.${outcome}`)}</Badge>;
}

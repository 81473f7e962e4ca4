import { KeyRound, X } from "lucide-react";
import { useTranslation } from "react-i18next";
import { StatusDot } from "@/components/status-dot";
import { useNow } from "@/lib/browser";
import { useFormats } from "@/lib/format";
import { type KeyReport, keyReports, stateTone } from "../model/health";
import { useHealthWords } from "../hooks/use-health-words";

interface StoredKeysProps {
  /** Masks of the keys that are stored, without those that are to be taken away. */
  masks: readonly string[];
  /** How they stand, as far as that is known. */
  reports: readonly KeyReport[];
  onChange: (masks: string[]) => void;
}

/** The keys that are stored: by their masks, with how each stands; each can be taken away. */
export function StoredKeys({ masks, reports, onChange }: StoredKeysProps) {
  const { t } = useTranslation();
  const now = useNow(1_000, reports.some((report) => report.state.phase === "resting"));
  const found = keyReports(masks, reports);
  if (masks.length === 0) {
    return null;
  }
  return (
    <ul aria-label={t("channels.editor.storedSecrets")} className="max-h-72 divide-y divide-line overflow-y-auto rounded-control border border-line scroll-thin">
      {masks.map((mask, at) => (
        <StoredKey key={at} mask={mask} report={found[at]} now={now} onRemove={() => onChange(masks.filter((_, index) => index !== at))} />
      ))}
    </ul>
  );
}

function StoredKey({ mask, report, now, onRemove }: { mask: string; report: KeyReport | undefined; now: number; onRemove: () => void }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const words = useHealthWords(now);
  const models = Object.keys(report?.models ?? {});
  const [blocked] = Object.values(report?.models ?? {});
  const telling = report?.state.phase === "good" ? blocked : report?.state;
  return (
    <li className="flex items-start gap-2 py-1.5 pr-1 pl-3">
      <KeyRound className="mt-1.5 size-3.5 shrink-0 text-muted" aria-hidden />
      <div className="min-w-0 flex-1 py-0.5">
        <div className="flex flex-wrap items-center gap-x-3 gap-y-0.5 text-sm">
          <span className="font-mono text-xs leading-6">{mask}</span>
          {report && (
            <>
              <span className="inline-flex items-center gap-1.5">
                <StatusDot tone={stateTone(report.state)} />
                {words.state(report.state)}
              </span>
              <span className="text-muted tabular-nums">
                {t("channels.health.calls", { count: report.calls, figure: formats.compact(report.calls) })}
                {report.faults > 0 && ` · ${t("channels.health.faults", { count: report.faults, figure: formats.compact(report.faults) })}`}
              </span>
            </>
          )}
        </div>
        {models.length > 0 && <p className="text-sm text-warn">{t("channels.health.blockedModels", { models: models.join(", ") })}</p>}
        {telling && telling.reason !== "" && (
          <p className="text-sm text-muted [overflow-wrap:anywhere]">
            {words.fault(telling.kind)}: {words.reason(telling.reason)}
          </p>
        )}
      </div>
      <button
        type="button"
        aria-label={t("channels.editor.removeStored", { secret: mask })}
        className="grid size-7 shrink-0 place-items-center rounded-md text-faint hover:bg-hover hover:text-ink pointer-coarse:size-11"
        onClick={onRemove}
      >
        <X className="size-3.5" aria-hidden />
      </button>
    </li>
  );
}

import { useTranslation } from "react-i18next";
import { cn } from "@/lib/cn";
import { useFormats } from "@/lib/format";
import { useHealthWords } from "../hooks/use-health-words";
import { timelineOf, type Trial } from "../model/trial";

/** The transcript of a trial, drawn to scale: where the time went. */
export function Timeline({ trial }: { trial: Trial }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const words = useHealthWords(0);
  const moments = timelineOf(trial.steps).map((moment) => ({ ...moment, detail: moment.name === "end" ? (trial.fault ? words.fault(moment.detail) : "") : moment.detail }));
  const whole = Math.max(trial.totalMs, moments.at(-1)?.at ?? 0, 1);
  if (moments.length === 0) {
    return null;
  }
  return (
    <figure>
      <figcaption className="text-sm text-muted">{t("channels.trial.timeline")}</figcaption>
      <ol className="mt-1.5">
        {moments.map(({ at, name, step, detail, took }, index) => (
          <li key={index} className="grid grid-cols-[4rem_1fr] items-center gap-x-3 gap-y-0.5 py-1 text-sm sm:grid-cols-[4rem_minmax(0,1fr)_9rem]">
            <span className="text-right font-mono text-xs text-muted tabular-nums">{t("channels.trial.ms", { figure: formats.integer(at) })}</span>
            <span className="min-w-0">
              <span className="font-medium">{name ? t(`channels.trial.step.${name}`) : step}</span>
              {detail && <span className="ml-2 font-mono text-xs text-muted [overflow-wrap:anywhere]">{detail}</span>}
            </span>
            <span aria-hidden className="relative col-start-2 h-1.5 rounded-full bg-sunken sm:col-start-3">
              <span
                className={cn("absolute inset-y-0 min-w-1.5 rounded-full", took === null ? (trial.fault ? "bg-danger-fill" : "bg-ok") : "bg-cable")}
                style={{ left: `min(${(at / whole) * 100}%, 100% - 6px)`, width: `${((took ?? 0) / whole) * 100}%` }}
              />
            </span>
          </li>
        ))}
      </ol>
      {Object.keys(trial.notes).length > 0 && (
        <dl className="mt-2 flex flex-wrap gap-x-5 gap-y-1 text-sm">
          {Object.entries(trial.notes).map(([name, value]) => (
            <div key={name} className="flex gap-1.5">
              <dt className="text-muted">{name}</dt>
              <dd className="font-mono text-xs leading-5 [overflow-wrap:anywhere]">{value}</dd>
            </div>
          ))}
        </dl>
      )}
    </figure>
  );
}

import { CircleCheck, CircleMinus } from "lucide-react";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { CodeChip } from "@/components/ui/badge";
import { nameIn } from "@/lib/channel-types";
import { useFormats } from "@/lib/format";
import { latencyIn } from "@/lib/words";
import type { Trial } from "../model/trial";
import { FaultNotice } from "./fault-notice";
import { Timeline } from "./timeline";

/** How a trial went: the verdict first, then the figures, then what was said, then how it came about. */
export function TrialResult({ trial }: { trial: Trial }) {
  const { t, i18n } = useTranslation();
  const remark = nameIn(trial.remark, i18n.language, "");
  return (
    <section aria-label={t("channels.trial.result")} className="mt-3 flex flex-col gap-4 border-t border-line pt-4 pb-2">
      {trial.fault ? <FaultNotice fault={trial.fault} /> : <Verdict ok={trial.ok} remark={remark} />}
      <Figures trial={trial} />
      {trial.text && (
        <figure>
          <figcaption className="text-sm text-muted">{t("channels.trial.answer")}</figcaption>
          <blockquote className="mt-1 max-h-40 overflow-y-auto rounded-control bg-sunken px-3 py-2 text-base whitespace-pre-wrap [overflow-wrap:anywhere] scroll-thin">
            {trial.text}
            {trial.textCut && "…"}
          </blockquote>
        </figure>
      )}
      {trial.dropped.length > 0 && (
        <div>
          <p className="text-sm text-muted">{t("channels.trial.dropped")}</p>
          <ul className="mt-1 flex flex-wrap gap-1">
            {trial.dropped.map((field) => (
              <li key={field}>
                <CodeChip className="border-warn-mark text-warn">{field}</CodeChip>
              </li>
            ))}
          </ul>
        </div>
      )}
      <Timeline trial={trial} />
    </section>
  );
}

function Verdict({ ok, remark }: { ok: boolean; remark: string }) {
  const { t } = useTranslation();
  const Icon = ok ? CircleCheck : CircleMinus;
  return (
    <div className={ok ? "flex gap-3 rounded-control bg-ok-soft px-3.5 py-3 text-sm" : "flex gap-3 rounded-control bg-sunken px-3.5 py-3 text-sm"}>
      <Icon className={ok ? "mt-0.5 size-4 shrink-0 text-ok" : "mt-0.5 size-4 shrink-0 text-muted"} aria-hidden />
      <div>
        <p className={ok ? "font-medium text-ok" : "font-medium"}>{t(ok ? "channels.trial.works" : "channels.trial.notChecked")}</p>
        {remark && <p className="mt-1">{remark}</p>}
      </div>
    </div>
  );
}

function Figures({ trial }: { trial: Trial }) {
  const { t, i18n } = useTranslation();
  const formats = useFormats();
  const { usage } = trial;
  const model = trial.upstreamModel && trial.upstreamModel !== trial.model ? `${trial.model} → ${trial.upstreamModel}` : trial.model;
  const more = [
    usage?.cachedInput ? t("channels.trial.cached", { figure: formats.integer(usage.cachedInput) }) : "",
    usage?.reasoning ? t("channels.trial.thought", { figure: formats.integer(usage.reasoning) }) : trial.reasoning ? t("channels.trial.thinks") : "",
  ].filter(Boolean);
  return (
    <dl className="grid grid-cols-2 gap-x-6 gap-y-3 sm:grid-cols-4">
      {trial.firstContentMs !== null && <Figure term={t("channels.trial.firstContent")}>{latencyIn(i18n.language, trial.firstContentMs)}</Figure>}
      <Figure term={t("channels.trial.whole")}>{latencyIn(i18n.language, trial.totalMs)}</Figure>
      {usage && (
        <Figure term={t("channels.trial.tokens")} more={more.join(" · ")}>
          {usage.input === null ? "–" : formats.integer(usage.input)} → {usage.output === null ? "–" : formats.integer(usage.output)}
        </Figure>
      )}
      {trial.finish && (
        <Figure term={t("channels.trial.finish")} mono>
          {trial.finish}
        </Figure>
      )}
      {trial.upstreamModels !== null && <Figure term={t("channels.trial.upstreamModels")}>{formats.integer(trial.upstreamModels)}</Figure>}
      {model && (
        <Figure
          term={t("channels.trial.model")}
          more={trial.upstreamHasModel === false ? t("channels.trial.missingThere") : trial.listed ? "" : t("channels.trial.notOffered")}
          mono
        >
          {model}
        </Figure>
      )}
      {trial.keyMask && (
        <Figure term={t("channels.trial.key")} mono>
          {trial.keyMask}
        </Figure>
      )}
      {trial.plugin && (
        <Figure term={t("channels.trial.plugin")} mono>
          {trial.plugin} {trial.pluginVersion}
        </Figure>
      )}
    </dl>
  );
}

function Figure({ term, more = "", mono = false, children }: { term: string; more?: string; mono?: boolean; children: ReactNode }) {
  return (
    <div className="min-w-0">
      <dt className="text-sm text-muted">{term}</dt>
      <dd className={mono ? "font-mono text-sm leading-6 [overflow-wrap:anywhere]" : "text-base font-medium tabular-nums"}>{children}</dd>
      {more && <dd className="text-sm text-muted">{more}</dd>}
    </div>
  );
}

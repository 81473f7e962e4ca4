import { useTranslation } from "react-i18next";
import { Badge, type Tone } from "@/components/ui/badge";
import { useFormats } from "@/lib/format";
import type { Phase, Step } from "../model/activity";

const tones: Record<Phase, Tone> = {
  FOUND: "neutral",
  RESOLVED: "neutral",
  STARTED: "ok",
  REPLACED: "accent",
  RESTORED: "accent",
  DRAINING: "warn",
  DRAINED: "neutral",
  STOPPED: "neutral",
  COLLECTED: "neutral",
  DISABLED: "neutral",
  REMOVED: "neutral",
  FAILED: "danger",
};

/** What happened lately, newest first: a swap can be read here step by step after it is over. */
export function ActivityList({ steps }: { steps: readonly Step[] }) {
  const { t } = useTranslation();
  const formats = useFormats();
  if (steps.length === 0) {
    return null;
  }
  return (
    <section aria-labelledby="activity" className="mt-10">
      <h2 id="activity" className="text-base font-semibold">
        {t("plugins.activity")}
      </h2>
      <ol className="mt-2 max-h-96 divide-y divide-line overflow-y-auto border-y border-line scroll-thin" tabIndex={0} aria-labelledby="activity">
        {steps.map((step) => (
          <li key={step.sequence} className="grid grid-cols-[auto_1fr] items-baseline gap-x-3 py-2 text-sm sm:grid-cols-[5rem_6.5rem_minmax(8rem,14rem)_1fr]">
            <time dateTime={new Date(step.at).toISOString()} title={formats.dateTime(step.at)} className="font-mono text-xs/5 text-faint">
              {formats.clock(step.at)}
            </time>
            <span>
              <Badge tone={tones[step.phase]}>{t(`plugins.phase.${step.phase}`)}</Badge>
            </span>
            <span className="col-span-2 truncate font-mono text-xs/5 sm:col-span-1">{`${step.plugin} ${step.version}`}</span>
            <span className="col-span-2 text-muted sm:col-span-1" lang="en">
              {step.text}
            </span>
          </li>
        ))}
      </ol>
    </section>
  );
}

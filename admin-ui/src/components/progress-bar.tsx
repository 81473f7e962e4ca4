import { Check } from "lucide-react";
import { useTranslation } from "react-i18next";
import { cn } from "@/lib/cn";
import { useFormats } from "@/lib/format";

interface ProgressBarProps {
  /** 0 to 100. */
  percent: number;
  /** Whether more is to come; a bar that stopped below 100 shows how far it came. */
  running: boolean;
}

/** How far a long task is, on one quiet line. */
export function ProgressBar({ percent, running }: ProgressBarProps) {
  const { t } = useTranslation();
  const formats = useFormats();
  const done = !running && percent >= 100;
  const label = t(done ? "progress.done" : running ? "progress.running" : "progress.ended");
  return (
    <div className="flex max-w-96 items-center gap-3 text-sm text-muted">
      {/* Of one width whatever it says, so that the bar stays where it is. */}
      <span className="flex min-w-24 items-center gap-1.5">
        {done && <Check className="size-4 text-ok" aria-hidden />}
        {label}
      </span>
      <div
        role="progressbar"
        aria-label={t("progress.label")}
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={percent}
        aria-valuetext={`${label}, ${formats.percent(percent)}`}
        className="h-1 flex-1 overflow-hidden rounded-full bg-hover"
      >
        <div
          className={cn("h-full rounded-full transition-[width] duration-500 ease-out", running ? "animate-breathe bg-accent" : "bg-line-strong")}
          style={{ width: `${percent}%` }}
        />
      </div>
      <span className="w-9 text-right font-mono text-xs tabular-nums">{formats.percent(percent)}</span>
    </div>
  );
}

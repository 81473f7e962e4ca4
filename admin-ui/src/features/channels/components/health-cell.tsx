import { ChevronDown } from "lucide-react";
import { useTranslation } from "react-i18next";
import { StatusDot } from "@/components/status-dot";
import { Skeleton } from "@/components/ui/skeleton";
import { cn } from "@/lib/cn";
import { useFormats } from "@/lib/format";
import { useHealthWords } from "../hooks/use-health-words";
import type { Channel } from "../model/channel";
import { answeredShare, freshFault, ownFaults, type Report, verdictOf } from "../model/health";

interface HealthCellProps {
  channel: Channel;
  report: Report | undefined;
  /** Whether reports have not come yet. */
  pending: boolean;
  now: number;
  /** The id of what opens below. */
  details: string;
  open: boolean;
  onToggle: () => void;
}

/** How a channel stands, at a glance; everything known about it opens below. */
export function HealthCell({ channel, report, pending, now, details, open, onToggle }: HealthCellProps) {
  const { t } = useTranslation();
  const formats = useFormats();
  const words = useHealthWords(now);
  if (pending) {
    return (
      <div className="flex flex-col gap-1.5" role="status" aria-label={t("common.loading")}>
        <Skeleton className="h-4 w-28" />
        <Skeleton className="h-3.5 w-20" />
      </div>
    );
  }
  const { verdict, tone } = verdictOf(channel.state, report);
  const label = words.verdict(verdict);
  if (!report) {
    return (
      <span className="inline-flex items-center gap-2 text-sm text-muted">
        <StatusDot tone={tone} />
        {label}
      </span>
    );
  }
  const share = answeredShare(report);
  const ended = report.answered + ownFaults(report);
  const fault = freshFault(report, now);
  const facts = [
    share !== null && t("channels.health.shareOf", { share: words.share(share), count: ended, figure: formats.compact(ended) }),
    report.running > 0 && t("channels.health.running", { count: report.running, figure: formats.integer(report.running) }),
  ].filter(Boolean);
  return (
    <div className="min-w-0">
      <button
        type="button"
        aria-expanded={open}
        aria-controls={open ? details : undefined}
        aria-label={t("channels.health.details", { name: channel.name, state: label })}
        className="-mx-1.5 flex max-w-full items-center gap-2 rounded-md px-1.5 text-left text-sm hover:bg-hover pointer-coarse:-my-2.5 pointer-coarse:min-h-11"
        onClick={onToggle}
      >
        <StatusDot tone={tone} pulse={verdict.word === "trial"} />
        <span className={cn("min-w-0", tone === "warn" && "text-warn", tone === "danger" && "text-danger", tone === "off" && "text-muted")}>{label}</span>
        <ChevronDown className={cn("size-3.5 shrink-0 text-faint transition-transform", open && "rotate-180")} aria-hidden />
      </button>
      {facts.length > 0 && <p className="pl-4.5 text-sm text-muted">{facts.join(" · ")}</p>}
      {fault && channel.state && (
        <p className="truncate pl-4.5 text-sm text-muted" title={fault.message}>
          {words.fault(fault.kind)}
          {fault.at !== null && `, ${words.ago(fault.at)}`}
        </p>
      )}
    </div>
  );
}

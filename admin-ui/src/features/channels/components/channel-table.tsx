import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useNow } from "@/lib/browser";
import type { ChannelType } from "@/lib/channel-types";
import { cn } from "@/lib/cn";
import type { Channel } from "../model/channel";
import type { Report } from "../model/health";
import { type ChannelActions, ChannelRow } from "./channel-row";

export interface ChannelTableProps extends ChannelActions {
  channels: readonly Channel[];
  types: readonly ChannelType[];
  /** How the channels stand; undefined until that is known. */
  reports: ReadonlyMap<number, Report> | undefined;
  reportsPending: boolean;
}

/** How often words such as "in 4 min" are put right; seconds are only told near the end. */
const SLOW_TICK_MS = 15_000;
const TICK_MS = 1_000;
const NEAR_MS = 105_000;

export function ChannelTable({ channels, types, reports, reportsPending, ...actions }: ChannelTableProps) {
  const { t } = useTranslation();
  const [open, setOpen] = useState<ReadonlySet<number>>(new Set());
  const slow = useNow(SLOW_TICK_MS);
  const near = [...(reports?.values() ?? [])].some(({ state: { phase, until } }) => phase === "resting" && until !== null && Math.abs(until - slow) < NEAR_MS);
  const quick = useNow(TICK_MS, near);
  const now = near ? quick : slow;
  const toggle = (id: number) =>
    setOpen((before) => {
      const next = new Set(before);
      if (!next.delete(id)) {
        next.add(id);
      }
      return next;
    });
  return (
    <div className="relative overflow-x-auto rounded-panel border border-line bg-raised" tabIndex={0} role="group" aria-label={t("console.channels")}>
      <table className="w-full text-left text-base tabular-nums">
        <thead className="hidden border-b border-line text-sm text-muted md:table-header-group">
          <tr>
            <Head>{t("channels.field.name")}</Head>
            <Head>{t("channels.health.title")}</Head>
            <Head>{t("channels.field.models")}</Head>
            <Head className="text-right">{t("channels.field.priority")}</Head>
            <Head className="text-right">{t("channels.field.weight")}</Head>
            <Head>{t("channels.field.state")}</Head>
            <Head>
              <span className="sr-only">{t("common.actions")}</span>
            </Head>
          </tr>
        </thead>
        <tbody className="divide-y divide-line">
          {channels.map((channel) => (
            <ChannelRow
              key={channel.id}
              channel={channel}
              type={types.find((type) => type.id === channel.type)}
              report={reports?.get(channel.id)}
              pending={reportsPending}
              now={now}
              open={open.has(channel.id)}
              onToggle={() => toggle(channel.id)}
              {...actions}
            />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Head({ className, children }: { className?: string; children: React.ReactNode }) {
  return (
    <th scope="col" className={cn("px-3 py-2.5 font-medium whitespace-nowrap first:pl-5", className)}>
      {children}
    </th>
  );
}

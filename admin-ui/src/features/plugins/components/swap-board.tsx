import { Undo2 } from "lucide-react";
import { type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "@/components/ui/button";
import { useNow } from "@/lib/browser";
import { cn } from "@/lib/cn";
import { useFormats } from "@/lib/format";
import { usePeaks } from "../hooks/use-peaks";
import type { Draining, Plugin } from "../model/plugin";

/** Height of one lane in pixels (`h-15`); the drawing on the left is laid out with it. */
const LANE = 60;
const WIDTH = 132;

/**
 * A swap as it happens: the new generation takes every new call, the old ones keep only the calls they began, and each lane shows how many
 * that are.
 */
export function SwapBoard({ plugin, onUndo }: { plugin: Plugin; onUndo: (() => void) | undefined }) {
  const { t } = useTranslation();
  const peakOf = usePeaks(plugin.draining);
  const lanes = plugin.draining.length + (plugin.enabled ? 1 : 0);
  return (
    <section aria-label={t("plugins.swap.label")} className="rounded-panel border border-line bg-canvas p-3 sm:p-4">
      <p className="sr-only" role="status">
        {plugin.draining
          .map((old) => t("plugins.swap.spoken", { old: old.version, count: old.leases, version: plugin.version }))
          .join(" ")}
      </p>
      <div className="flex" aria-hidden>
        <Cables plugin={plugin} lanes={lanes} peakOf={peakOf} />
        <div className="min-w-0 flex-1">
          {plugin.enabled && (
            <Lane tone="new" version={plugin.version} generation={plugin.generation} state={t("plugins.swap.serving")} figure={plugin.leases} unit={t("plugins.swap.live", { count: plugin.leases })} />
          )}
          {plugin.draining.map((old) => (
            <DrainingLane key={`${old.version}#${old.generation ?? ""}`} old={old} peak={peakOf(old)} />
          ))}
        </div>
      </div>
      {onUndo && (
        <div className="mt-3 flex flex-wrap items-center justify-between gap-2 border-t border-line pt-3">
          <p className="text-sm text-muted">{t("plugins.swap.undoHint")}</p>
          <Button size="sm" onClick={onUndo}>
            <Undo2 aria-hidden />
            {t("plugins.swap.undo", { version: plugin.draining[0]?.version ?? "" })}
          </Button>
        </div>
      )}
    </section>
  );
}

function DrainingLane({ old, peak }: { old: Draining; peak: number }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const now = useNow(1_000);
  return (
    <Lane
      tone="old"
      version={old.version}
      generation={old.generation}
      state={old.since === null ? t("plugins.swap.draining") : t("plugins.swap.drainingFor", { span: formats.span(Math.max(0, Math.floor((now - old.since) / 1_000) * 1_000)) })}
      figure={old.leases}
      unit={t("plugins.swap.left", { count: old.leases })}
      below={
        <span className="mt-1.5 block h-1 overflow-hidden rounded-full bg-hover">
          <span className="block h-full rounded-full bg-warn-mark transition-[width] duration-500" style={{ width: `${(old.leases / peak) * 100}%` }} />
        </span>
      }
    />
  );
}

interface LaneProps {
  tone: "new" | "old";
  version: string;
  generation: number | undefined;
  state: string;
  figure: number;
  unit: string;
  below?: ReactNode;
}

function Lane({ tone, version, generation, state, figure, unit, below }: LaneProps) {
  const { t } = useTranslation();
  const formats = useFormats();
  return (
    <div className="flex min-h-15 flex-col justify-center py-1.5 sm:h-15 sm:py-0">
      <div className="flex flex-wrap items-baseline gap-x-2.5 sm:flex-nowrap">
        <span className="font-mono text-sm font-semibold">{version}</span>
        {generation !== undefined && <span className="hidden text-xs text-faint sm:inline">{t("plugins.swap.generation", { generation })}</span>}
        <span className={cn("order-last w-full truncate text-sm sm:order-none sm:w-auto", tone === "new" ? "text-accent-ink" : "text-warn")}>{state}</span>
        <span className="ml-auto shrink-0 text-sm text-muted tabular-nums">
          <strong className="font-mono text-base font-semibold text-ink">{formats.integer(figure)}</strong> {unit}
        </span>
      </div>
      {below}
    </div>
  );
}

/** The cables from the socket where calls come in to the lanes; the more calls, the thicker. */
function Cables({ plugin, lanes, peakOf }: { plugin: Plugin; lanes: number; peakOf: (old: Draining) => number }) {
  const height = lanes * LANE;
  const source = { x: 12, y: height / 2 };
  const laneY = (lane: number) => lane * LANE + LANE / 2;
  const pathTo = (lane: number) => `M${source.x} ${source.y}C${WIDTH * 0.55} ${source.y} ${WIDTH * 0.4} ${laneY(lane)} ${WIDTH - 22} ${laneY(lane)}`;
  const shift = plugin.enabled ? 1 : 0;
  return (
    <svg width={WIDTH} height={height} viewBox={`0 0 ${WIDTH} ${height}`} fill="none" className="mr-1 hidden shrink-0 sm:block">
      {plugin.draining.map((old, at) => {
        const lane = at + shift;
        return (
          <g key={lane} className="stroke-warn-mark">
            <path d={pathTo(lane)} strokeWidth={2 + (old.leases / peakOf(old)) * 2.5} strokeDasharray="1 7" strokeLinecap="round" opacity={old.leases > 0 ? 0.95 : 0.3} />
            <circle cx={WIDTH - 16} cy={laneY(lane)} r="5.5" strokeWidth="2.25" className="fill-canvas" />
          </g>
        );
      })}
      {plugin.enabled && (
        <g className="stroke-cable">
          <path d={pathTo(0)} strokeWidth="4.5" strokeLinecap="round" opacity="0.28" />
          <path d={pathTo(0)} strokeWidth="2.25" strokeDasharray="8 6" strokeLinecap="round" className="animate-flow" />
          <circle cx={WIDTH - 16} cy={laneY(0)} r="5.5" strokeWidth="2.25" className="fill-cable" />
        </g>
      )}
      <circle cx={source.x} cy={source.y} r="7" strokeWidth="2.25" className="fill-raised stroke-ink" />
    </svg>
  );
}

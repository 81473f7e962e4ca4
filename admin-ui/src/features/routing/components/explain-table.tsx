import { Link } from "@tanstack/react-router";
import { ChevronRight } from "lucide-react";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { cn } from "@/lib/cn";
import { useFormats } from "@/lib/format";
import { latencyIn } from "@/lib/words";
import { type Explanation, type Line, type Offer, planOf, sayReason, type Tier } from "../model/explanation";
import type { Strategy } from "../model/rules";

/** The column that decides, by the strategy. */
const deciding: Record<Strategy, Figure> = { WEIGHT: "weight", LATENCY: "latency", COST: "cost" };
type Figure = "weight" | "cost" | "latency";
const figures: readonly Figure[] = ["weight", "cost", "latency"];

/** All channels in the order a call for the model tries them, with their shares, and those that are left out with the reasons. */
export function ExplainTable({ explanation, offers }: { explanation: Explanation; offers: readonly Offer[] }) {
  const { t } = useTranslation();
  const { tiers, elsewhere } = planOf(explanation, offers);
  const first = tiers.find(({ order }) => order === 1)?.lines.length ?? 0;
  return (
    <>
      <p className="text-base" role="status">
        {first > 0 ? t("routing.explain.verdict", { count: first, model: explanation.model }) : t("routing.explain.nowhere", { model: explanation.model })}{" "}
        <span className="text-muted">{first > 1 && t(`routing.explain.by.${explanation.strategy}`)}</span>
      </p>
      {tiers.length > 0 && (
        <div className="mt-3 overflow-x-auto rounded-control border border-line" tabIndex={0} role="group" aria-label={t("routing.explain.title")}>
          <table className="w-full text-left text-sm tabular-nums">
            <thead className="hidden border-b border-line text-muted md:table-header-group">
              <tr className="[&>th]:px-3 [&>th]:py-2 [&>th]:font-medium [&>th]:whitespace-nowrap [&>th:first-child]:pl-4">
                <th scope="col">{t("routing.explain.channel")}</th>
                <th scope="col">{t("routing.explain.share")}</th>
                <th scope="col" className="text-right">
                  {t("routing.explain.priority")}
                </th>
                {figures.map((figure) => (
                  <th key={figure} scope="col" className={cn("text-right", deciding[explanation.strategy] === figure && "text-ink")}>
                    {t(`routing.explain.${figure}`)}
                  </th>
                ))}
              </tr>
            </thead>
            {tiers.map((tier) => (
              <TierRows key={tier.order} tier={tier} decides={deciding[explanation.strategy]} />
            ))}
          </table>
        </div>
      )}
      {elsewhere.length > 0 && (
        <details className="group mt-3 text-sm">
          <summary className="inline-flex cursor-pointer items-center gap-1.5 rounded-md text-muted hover:text-ink pointer-coarse:min-h-11 [&::-webkit-details-marker]:hidden">
            <ChevronRight className="size-4 shrink-0 transition-transform group-open:rotate-90" aria-hidden />
            {t("routing.explain.elsewhere", { count: elsewhere.length, model: explanation.model })}
          </summary>
          <ul className="mt-1 flex flex-wrap gap-x-4 gap-y-1 pl-5.5">
            {elsewhere.map((line) => (
              <li key={line.id}>
                <ChannelLink line={line} />
              </li>
            ))}
          </ul>
        </details>
      )}
    </>
  );
}

function ChannelLink({ line }: { line: Line }) {
  const { t } = useTranslation();
  return (
    <Link to="/console/channels" search={{ q: line.name }} className="rounded-sm font-medium hover:underline">
      {line.name || t("channels.unnamed", { id: line.id })}
    </Link>
  );
}

function TierRows({ tier: { order, lines }, decides }: { tier: Tier; decides: Figure }) {
  const { t, i18n } = useTranslation();
  const formats = useFormats();
  return (
    <tbody className="border-b border-line last:border-b-0">
      <tr className="block md:table-row">
        <th scope="rowgroup" colSpan={6} className="block bg-sunken px-4 py-1.5 font-medium text-muted md:table-cell">
          {order === 0 ? t("routing.explain.leftOut", { count: lines.length }) : order === 1 ? t("routing.explain.first") : t("routing.explain.then", { order })}
        </th>
      </tr>
      {lines.map((line) => (
        <tr key={line.id} className="grid grid-cols-2 gap-x-8 gap-y-1.5 border-t border-line px-4 py-2.5 align-top md:table-row md:p-0 md:[&>td]:px-3 md:[&>td]:py-2.5 md:[&>td:first-child]:pl-4">
          <td className="col-span-2 min-w-0 md:max-w-72" colSpan={order === 0 ? 2 : 1}>
            <ChannelLink line={line} />
            <span className="ml-2 font-mono text-xs text-faint">{line.type}</span>
            {order === 0 && <Reasons line={line} />}
          </td>
          {order > 0 && (
            <td className="col-span-2 md:w-52">
              <Share share={line.share} />
            </td>
          )}
          <Cell label={t("routing.explain.priority")}>{formats.integer(line.priority)}</Cell>
          {figures.map((figure) => (
            <Cell key={figure} label={t(`routing.explain.${figure}`)} strong={order > 0 && figure === decides}>
              {figure === "latency" ? (line.latencyMs === null ? null : latencyIn(i18n.language, line.latencyMs)) : formats.decimal(line[figure], 4)}
            </Cell>
          ))}
        </tr>
      ))}
    </tbody>
  );
}

function Reasons({ line }: { line: Line }) {
  const formats = useFormats();
  return (
    <ul className="mt-0.5 text-muted">
      {line.reasons.map((reason) => (
        <li key={reason} className="[overflow-wrap:anywhere]">
          {sayReason(reason, formats.clock)}
        </li>
      ))}
    </ul>
  );
}

function Share({ share }: { share: number }) {
  const formats = useFormats();
  return (
    <span className="flex items-center gap-2.5">
      <span aria-hidden className="block h-1.5 flex-1 overflow-hidden rounded-full bg-hover">
        <span className="block h-full rounded-full bg-cable" style={{ width: `${share * 100}%` }} />
      </span>
      <span className="w-12 text-right font-medium">{formats.percent(share * 100)}</span>
    </span>
  );
}

/** A figure, with its name beside it where the table has no head. */
function Cell({ label, strong = false, children }: { label: string; strong?: boolean; children: ReactNode }) {
  return (
    <td className={cn("text-right whitespace-nowrap max-md:flex max-md:justify-between", strong ? "font-medium" : "text-muted", children === null && "max-md:hidden")}>
      <span className="font-normal text-muted md:hidden">{label}</span>
      {children ?? "–"}
    </td>
  );
}

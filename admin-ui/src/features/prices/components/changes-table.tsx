import { useState } from "react";
import { useTranslation } from "react-i18next";
import { SearchBox } from "@/components/search-box";
import { Badge, type Tone } from "@/components/ui/badge";
import { cn } from "@/lib/cn";
import { hasWords } from "@/lib/names";
import { type ChangeKind, differing, type ModelChange, rise } from "../model/changes";
import { PriceFigures } from "./price-figures";

const tones: Record<ChangeKind, Tone> = { changed: "warn", removed: "danger", added: "ok" };

/** How many rows are drawn; the search finds the others. */
const MOST_ROWS = 200;
const SEARCH_FROM = 12;

/** What would change, model by model: what it costs now, and what it would cost. */
export function ChangesTable({ rows }: { rows: readonly ModelChange[] }) {
  const { t } = useTranslation();
  const [search, setSearch] = useState("");
  const found = rows.filter(({ model }) => hasWords([model], search.trim()));
  return (
    <div className="flex flex-col gap-3">
      {rows.length >= SEARCH_FROM && <SearchBox value={search} label={t("prices.search")} onChange={setSearch} />}
      <div className="overflow-hidden rounded-control border border-line">
        <table className="w-full text-left text-base">
          <thead className="hidden border-b border-line bg-canvas text-sm text-muted md:table-header-group">
            <tr className="[&>th]:px-3 [&>th]:py-2 [&>th]:font-medium">
              <th scope="col">{t("prices.field.model")}</th>
              <th scope="col">{t("prices.diff.before")}</th>
              <th scope="col">{t("prices.diff.after")}</th>
            </tr>
          </thead>
          <tbody className="divide-y divide-line">
            {found.slice(0, MOST_ROWS).map((row) => (
              <ChangeRow key={row.model} row={row} />
            ))}
          </tbody>
        </table>
        {found.length === 0 && <p className="px-3 py-6 text-center text-sm text-muted">{t("nameChoice.noMatch")}</p>}
        {found.length > MOST_ROWS && <p className="border-t border-line px-3 py-2 text-sm text-muted">{t("nameChoice.more", { count: found.length - MOST_ROWS })}</p>}
      </div>
    </div>
  );
}

function ChangeRow({ row: { model, kind, before, after } }: { row: ModelChange }) {
  const { t, i18n } = useTranslation();
  const change = before && after ? rise(before, after) : null;
  return (
    <tr className="flex flex-col gap-1 px-3 py-2.5 md:table-row md:p-0 md:[&>td]:px-3 md:[&>td]:py-2 md:[&>td]:align-top">
      <td>
        <span className="flex flex-wrap items-center gap-x-2 gap-y-1">
          <span className="font-mono text-sm [overflow-wrap:anywhere]">{model}</span>
          <Badge tone={tones[kind]}>{t(`prices.diff.${kind}`)}</Badge>
        </span>
      </td>
      <td className="max-md:empty:hidden">
        {before ? (
          <Labelled label={t("prices.diff.before")}>
            <PriceFigures price={before} className={cn("text-muted", kind === "removed" && "line-through")} />
          </Labelled>
        ) : (
          <span className="text-sm text-faint max-md:hidden">{t("prices.diff.none")}</span>
        )}
      </td>
      <td>
        <Labelled label={t("prices.diff.after")}>
          {after ? (
            <span className="flex flex-wrap items-baseline gap-x-4">
              <PriceFigures price={after} {...(before ? { marked: differing(after, before) } : {})} />
              {change !== null && (
                <span className={cn("text-xs tabular-nums", change > 0 ? "text-danger" : "text-ok")}>
                  {new Intl.NumberFormat(i18n.language, { style: "percent", maximumFractionDigits: 0, signDisplay: "always" }).format(change)}
                </span>
              )}
            </span>
          ) : (
            <span className="text-sm text-danger">{t("prices.diff.closed")}</span>
          )}
        </Labelled>
      </td>
    </tr>
  );
}

/** A cell with its name above it where the table has no head. */
function Labelled({ label, children }: { label: string; children: React.ReactNode }) {
  return (
    <>
      <span className="mr-2 text-xs text-faint md:hidden">{label}</span>
      {children}
    </>
  );
}

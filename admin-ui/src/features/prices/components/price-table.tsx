import { Pencil, Trash2 } from "lucide-react";
import { useTranslation } from "react-i18next";
import { Badge, CodeChip, type Tone } from "@/components/ui/badge";
import { IconButton } from "@/components/ui/icon-button";
import { useNow } from "@/lib/browser";
import { cn } from "@/lib/cn";
import { useFormats } from "@/lib/format";
import { isFuture, partsOf, type Price, pricedTwice, type PriceKind } from "../model/price";

const tones: Record<PriceKind, Tone> = { "token-billing": "accent", "times-billing": "violet", "non-billing": "neutral" };

interface PriceTableProps {
  /** All rules in their order, which decides between two that name the same model. */
  prices: readonly Price[];
  shown: readonly Price[];
  onEdit: (price: Price) => void;
  onRemove: (price: Price) => void;
}

export function PriceTable({ prices, shown, onEdit, onRemove }: PriceTableProps) {
  const { t } = useTranslation();
  const formats = useFormats();
  const twice = pricedTwice(prices);
  const now = useNow(60_000);
  const figure = (value: number) => formats.decimal(value, 9);
  return (
    <div className="relative overflow-x-auto rounded-panel border border-line bg-raised" tabIndex={0} role="group" aria-label={t("console.prices")}>
      <table className="w-full text-left text-base tabular-nums">
        <thead className="hidden border-b border-line text-sm text-muted md:table-header-group">
          <tr className="[&>th]:px-3 [&>th]:py-2.5 [&>th]:font-medium [&>th]:whitespace-nowrap [&>th:first-child]:pl-5">
            <th scope="col">{t("prices.field.models")}</th>
            <th scope="col">{t("prices.field.kind")}</th>
            <th scope="col" className="text-right">
              {t("prices.field.input")}
            </th>
            <th scope="col" className="text-right">
              {t("prices.field.output")}
            </th>
            <th scope="col">
              <span className="sr-only">{t("common.actions")}</span>
            </th>
          </tr>
        </thead>
        <tbody className="divide-y divide-line">
          {shown.map((price) => (
            // On a phone a row is a small card: models and actions above, the kind and the figures below.
            <tr
              key={price.id}
              className="grid grid-cols-[auto_1fr_auto] items-center gap-x-3 px-4 py-3 md:table-row md:p-0 md:hover:bg-canvas md:[&>td]:px-3 md:[&>td]:py-2.5 md:[&>td:first-child]:pl-5"
            >
              <td className="col-span-2 md:min-w-48">
                <ul className="flex flex-wrap gap-1">
                  {price.models.map((model) => (
                    <li key={model}>
                      <CodeChip {...(twice.has(model) ? { className: "border-warn-mark text-warn", title: t("prices.twice") } : {})}>{model}</CodeChip>
                    </li>
                  ))}
                </ul>
                {price.type === "token-billing" && partsOf(price).length > 0 && (
                  <p className="mt-1.5 flex flex-wrap gap-x-3 text-xs text-muted">
                    {partsOf(price).map(([part, value]) => (
                      <span key={part} className="whitespace-nowrap">
                        {t(`prices.short.${part}`)} <span className="font-mono">{figure(value)}</span>
                      </span>
                    ))}
                  </p>
                )}
              </td>
              <td className="order-1 whitespace-nowrap md:order-none">
                <Badge tone={tones[price.type]}>{t(`prices.kind.${price.type}.name`)}</Badge>
                {price.anonymous && <span className="ml-2 text-sm text-muted">{t("prices.anonymousShort")}</span>}
                {price.effective_from && (
                  <Badge tone={isFuture(price, now) ? "warn" : "neutral"} className="ml-2">
                    {t("prices.from", { time: formats.dateTime(Date.parse(price.effective_from)) })}
                  </Badge>
                )}
              </td>
              <Figure label={t("prices.field.input")}>{price.type === "token-billing" ? figure(price.input) : null}</Figure>
              <Figure label={price.type === "times-billing" ? t("prices.field.perCall") : t("prices.field.output")}>
                {price.type === "non-billing" ? null : figure(price.output)}
              </Figure>
              <td className="-mr-2 text-right whitespace-nowrap md:mr-0">
                <IconButton label={t("prices.edit")} onClick={() => onEdit(price)}>
                  <Pencil />
                </IconButton>
                <IconButton label={t("prices.remove")} onClick={() => onRemove(price)}>
                  <Trash2 />
                </IconButton>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** A figure with its name beside it where the table has no head. */
function Figure({ label, children }: { label: string; children: string | null }) {
  return (
    <td className={cn("order-2 text-right font-mono text-sm whitespace-nowrap md:order-none md:table-cell", children === null && "hidden")}>
      <span className="mr-2 font-sans text-muted md:hidden">{label}</span>
      {children ?? "–"}
    </td>
  );
}

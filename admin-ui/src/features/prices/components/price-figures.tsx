import { useTranslation } from "react-i18next";
import { cn } from "@/lib/cn";
import { useFormats } from "@/lib/format";
import { type FigureName, figuresOf } from "../model/changes";
import type { Price } from "../model/price";

const NONE: ReadonlySet<FigureName> = new Set();

/** What a price says, in one line; `marked` are the figures to look at. */
export function PriceFigures({ price, marked = NONE, className }: { price: Price; marked?: ReadonlySet<FigureName>; className?: string }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const figures = figuresOf(price);
  return (
    <span className={cn("flex flex-wrap gap-x-3 gap-y-0.5 text-sm tabular-nums", className)}>
      {figures.length === 0 && t("prices.kind.non-billing.name")}
      {figures.map(([name, value]) => (
        <span key={name} className="whitespace-nowrap">
          <span className="text-muted">{t(`prices.short.${name}`)}</span>{" "}
          <span className={cn("font-mono", marked.has(name) && "rounded-sm bg-warn-soft px-1 font-medium text-warn")}>{formats.decimal(value, 9)}</span>
        </span>
      ))}
      {price.effective_from && <span className="whitespace-nowrap text-muted">{t("prices.from", { time: formats.dateTime(Date.parse(price.effective_from)) })}</span>}
    </span>
  );
}

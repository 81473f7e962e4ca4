import { ArrowDown, ArrowUp, Trash2 } from "lucide-react";
import { useTranslation } from "react-i18next";
import { IconButton } from "@/components/ui/icon-button";
import { useFormats } from "@/lib/format";
import { type PlanItem, UNLIMITED } from "@/lib/plans";

interface ItemRowProps {
  item: PlanItem;
  first: boolean;
  last: boolean;
  onOpen: () => void;
  onMove: (by: -1 | 1) => void;
  onRemove: () => void;
}

/** One item of a plan, and its place among the others. */
export function ItemRow({ item, first, last, onOpen, onMove, onRemove }: ItemRowProps) {
  const { t } = useTranslation();
  const formats = useFormats();
  const name = item.name || item.id;
  return (
    <li className="flex items-center gap-3 py-2 pr-1.5 pl-4">
      <div className="min-w-0 flex-1">
        <div className="flex flex-wrap items-baseline gap-x-3">
          <button type="button" className="rounded-sm text-left font-medium hover:underline" aria-label={t("plans.editItem", { item: name })} onClick={onOpen}>
            {name}
          </button>
          <span className="text-sm text-muted tabular-nums">
            {item.value === UNLIMITED ? t("wallet.plans.unlimited") : t("wallet.plans.times", { count: item.value, figure: formats.integer(item.value) })}
          </span>
        </div>
        <p className="truncate font-mono text-xs text-faint">{item.models.join(", ")}</p>
      </div>
      <span className="flex shrink-0">
        <IconButton label={t("plans.moveUp", { item: name })} size="sm" disabled={first} onClick={() => onMove(-1)}>
          <ArrowUp />
        </IconButton>
        <IconButton label={t("plans.moveDown", { item: name })} size="sm" disabled={last} onClick={() => onMove(1)}>
          <ArrowDown />
        </IconButton>
        <IconButton label={t("plans.removeItem", { item: name })} size="sm" onClick={onRemove}>
          <Trash2 />
        </IconButton>
      </span>
    </li>
  );
}

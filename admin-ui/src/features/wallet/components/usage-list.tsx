import { useTranslation } from "react-i18next";
import { cn } from "@/lib/cn";
import { useFormats } from "@/lib/format";
import type { ItemUse } from "../model/subscription";

const NEARLY = 0.9;

/** How much of each item of a plan is used. */
export function UsageList({ uses }: { uses: readonly ItemUse[] }) {
  const { t } = useTranslation();
  const formats = useFormats();
  return (
    <ul className="grid gap-x-8 gap-y-4 sm:grid-cols-2">
      {uses.map(({ id, name, used, total, share }) => (
        <li key={id}>
          <div className="flex items-baseline justify-between gap-3 text-sm">
            <span className="truncate font-medium">{name}</span>
            <span className="whitespace-nowrap text-muted tabular-nums">
              {total === null ? t("wallet.usage.unlimited", { used: formats.integer(used) }) : t("wallet.usage.of", { used: formats.integer(used), total: formats.integer(total) })}
            </span>
          </div>
          {total !== null && (
            <div
              role="progressbar"
              aria-label={name}
              aria-valuemin={0}
              aria-valuemax={total}
              aria-valuenow={Math.min(used, total)}
              className="mt-1.5 h-1.5 overflow-hidden rounded-full bg-hover"
            >
              <div className={cn("h-full rounded-full", share >= 1 ? "bg-danger-fill" : share >= NEARLY ? "bg-warn-mark" : "bg-accent")} style={{ width: `${share * 100}%` }} />
            </div>
          )}
        </li>
      ))}
    </ul>
  );
}

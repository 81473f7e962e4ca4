import { Plus, TriangleAlert } from "lucide-react";
import { useTranslation } from "react-i18next";
import { Button } from "@/components/ui/button";

/** Models that users cannot use for want of a price, and the way to one. */
export function Unpriced({ models, onPrice }: { models: readonly string[]; onPrice: (models: readonly string[]) => void }) {
  const { t } = useTranslation();
  return (
    <section className="mb-5 rounded-panel border border-warn-mark/40 bg-warn-soft px-4 py-3.5">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-2">
        <TriangleAlert className="size-4 shrink-0 text-warn" aria-hidden />
        <p className="min-w-48 flex-1 text-sm">{t("prices.unpriced", { count: models.length })}</p>
        {models.length > 1 && (
          <Button size="sm" onClick={() => onPrice(models)}>
            {t("prices.priceAll")}
          </Button>
        )}
      </div>
      <ul className="mt-2.5 flex flex-wrap gap-1.5">
        {models.map((model) => (
          <li key={model}>
            <Button size="sm" className="h-7 px-2 font-mono text-xs" onClick={() => onPrice([model])}>
              <Plus className="size-3.5!" aria-hidden />
              {model}
            </Button>
          </li>
        ))}
      </ul>
    </section>
  );
}

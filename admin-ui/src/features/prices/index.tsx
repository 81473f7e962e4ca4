import { useQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { Coins, Plus, SearchX, TriangleAlert } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Notice } from "@/components/notice";
import { Page } from "@/components/page";
import { QueryError } from "@/components/query-error";
import { SearchBox } from "@/components/search-box";
import { Button } from "@/components/ui/button";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { Skeleton } from "@/components/ui/skeleton";
import { modelsQuery } from "@/lib/relay";
import { toasts } from "@/lib/toasts";
import { pricesQuery, useRemovePrice } from "./api/prices";
import { PriceDialog } from "./components/price-dialog";
import { PriceTable } from "./components/price-table";
import { newPrice, type Price, unpriced } from "./model/price";

const route = getRouteApi("/signed-in/console/prices");

/** What calls cost. A model without a price is closed to users, so that is said first. */
export function PricesPage() {
  const { t } = useTranslation();
  const { q: search = "" } = route.useSearch();
  const navigate = route.useNavigate();
  const prices = useQuery(pricesQuery);
  const models = useQuery(modelsQuery);
  const [editing, setEditing] = useState<Price | null>(null);
  const [removing, setRemoving] = useState<Price | null>(null);
  const remove = useRemovePrice();
  const all = prices.data ?? [];
  const shown = all.filter((price) => price.models.some((model) => model.toLowerCase().includes(search.toLowerCase())) || search === "");
  const missing = prices.data ? unpriced((models.data ?? []).map(({ id }) => id), all) : [];

  const newButton = (
    <Button variant="primary" onClick={() => setEditing(newPrice())}>
      <Plus aria-hidden />
      {t("prices.new")}
    </Button>
  );

  return (
    <Page title={t("console.prices")} lead={t("prices.lead")} actions={all.length > 0 && newButton}>
      {prices.isPending && <Skeleton className="h-56 rounded-panel" />}
      {prices.isError && !prices.data && <QueryError error={prices.error} onRetry={() => void prices.refetch()} />}
      {missing.length > 0 && <Unpriced models={missing} onPrice={(names) => setEditing(newPrice(names))} />}
      {prices.data && all.length === 0 && (
        <Notice icon={Coins} title={t("prices.emptyTitle")} action={newButton}>
          {t("prices.emptyText")}
        </Notice>
      )}
      {all.length > 0 && (
        <>
          <div className="pb-3">
            <SearchBox value={search} label={t("prices.search")} onChange={(q) => void navigate({ search: q ? { q } : {}, replace: true })} />
          </div>
          {shown.length > 0 ? (
            <PriceTable prices={all} shown={shown} onEdit={setEditing} onRemove={setRemoving} />
          ) : (
            <Notice icon={SearchX} title={t("prices.noMatch")} />
          )}
        </>
      )}
      {editing && <PriceDialog initial={editing} onClose={() => setEditing(null)} />}
      <ConfirmDialog
        open={removing !== null}
        onOpenChange={(open) => !open && setRemoving(null)}
        title={t("prices.removeTitle")}
        confirm={t("common.delete")}
        danger
        busy={remove.isPending}
        onConfirm={() =>
          removing &&
          remove.mutate(removing.id, {
            onSuccess: () => toasts.show(t("prices.removed"), "done"),
            onSettled: () => setRemoving(null),
          })
        }
      >
        {t("prices.removeText", { models: removing?.models.join(", ") ?? "" })}
      </ConfirmDialog>
    </Page>
  );
}

function Unpriced({ models, onPrice }: { models: readonly string[]; onPrice: (models: readonly string[]) => void }) {
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

import { useQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { BookOpen, ChevronDown, Coins, Globe, History, Plus, SearchX } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { LoadingRows } from "@/components/loading-rows";
import { Notice } from "@/components/notice";
import { Page } from "@/components/page";
import { QueryError } from "@/components/query-error";
import { SearchBox } from "@/components/search-box";
import { Button } from "@/components/ui/button";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { Menu, MenuItem, MenuRoot, MenuTrigger } from "@/components/ui/menu";
import { modelsQuery } from "@/lib/relay";
import { toasts } from "@/lib/toasts";
import { pricesQuery, useRemovePrice } from "./api/prices";
import { FetchDialog } from "./components/fetch-dialog";
import { GroupsCard } from "./components/groups-card";
import { PolicyCard } from "./components/policy-card";
import { PreviewDialog } from "./components/preview-dialog";
import { PriceDialog } from "./components/price-dialog";
import { PriceTable } from "./components/price-table";
import { TemplatesDialog } from "./components/templates-dialog";
import { Unpriced } from "./components/unpriced";
import { VersionsSheet } from "./components/versions-sheet";
import { newPrice, type Price, unpriced } from "./model/price";

const route = getRouteApi("/signed-in/console/prices");

/** What is open above the page; at most one thing at a time. */
type Shown =
  | { kind: "price"; price: Price }
  | { kind: "templates" }
  | { kind: "fetch" }
  | { kind: "preview"; data: readonly Price[]; source: string; from: "templates" | "fetch" }
  | { kind: "versions" };

/** What calls cost. A model without a price is closed to users, so that is said first. */
export function PricesPage() {
  const { t } = useTranslation();
  const { q: search = "" } = route.useSearch();
  const navigate = route.useNavigate();
  const prices = useQuery(pricesQuery);
  const models = useQuery(modelsQuery);
  const [shown, setShown] = useState<Shown | null>(null);
  const [removing, setRemoving] = useState<Price | null>(null);
  const remove = useRemovePrice();
  const all = prices.data ?? [];
  const found = all.filter((price) => price.models.some((model) => model.toLowerCase().includes(search.toLowerCase())) || search === "");
  const offered = (models.data ?? []).map(({ id }) => id);
  const missing = prices.data ? unpriced(offered, all) : [];
  const edit = (price: Price) => setShown({ kind: "price", price });
  const close = () => setShown(null);

  const newButton = (
    <Button variant="primary" onClick={() => edit(newPrice())}>
      <Plus aria-hidden />
      {t("prices.new")}
    </Button>
  );

  return (
    <Page
      title={t("console.prices")}
      lead={t("prices.lead")}
      actions={
        all.length > 0 && (
          <>
            <Button onClick={() => setShown({ kind: "versions" })}>
              <History aria-hidden />
              {t("prices.versions.open")}
            </Button>
            <MenuRoot>
              <MenuTrigger asChild>
                <Button>
                  {t("prices.takeOver")}
                  <ChevronDown aria-hidden />
                </Button>
              </MenuTrigger>
              <Menu align="end">
                <MenuItem icon={<BookOpen />} onSelect={() => setShown({ kind: "templates" })}>
                  {t("prices.templates.title")}
                </MenuItem>
                <MenuItem icon={<Globe />} onSelect={() => setShown({ kind: "fetch" })}>
                  {t("prices.fetch.title")}
                </MenuItem>
              </Menu>
            </MenuRoot>
            {newButton}
          </>
        )
      }
    >
      {prices.isPending && <LoadingRows />}
      {prices.isError && !prices.data && <QueryError error={prices.error} onRetry={() => void prices.refetch()} />}
      {missing.length > 0 && <Unpriced models={missing} onPrice={(names) => edit(newPrice(names))} />}
      {prices.data && all.length === 0 && (
        <Notice
          icon={Coins}
          title={t("prices.emptyTitle")}
          action={
            <>
              <Button onClick={() => setShown({ kind: "templates" })}>
                <BookOpen aria-hidden />
                {t("prices.templates.title")}
              </Button>
              {newButton}
            </>
          }
        >
          {t("prices.emptyText")}
        </Notice>
      )}
      {all.length > 0 && (
        <>
          <div className="pb-3">
            <SearchBox value={search} label={t("prices.search")} onChange={(q) => void navigate({ search: q ? { q } : {}, replace: true })} />
          </div>
          {found.length > 0 ? (
            <PriceTable prices={all} shown={found} onEdit={edit} onRemove={setRemoving} />
          ) : (
            <Notice icon={SearchX} title={t("prices.noMatch")} />
          )}
        </>
      )}
      {prices.data && (
        <div className="mt-8 flex flex-col gap-5">
          <GroupsCard />
          <PolicyCard />
        </div>
      )}
      {shown?.kind === "price" && <PriceDialog initial={shown.price} onClose={close} />}
      {shown?.kind === "templates" && (
        <TemplatesDialog offered={offered} onClose={close} onChoose={(data) => setShown({ kind: "preview", data, source: t("prices.templates.title"), from: "templates" })} />
      )}
      {shown?.kind === "fetch" && <FetchDialog onClose={close} onFetched={(data, endpoint) => setShown({ kind: "preview", data, source: endpoint, from: "fetch" })} />}
      {shown?.kind === "preview" && <PreviewDialog data={shown.data} source={shown.source} onBack={() => setShown({ kind: shown.from })} onClose={close} />}
      {shown?.kind === "versions" && <VersionsSheet onClose={close} />}
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

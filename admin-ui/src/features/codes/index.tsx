import { useQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { Plus, SearchX, Ticket } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { DownloadButton } from "@/components/download-button";
import { LoadingRows } from "@/components/loading-rows";
import { Notice } from "@/components/notice";
import { Page } from "@/components/page";
import { Pager } from "@/components/pager";
import { QueryError } from "@/components/query-error";
import { SearchBox } from "@/components/search-box";
import { Button } from "@/components/ui/button";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { Select } from "@/components/ui/field";
import { Tab, TabList, TabPanel, Tabs } from "@/components/ui/tabs";
import { useSettled } from "@/lib/browser";
import { toasts } from "@/lib/toasts";
import { codesQuery, rootOf, useRemoveCode } from "./api/codes";
import { CodeTable } from "./components/code-table";
import { GenerateDialog } from "./components/generate-dialog";
import type { Code } from "./model/code";
import { codeKinds, type CodeSearch, withSearch } from "./model/search";

const route = getRouteApi("/signed-in/console/codes");

/** Codes that bring credits: those that are sold, and those that are given away. */
export function CodesPage() {
  const { t } = useTranslation();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const [generating, setGenerating] = useState(false);
  const { kind = "redeem" } = search;
  const go = (next: CodeSearch) => void navigate({ search: next, replace: true });
  return (
    <Page
      title={t("console.codes")}
      lead={t("codes.pageLead")}
      actions={
        <>
          <DownloadButton path={`${rootOf(kind)}/export`} name="codes.csv">
            {t("codes.export")}
          </DownloadButton>
          <Button variant="primary" onClick={() => setGenerating(true)}>
            <Plus aria-hidden />
            {t("codes.generate.open")}
          </Button>
        </>
      }
    >
      <Tabs value={kind} onValueChange={(next) => go(next === "gift" ? { kind: "gift" } : {})}>
        <TabList aria-label={t("codes.kinds")}>
          {codeKinds.map((one) => (
            <Tab key={one} value={one}>
              {t(`codes.kind.${one}`)}
            </Tab>
          ))}
        </TabList>
        <TabPanel value={kind} className="pt-4 outline-none" tabIndex={-1}>
          <CodeList search={search} onSearch={go} onGenerate={() => setGenerating(true)} />
        </TabPanel>
      </Tabs>
      {generating && <GenerateDialog kind={kind} onClose={() => setGenerating(false)} />}
    </Page>
  );
}

function CodeList({ search, onSearch, onGenerate }: { search: CodeSearch; onSearch: (search: CodeSearch) => void; onGenerate: () => void }) {
  const { t } = useTranslation();
  const { kind = "redeem", q = "", used, page = 1 } = search;
  const settled = useSettled(q);
  const list = useQuery(codesQuery({ ...search, q: settled }));
  const [removing, setRemoving] = useState<Code | null>(null);
  const remove = useRemoveCode(kind);
  // One that was used is not deleted but ended: the ledger speaks of it.
  const ending = removing !== null && removing.uses > 0;
  const filtered = q !== "" || used !== undefined;
  return (
    <>
      <p className="pb-3 text-sm text-muted">{t(`codes.lead.${kind}`)}</p>
      <div className="flex flex-wrap gap-2 pb-3">
        <SearchBox value={q} label={t("codes.search")} onChange={(next) => onSearch(withSearch(search, { q: next }))} />
        <Select
          aria-label={t("codes.field.state")}
          value={used === undefined ? "" : String(used)}
          onChange={(event) => onSearch(withSearch(search, { used: event.target.value === "" ? undefined : event.target.value === "true" }))}
        >
          <option value="">{t("codes.filter.any")}</option>
          <option value="false">{t("codes.filter.open")}</option>
          <option value="true">{t("codes.filter.used")}</option>
        </Select>
      </div>
      {list.isPending && <LoadingRows />}
      {list.isError && !list.data && <QueryError error={list.error} onRetry={() => void list.refetch()} />}
      {list.data?.codes.length === 0 &&
        (filtered ? (
          <Notice icon={SearchX} title={t("codes.noMatch")} />
        ) : (
          <Notice
            icon={Ticket}
            title={t("codes.emptyTitle")}
            action={
              <Button variant="primary" onClick={onGenerate}>
                <Plus aria-hidden />
                {t("codes.generate.open")}
              </Button>
            }
          >
            {t("codes.emptyText")}
          </Notice>
        ))}
      {list.data && list.data.codes.length > 0 && (
        <CodeTable codes={list.data.codes} kind={kind} stale={list.isPlaceholderData} onBatch={(batch) => onSearch(withSearch(search, { q: batch }))} onRemove={setRemoving} />
      )}
      {list.data && <Pager page={page - 1} pages={list.data.pages} onPage={(next) => onSearch(withSearch(search, { page: next === 0 ? undefined : next + 1 }))} />}
      <ConfirmDialog
        open={removing !== null}
        onOpenChange={(open) => !open && setRemoving(null)}
        title={ending ? t("codes.stopTitle") : t("codes.removeTitle")}
        confirm={ending ? t("codes.stopConfirm") : t("common.delete")}
        danger
        busy={remove.isPending}
        onConfirm={() =>
          removing &&
          remove.mutate(removing.code, {
            onSuccess: () => toasts.show(ending ? t("codes.stopped") : t("codes.removed"), "done"),
            onSettled: () => setRemoving(null),
          })
        }
      >
        {t(ending ? "codes.stopText" : "codes.removeText", { code: removing?.code ?? "" })}
      </ConfirmDialog>
    </>
  );
}

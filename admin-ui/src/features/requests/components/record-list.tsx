import { useQuery } from "@tanstack/react-query";
import { ReceiptText, SearchX } from "lucide-react";
import { type ComponentType, useState } from "react";
import { useTranslation } from "react-i18next";
import { LoadingRows } from "@/components/loading-rows";
import { Notice } from "@/components/notice";
import { Pager } from "@/components/pager";
import { QueryError } from "@/components/query-error";
import { Button } from "@/components/ui/button";
import { useNow } from "@/lib/browser";
import { localDay } from "@/lib/server-time";
import { recordsQuery } from "../api/records";
import { isFiltered, type RecordSearch, withFilter, wishOf } from "../model/filters";
import type { RequestRecord } from "../model/record";
import { RecordFilters } from "./record-filters";
import { RecordSheet } from "./record-sheet";
import { RecordTable } from "./record-table";

interface RecordListProps {
  search: RecordSearch;
  scope: "all" | "mine";
  /** What an administrator can do about a line. */
  Actions?: ComponentType<{ record: RequestRecord }>;
  onSearch: (search: RecordSearch) => void;
}

/** Lines of the request log: filters, a page of them, and everything about one. */
export function RecordList({ search, scope, Actions, onSearch }: RecordListProps) {
  const { t } = useTranslation();
  const [opened, setOpened] = useState<RequestRecord | null>(null);
  // The days begin anew at midnight, not with each look.
  const now = useNow(60_000);
  const page = (search.page ?? 1) - 1;
  const records = useQuery(recordsQuery(wishOf(search, scope, new Date(`${localDay(now)}T12:00:00`).getTime()), page));
  const { data } = records;
  const filtered = isFiltered(search);
  return (
    <>
      <RecordFilters search={search} scope={scope} onChange={onSearch} />
      {records.isPending && <LoadingRows />}
      {records.isError && !data && <QueryError error={records.error} onRetry={() => void records.refetch()} />}
      {data && data.records.length === 0 && (
        <Notice
          icon={filtered ? SearchX : ReceiptText}
          title={t(filtered ? "record.noMatch" : "record.emptyTitle")}
          action={filtered && <Button onClick={() => onSearch({})}>{t("record.filter.clear")}</Button>}
        >
          {!filtered && t("record.emptyText")}
        </Notice>
      )}
      {data && data.records.length > 0 && <RecordTable records={data.records} scope={scope} stale={records.isPlaceholderData} onOpen={setOpened} />}
      {data && <Pager page={page} pages={data.pages} onPage={(next) => onSearch(withFilter(search, { page: next === 0 ? undefined : next + 1 }))} />}
      {data?.more && page + 1 >= data.pages && <p className="pt-2 text-right text-sm text-muted">{t("record.more")}</p>}
      {opened && (
        <RecordSheet
          record={opened}
          actions={Actions && <Actions record={opened} />}
          {...(scope === "all"
            ? {
                onFilter: (part: Partial<RecordSearch>) => {
                  setOpened(null);
                  onSearch(withFilter(search, part));
                },
              }
            : {})}
          onClose={() => setOpened(null)}
        />
      )}
    </>
  );
}

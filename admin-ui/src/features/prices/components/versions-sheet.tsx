import { useQuery } from "@tanstack/react-query";
import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { Pager } from "@/components/pager";
import { QueryError } from "@/components/query-error";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { Sheet } from "@/components/ui/dialog";
import { Skeleton } from "@/components/ui/skeleton";
import { useFormats } from "@/lib/format";
import { serverTime } from "@/lib/server-time";
import { toasts } from "@/lib/toasts";
import { pricesQuery } from "../api/prices";
import { useRestore, type Version, versionQuery, versionsQuery } from "../api/versions";
import { changesBetween } from "../model/changes";
import type { Price } from "../model/price";
import { ChangesTable } from "./changes-table";

const NONE: readonly Price[] = [];

/** All price lists there have been, and the way back to one. */
export function VersionsSheet({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const [page, setPage] = useState(0);
  const [opened, setOpened] = useState<number | null>(null);
  const list = useQuery(versionsQuery(page));
  return (
    <Sheet open side="right" className="sm:max-w-2xl" onOpenChange={(open) => !open && onClose()} title={t("prices.versions.title")} titleShown>
      <div className="px-5 py-5 sm:px-6">
        <p className="pb-4 text-sm text-muted">{t("prices.versions.lead")}</p>
        {list.isPending && (
          <div role="status" aria-label={t("common.loading")} className="flex flex-col gap-3">
            {[0, 1, 2, 3].map((row) => (
              <Skeleton key={row} className="h-12 rounded-control" />
            ))}
          </div>
        )}
        {list.isError && !list.data && <QueryError error={list.error} onRetry={() => void list.refetch()} />}
        {list.data?.versions.length === 0 && <p className="py-8 text-center text-sm text-muted">{t("prices.versions.empty")}</p>}
        {list.data && list.data.versions.length > 0 && (
          <>
            <ul className="divide-y divide-line rounded-panel border border-line">
              {list.data.versions.map((version) => (
                <VersionRow
                  key={version.version}
                  version={version}
                  open={opened === version.version}
                  onToggle={() => setOpened(opened === version.version ? null : version.version)}
                  onRestored={onClose}
                />
              ))}
            </ul>
            <Pager page={page} pages={list.data.pages} onPage={setPage} />
          </>
        )}
      </div>
    </Sheet>
  );
}

interface VersionRowProps {
  version: Version;
  open: boolean;
  onToggle: () => void;
  onRestored: () => void;
}

function VersionRow({ version, open, onToggle, onRestored }: VersionRowProps) {
  const { t } = useTranslation();
  const formats = useFormats();
  const at = serverTime(version.created_at);
  return (
    <li className="px-4 py-3">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <span className="font-medium tabular-nums">{t("prices.versions.name", { version: formats.integer(version.version) })}</span>
        {version.current && <Badge tone="accent">{t("prices.versions.current")}</Badge>}
        <span className="text-sm text-muted tabular-nums">
          {[at === null ? "" : formats.dateTime(at), t("prices.versions.rules", { count: version.rules })].filter(Boolean).join(" · ")}
        </span>
        {!version.current && (
          <Button size="sm" className="ml-auto" aria-expanded={open} onClick={onToggle}>
            {t(open ? "prices.versions.hide" : "prices.versions.show")}
          </Button>
        )}
      </div>
      {open && <VersionDetails version={version.version} onRestored={onRestored} />}
    </li>
  );
}

/** What going back to a version would change. */
function VersionDetails({ version, onRestored }: { version: number; onRestored: () => void }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const [asking, setAsking] = useState(false);
  const detail = useQuery(versionQuery(version));
  const { data: now = NONE } = useQuery(pricesQuery);
  const restore = useRestore();
  const rules = detail.data?.rules;
  const rows = useMemo(() => (rules ? changesBetween(now, rules) : []), [now, rules]);
  const name = t("prices.versions.name", { version: formats.integer(version) });
  return (
    <div className="flex flex-col gap-3 pt-3">
      {detail.isPending && <Skeleton className="h-24 rounded-control" />}
      {detail.isError && <QueryError error={detail.error} onRetry={() => void detail.refetch()} />}
      {detail.data && (
        <>
          <p className="text-sm text-muted">{rows.length > 0 ? t("prices.versions.differs", { count: rows.length }) : t("prices.versions.same")}</p>
          {rows.length > 0 && <ChangesTable rows={rows} />}
          <Button className="self-start" onClick={() => setAsking(true)}>
            {t("prices.versions.restore")}
          </Button>
        </>
      )}
      <ConfirmDialog
        open={asking}
        onOpenChange={setAsking}
        title={t("prices.versions.restoreTitle", { name })}
        confirm={t("prices.versions.restore")}
        busy={restore.isPending}
        onConfirm={() =>
          restore.mutate(version, {
            onSuccess: () => {
              toasts.show(t("prices.versions.restored", { name }), "done");
              onRestored();
            },
            onSettled: () => setAsking(false),
          })
        }
      >
        {t("prices.versions.restoreText")}
      </ConfirmDialog>
    </div>
  );
}

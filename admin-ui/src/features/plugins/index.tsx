import { Plug, Upload } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Notice } from "@/components/notice";
import { Page } from "@/components/page";
import { QueryError } from "@/components/query-error";
import { Button } from "@/components/ui/button";
import { Skeleton } from "@/components/ui/skeleton";
import { useFormats } from "@/lib/format";
import { toasts } from "@/lib/toasts";
import { type PluginAction, usePluginAction } from "./api/plugins";
import { ActionDialog, type ConfirmedAction } from "./components/action-dialog";
import { ActivityList } from "./components/activity-list";
import { InstallDialog } from "./components/install-dialog";
import { LiveSign } from "./components/live-sign";
import { PluginRow } from "./components/plugin-row";
import { useLivePlugins } from "./hooks/use-live-plugins";
import { usePageDrop } from "./hooks/use-page-drop";
import { callsOf, conditionOf, type Plugin } from "./model/plugin";

/** Installed plugins, what they do this very moment, and everything that can be done to them. */
export function PluginsPage() {
  const { t } = useTranslation();
  const { plugins, live, steps } = useLivePlugins();
  const [asked, setAsked] = useState<{ id: string; action: ConfirmedAction } | null>(null);
  const [installing, setInstalling] = useState<{ file: File | null } | null>(null);
  const act = usePluginAction();
  const dragging = usePageDrop((file) => setInstalling({ file }), installing === null);
  const list = plugins.data ?? [];
  const askedPlugin = asked && list.find((plugin) => plugin.id === asked.id);

  const run = (plugin: Plugin, action: PluginAction) => {
    act.mutate(
      { id: plugin.id, action },
      {
        onSuccess: () => toasts.show(t(`plugins.done.${action}`, { name: plugin.name }), "done"),
        onSettled: () => setAsked(null),
      },
    );
  };

  const installButton = (
    <Button variant="primary" onClick={() => setInstalling({ file: null })}>
      <Upload aria-hidden />
      {t("plugins.install.open")}
    </Button>
  );

  return (
    <Page title={t("console.plugins")} lead={t("plugins.lead")} actions={list.length > 0 && installButton}>
      {plugins.isPending && <LoadingRows />}
      {plugins.isError && !plugins.data && <QueryError error={plugins.error} onRetry={() => void plugins.refetch()} />}
      {plugins.data && list.length === 0 && (
        <Notice icon={Plug} title={t("plugins.emptyTitle")} action={installButton}>
          {t("plugins.emptyText")}
        </Notice>
      )}
      {list.length > 0 && (
        <>
          <div className="flex flex-wrap items-center justify-between gap-3 pb-3">
            <Summary list={list} />
            <LiveSign state={live} />
          </div>
          <ul className="divide-y divide-line rounded-panel border border-line bg-raised">
            {list.map((plugin) => (
              <PluginRow
                key={plugin.id}
                plugin={plugin}
                busy={act.isPending && act.variables.id === plugin.id}
                onAction={(action) => (action === "enable" ? run(plugin, action) : setAsked({ id: plugin.id, action }))}
              />
            ))}
          </ul>
        </>
      )}
      <ActivityList steps={steps} />
      <ActionDialog
        asked={asked && askedPlugin ? { plugin: askedPlugin, action: asked.action } : null}
        busy={act.isPending}
        onClose={() => setAsked(null)}
        onConfirm={() => asked && askedPlugin && run(askedPlugin, asked.action)}
      />
      {installing && <InstallDialog initial={installing.file} onClose={() => setInstalling(null)} />}
      {dragging && (
        <div className="pointer-events-none fixed inset-3 z-30 grid place-items-center rounded-2xl border-2 border-dashed border-accent bg-accent-soft/90">
          <p className="flex items-center gap-3 text-xl font-semibold text-accent-ink">
            <Upload className="size-6" aria-hidden />
            {t("plugins.install.dropHere")}
          </p>
        </div>
      )}
    </Page>
  );
}

function Summary({ list }: { list: readonly Plugin[] }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const serving = list.filter((plugin) => ["serving", "swapping"].includes(conditionOf(plugin))).length;
  const failed = list.filter((plugin) => conditionOf(plugin) === "failed").length;
  const calls = list.reduce((sum, plugin) => sum + callsOf(plugin), 0);
  return (
    <p className="flex flex-wrap gap-x-2 text-sm text-muted tabular-nums">
      <span>{t("plugins.summary.serving", { serving, count: list.length })}</span>
      <span aria-hidden>{"·"}</span>
      <span>{t("plugins.summary.calls", { count: calls, figure: formats.integer(calls) })}</span>
      {failed > 0 && (
        <>
          <span aria-hidden>{"·"}</span>
          <span className="font-medium text-danger">{t("plugins.summary.failed", { count: failed })}</span>
        </>
      )}
    </p>
  );
}

function LoadingRows() {
  const { t } = useTranslation();
  return (
    <div role="status" aria-label={t("common.loading")} className="divide-y divide-line rounded-panel border border-line bg-raised">
      {[0, 1, 2].map((row) => (
        <div key={row} className="flex items-center gap-3.5 px-5 py-4">
          <Skeleton className="size-9 rounded-lg" />
          <div className="flex-1">
            <Skeleton className="h-4 w-48" />
            <Skeleton className="mt-2.5 h-4 w-72 max-w-full" />
          </div>
          <Skeleton className="h-5 w-9 rounded-full" />
        </div>
      ))}
    </div>
  );
}

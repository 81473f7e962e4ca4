import { useQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { Cable, CircleCheck, Plus, SearchX } from "lucide-react";
import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { Notice } from "@/components/notice";
import { Page } from "@/components/page";
import { QueryError } from "@/components/query-error";
import { Alert, AlertButton } from "@/components/ui/alert";
import { Button } from "@/components/ui/button";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { channelTypesQuery } from "@/lib/channel-types";
import { sayError } from "@/lib/say-error";
import { toasts } from "@/lib/toasts";
import { channelsQuery, useRemoveChannel, useSwitchChannel } from "./api/channels";
import { healthQuery } from "./api/health";
import { BalanceDialog } from "./components/balance-dialog";
import { ChannelEditor } from "./components/channel-editor";
import { ChannelFilter } from "./components/channel-filter";
import type { ChannelActions } from "./components/channel-row";
import { ChannelTable } from "./components/channel-table";
import { LoadingTable } from "./components/loading-table";
import { TestDialog } from "./components/test-dialog";
import { type Channel, copyOf, matches, newChannel, sortChannels } from "./model/channel";
import { needsAttention, reportsOf } from "./model/health";

const route = getRouteApi("/signed-in/console/channels");

/** What is open above the list; at most one thing at a time. */
type Shown = { kind: "editor" | "test" | "balance" | "removing"; channel: Channel };

/** Where calls may go: every upstream account, its models, how it stands, and the order they are tried in. */
export function ChannelsPage() {
  const { t } = useTranslation();
  const { q: search = "", add, attention = false } = route.useSearch();
  const navigate = route.useNavigate();
  const channels = useQuery(channelsQuery);
  const types = useQuery(channelTypesQuery);
  const any = (channels.data?.length ?? 0) > 0;
  const health = useQuery({ ...healthQuery, enabled: any });
  const [shown, setShown] = useState<Shown | null>(null);
  const switchChannel = useSwitchChannel();
  const remove = useRemoveChannel();

  const reports = useMemo(() => health.data && reportsOf(channels.data ?? [], health.data), [channels.data, health.data]);
  const worrying = useMemo(() => {
    const known = new Set(types.data?.map(({ id }) => id));
    const worries = (channel: Channel) => needsAttention(channel, reports?.get(channel.id), types.data === undefined || known.has(channel.type));
    return new Set((channels.data ?? []).filter(worries).map(({ id }) => id));
  }, [channels.data, reports, types.data]);
  const listed = useMemo(
    () => sortChannels((channels.data ?? []).filter((channel) => (!attention || worrying.has(channel.id)) && matches(channel, search))),
    [channels.data, search, attention, worrying],
  );

  // Whoever comes from a vendor finds the editor open, with the type chosen.
  const asked = add === undefined || types.isPending ? null : newChannel(types.data?.find((type) => type.id === add), add);
  const edited = shown?.kind === "editor" ? shown.channel : shown ? null : asked;
  const close = () => {
    setShown(null);
    if (add !== undefined) {
      void navigate({ search: ({ add: _done, ...others }) => others, replace: true });
    }
  };
  const show = (kind: Shown["kind"]) => (channel: Channel) => setShown({ kind, channel });
  const edit = show("editor");

  const actions: ChannelActions = {
    onEdit: edit,
    onTest: show("test"),
    onBalance: show("balance"),
    onExplain: (channel) => void navigate({ to: "/console/routing", search: { model: channel.models[0] } }),
    onCopy: (channel) => edit(copyOf(channel, t("channels.copyName", { name: channel.name }))),
    onRemove: show("removing"),
    onSwitch: (channel, on) => switchChannel.mutate({ id: channel.id, on }),
  };

  const newButton = (
    <Button variant="primary" disabled={types.isPending} onClick={() => edit(newChannel(types.data?.find(({ id }) => id === "openai") ?? types.data?.[0]))}>
      <Plus aria-hidden />
      {t("channels.new")}
    </Button>
  );

  return (
    <Page title={t("console.channels")} lead={t("channels.lead")} actions={any && newButton}>
      {channels.isPending && <LoadingTable />}
      {channels.isError && !channels.data && <QueryError error={channels.error} onRetry={() => void channels.refetch()} />}
      {channels.data && !any && (
        <Notice icon={Cable} title={t("channels.emptyTitle")} action={newButton}>
          {t("channels.emptyText")}
        </Notice>
      )}
      {any && (
        <>
          <ChannelFilter
            search={search}
            attention={attention}
            worrying={worrying.size}
            count={listed.length}
            onChange={(next) => void navigate({ search: { ...(next.q ? { q: next.q } : {}), ...(next.attention ? { attention: true } : {}) }, replace: true })}
          />
          {health.isError && !health.data && (
            <div className="pb-3">
              <Alert action={<AlertButton onClick={() => void health.refetch()}>{t("common.retry")}</AlertButton>}>
                {t("channels.health.failed", { words: sayError(health.error, t) })}
              </Alert>
            </div>
          )}
          {listed.length > 0 && <ChannelTable channels={listed} types={types.data ?? []} reports={reports} reportsPending={health.isPending} {...actions} />}
          {listed.length === 0 &&
            (attention && search === "" ? (
              <Notice icon={CircleCheck} title={t("channels.allWellTitle")}>
                {t("channels.allWellText")}
              </Notice>
            ) : (
              <Notice icon={SearchX} title={t("channels.noMatch")} />
            ))}
        </>
      )}
      {edited && <ChannelEditor key={shown ? "" : add} initial={edited} types={types.data ?? []} report={reports?.get(edited.id)} onClose={close} />}
      {shown?.kind === "test" && <TestDialog subject={{ id: shown.channel.id }} channel={shown.channel} onClose={close} />}
      {shown?.kind === "balance" && <BalanceDialog subject={{ id: shown.channel.id }} channel={shown.channel} onClose={close} />}
      <ConfirmDialog
        open={shown?.kind === "removing"}
        onOpenChange={(open) => !open && close()}
        title={t("channels.removeTitle", { name: shown?.channel.name ?? "" })}
        confirm={t("common.delete")}
        danger
        busy={remove.isPending}
        onConfirm={() =>
          shown &&
          remove.mutate(shown.channel.id, {
            onSuccess: () => toasts.show(t("channels.removed", { name: shown.channel.name }), "done"),
            onSettled: close,
          })
        }
      >
        {t("channels.removeText")}
      </ConfirmDialog>
    </Page>
  );
}

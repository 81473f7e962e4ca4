import { useQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { Cable, Plus, SearchX } from "lucide-react";
import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { Notice } from "@/components/notice";
import { Page } from "@/components/page";
import { QueryError } from "@/components/query-error";
import { SearchBox } from "@/components/search-box";
import { Button } from "@/components/ui/button";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { Skeleton } from "@/components/ui/skeleton";
import { channelTypesQuery } from "@/lib/channel-types";
import { toasts } from "@/lib/toasts";
import { channelsQuery, useRemoveChannel, useSwitchChannel } from "./api/channels";
import { ChannelEditor } from "./components/channel-editor";
import { ChannelTable } from "./components/channel-table";
import { type Channel, copyOf, matches, newChannel, sortChannels } from "./model/channel";

const route = getRouteApi("/signed-in/console/channels");

/** Where calls may go: every upstream account, its models, and the order they are tried in. */
export function ChannelsPage() {
  const { t } = useTranslation();
  const { q: search = "", add } = route.useSearch();
  const navigate = route.useNavigate();
  const channels = useQuery(channelsQuery);
  const types = useQuery(channelTypesQuery);
  const [editing, setEditing] = useState<Channel | null>(null);
  const [removing, setRemoving] = useState<Channel | null>(null);
  const switchChannel = useSwitchChannel();
  const remove = useRemoveChannel();
  const shown = useMemo(() => sortChannels((channels.data ?? []).filter((channel) => matches(channel, search))), [channels.data, search]);
  const any = (channels.data?.length ?? 0) > 0;

  // Whoever comes from a vendor finds the editor open, with the type chosen.
  const asked = add === undefined || types.isPending ? null : newChannel(types.data?.find((type) => type.id === add), add);
  const edited = editing ?? asked;
  const close = () => {
    setEditing(null);
    if (add !== undefined) {
      void navigate({ search: ({ add: _done, ...others }) => others, replace: true });
    }
  };

  const newButton = (
    <Button variant="primary" disabled={types.isPending} onClick={() => setEditing(newChannel(types.data?.find(({ id }) => id === "openai") ?? types.data?.[0]))}>
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
          <div className="pb-3">
            <SearchBox
              value={search}
              label={t("channels.search")}
              onChange={(q) => void navigate({ search: q ? { q } : {}, replace: true })}
            />
          </div>
          {shown.length > 0 ? (
            <ChannelTable
              channels={shown}
              types={types.data ?? []}
              onEdit={setEditing}
              onCopy={(channel) => setEditing(copyOf(channel, t("channels.copyName", { name: channel.name })))}
              onRemove={setRemoving}
              onSwitch={(channel, on) => switchChannel.mutate({ id: channel.id, on })}
            />
          ) : (
            <Notice icon={SearchX} title={t("channels.noMatch")} />
          )}
        </>
      )}
      {edited && <ChannelEditor key={editing ? "" : add} initial={edited} types={types.data ?? []} onClose={close} />}
      <ConfirmDialog
        open={removing !== null}
        onOpenChange={(open) => !open && setRemoving(null)}
        title={t("channels.removeTitle", { name: removing?.name ?? "" })}
        confirm={t("common.delete")}
        danger
        busy={remove.isPending}
        onConfirm={() =>
          removing &&
          remove.mutate(removing.id, {
            onSuccess: () => toasts.show(t("channels.removed", { name: removing.name }), "done"),
            onSettled: () => setRemoving(null),
          })
        }
      >
        {t("channels.removeText")}
      </ConfirmDialog>
    </Page>
  );
}

function LoadingTable() {
  const { t } = useTranslation();
  return (
    <div role="status" aria-label={t("common.loading")} className="divide-y divide-line rounded-panel border border-line bg-raised">
      {[0, 1, 2, 3].map((row) => (
        <div key={row} className="flex items-center gap-6 px-5 py-4">
          <div className="w-40">
            <Skeleton className="h-4" />
            <Skeleton className="mt-2 h-3.5 w-2/3" />
          </div>
          <Skeleton className="h-5 flex-1" />
          <Skeleton className="h-5 w-9 rounded-full" />
        </div>
      ))}
    </div>
  );
}

import { useQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { Plus, SearchX, Store } from "lucide-react";
import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { Notice } from "@/components/notice";
import { Page } from "@/components/page";
import { QueryError } from "@/components/query-error";
import { SearchBox } from "@/components/search-box";
import { Alert, AlertButton } from "@/components/ui/alert";
import { Button } from "@/components/ui/button";
import { Skeleton } from "@/components/ui/skeleton";
import { channelTypesQuery } from "@/lib/channel-types";
import { sayError } from "@/lib/say-error";
import { toasts } from "@/lib/toasts";
import { profilesQuery } from "./api/profiles";
import { type EditorStart, ProfileEditor } from "./components/profile-editor";
import { RemoveDialog } from "./components/remove-dialog";
import { SavedDialog } from "./components/saved-dialog";
import { VendorSheet } from "./components/vendor-sheet";
import { type VendorActions, VendorTable } from "./components/vendor-table";
import { copyOf, emptyProfile, namesOf, type Profile, textAt } from "./model/profile";
import { type Family, matches, type Vendor, vendorsOf } from "./model/vendor";

const NONE: readonly Family[] = [];

const route = getRouteApi("/signed-in/console/vendors");

/** What is open above the list; at most one thing at a time. */
type Shown =
  | { kind: "vendor"; vendor: Vendor }
  | { kind: "editor"; start: EditorStart }
  | { kind: "removing"; vendor: Vendor }
  | { kind: "saved"; id: string; name: string };

/** Everything a channel can lead to: what plugins bring along, and what was added here as data. */
export function VendorsPage() {
  const { t, i18n } = useTranslation();
  const { q: search = "", own = false } = route.useSearch();
  const navigate = route.useNavigate();
  const types = useQuery(channelTypesQuery);
  const profiles = useQuery(profilesQuery);
  const [shown, setShown] = useState<Shown | null>(null);
  const all = useMemo(() => vendorsOf(types.data ?? [], profiles.data?.profiles ?? [], i18n.language), [types.data, profiles.data, i18n.language]);
  const listed = useMemo(() => all.filter((vendor) => (!own || vendor.own) && matches(vendor, search)), [all, own, search]);
  const ownCount = all.filter((vendor) => vendor.own).length;
  const families = profiles.data?.families ?? NONE;
  const pending = types.isPending || profiles.isPending;
  const close = () => setShown(null);
  const toChannel = (id: string) => void navigate({ to: "/console/channels", search: { add: id } });
  const filter = (next: { q: string; own: boolean }) =>
    void navigate({ search: { ...(next.q ? { q: next.q } : {}), ...(next.own ? { own: true } : {}) }, replace: true });

  const actions: VendorActions = {
    onOpen: (vendor) => {
      const { own: isOwn, profile } = vendor;
      setShown(isOwn && profile ? { kind: "editor", start: { profile: profile.body, family: profile.family, revision: profile.revision } } : { kind: "vendor", vendor });
    },
    onCopy: ({ profile }) => {
      if (profile) {
        const copy = copyOf(profile.body, new Set(all.map(({ id }) => id)), (name) => t("vendors.copyName", { name }));
        setShown({ kind: "editor", start: { profile: copy, family: profile.family, revision: 0 } });
      }
    },
    onRemove: (vendor) => setShown({ kind: "removing", vendor }),
    onUse: ({ id }) => toChannel(id),
  };

  const onSaved = (profile: Profile, isNew: boolean) => {
    const id = textAt(profile, "/id");
    const name = namesOf(profile).en || id;
    if (isNew) {
      setShown({ kind: "saved", id, name });
    } else {
      toasts.show(t("vendors.saved", { name }), "done", { label: t("vendors.useNow"), run: () => toChannel(id) });
      close();
    }
  };

  const newButton = (
    <Button
      variant="primary"
      disabled={families.length === 0}
      onClick={() => setShown({ kind: "editor", start: { profile: emptyProfile, family: families[0]?.id ?? "", revision: 0 } })}
    >
      <Plus aria-hidden />
      {t("vendors.add")}
    </Button>
  );

  return (
    <Page title={t("console.vendors")} lead={t("vendors.lead")} actions={all.length > 0 && newButton}>
      {pending && !types.isError && <LoadingTable />}
      {types.isError && !types.data && <QueryError error={types.error} onRetry={() => void types.refetch()} />}
      {profiles.isError && !profiles.data && types.data && (
        <div className="pb-3">
          <Alert
            action={<AlertButton onClick={() => void profiles.refetch()}>{t("common.retry")}</AlertButton>}
          >
            {t("vendors.profilesFailed", { words: sayError(profiles.error, t) })}
          </Alert>
        </div>
      )}
      {!pending && types.data && all.length === 0 && (
        <Notice icon={Store} title={t("vendors.emptyTitle")} action={newButton}>
          {t("vendors.emptyText")}
        </Notice>
      )}
      {!pending && all.length > 0 && (
        <>
          <div className="flex flex-wrap items-center gap-x-5 gap-y-2 pb-3">
            <SearchBox value={search} label={t("vendors.search")} onChange={(q) => filter({ q, own })} />
            {(ownCount > 0 || own) && (
              <label className="inline-flex items-center gap-2 text-sm pointer-coarse:min-h-11">
                <input type="checkbox" className="size-4 accent-accent" checked={own} onChange={(event) => filter({ q: search, own: event.target.checked })} />
                {t("vendors.onlyOwn")}
              </label>
            )}
            <p className="ml-auto text-sm text-muted tabular-nums" role="status">
              {t("vendors.count", { count: listed.length })}
            </p>
          </div>
          {profiles.data && families.length === 0 && <p className="pb-3 text-sm text-muted">{t("vendors.noFamily")}</p>}
          {listed.length > 0 ? (
            <VendorTable vendors={listed} {...actions} />
          ) : (
            <Notice icon={SearchX} title={t("vendors.noMatch")} action={newButton}>
              {t("vendors.noMatchText")}
            </Notice>
          )}
        </>
      )}
      {shown?.kind === "vendor" && (
        <VendorSheet vendor={shown.vendor} onClose={close} onCopy={() => actions.onCopy(shown.vendor)} onUse={() => toChannel(shown.vendor.id)} />
      )}
      {shown?.kind === "editor" && (
        <ProfileEditor start={shown.start} families={families} vendors={all} onClose={close} onSaved={(profile) => onSaved(profile, shown.start.revision === 0)} />
      )}
      {shown?.kind === "removing" && <RemoveDialog vendor={shown.vendor} onClose={close} />}
      {shown?.kind === "saved" && <SavedDialog name={shown.name} onClose={close} onUse={() => toChannel(shown.id)} />}
    </Page>
  );
}

function LoadingTable() {
  const { t } = useTranslation();
  return (
    <div role="status" aria-label={t("common.loading")} className="divide-y divide-line rounded-panel border border-line bg-raised">
      {[0, 1, 2, 3, 4, 5].map((row) => (
        <div key={row} className="flex items-center gap-3 px-5 py-3">
          <Skeleton className="size-8 rounded-md" />
          <div className="w-40">
            <Skeleton className="h-4" />
            <Skeleton className="mt-1.5 h-3 w-2/3" />
          </div>
          <Skeleton className="ml-6 h-5 flex-1 max-sm:hidden" />
          <Skeleton className="ml-auto h-5 w-9" />
        </div>
      ))}
    </div>
  );
}

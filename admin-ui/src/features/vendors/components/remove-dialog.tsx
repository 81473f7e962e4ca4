import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { CodeChip } from "@/components/ui/badge";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { ApiError } from "@/lib/api";
import { nameIn } from "@/lib/channel-types";
import { sayError } from "@/lib/say-error";
import { toasts } from "@/lib/toasts";
import { useRemoveProfile, usersQuery } from "../api/profiles";
import type { Vendor } from "../model/vendor";

/** Asks before a vendor is deleted, and once more, with the reason, where channels still use it. */
export function RemoveDialog({ vendor, onClose }: { vendor: Vendor; onClose: () => void }) {
  const { t, i18n } = useTranslation();
  const [inUse, setInUse] = useState(false);
  const users = useQuery({ ...usersQuery(vendor.id), enabled: inUse });
  const remove = useRemoveProfile();
  const name = nameIn(vendor.name, i18n.language, vendor.id);
  const submit = () =>
    remove.mutate(
      { id: vendor.id, force: inUse },
      {
        onSuccess: () => {
          toasts.show(t("vendors.removed", { name }), "done");
          onClose();
        },
        onError: (error) => {
          if (!inUse && error instanceof ApiError && error.status === 409) {
            setInUse(true);
            remove.reset();
          }
        },
      },
    );
  return (
    <ConfirmDialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={inUse ? t("vendors.inUseTitle", { name }) : t("vendors.removeTitle", { name })}
      confirm={inUse ? t("vendors.removeAnyway") : t("common.delete")}
      danger
      busy={remove.isPending}
      onConfirm={submit}
    >
      {inUse ? t("vendors.inUseText") : t("vendors.removeText")}
      {users.data && users.data.length > 0 && (
        <ul aria-label={t("console.channels")} className="mt-3 flex max-h-32 flex-wrap gap-1.5 overflow-y-auto scroll-thin">
          {users.data.map((channel, at) => (
            <li key={at}>
              <CodeChip className="font-sans text-ink">{channel}</CodeChip>
            </li>
          ))}
        </ul>
      )}
      {remove.isError && (
        <p role="alert" className="mt-2 text-danger">
          {sayError(remove.error, t)}
        </p>
      )}
    </ConfirmDialog>
  );
}

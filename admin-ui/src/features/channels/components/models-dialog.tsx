import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { NameChoice } from "@/components/name-choice";
import { QueryError } from "@/components/query-error";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { Skeleton } from "@/components/ui/skeleton";
import { fetchModels, type Subject } from "../api/trials";
import type { Channel } from "../model/channel";
import { modelChoices } from "../model/trial";
import { FaultNotice } from "./fault-notice";

interface ModelsDialogProps {
  subject: Subject;
  channel: Channel;
  onOffer: (models: string[]) => void;
  onClose: () => void;
}

/** The models an upstream has at this moment, to choose from which to offer. */
export function ModelsDialog({ subject, channel, onOffer, onClose }: ModelsDialogProps) {
  const { t } = useTranslation();
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set(channel.models));
  // Asked for anew each time: the answer is about this moment and these fields, which are no part of a key.
  const listing = useQuery({
    queryKey: ["upstream-models", channel.id],
    queryFn: ({ signal }) => fetchModels(subject, signal),
    gcTime: 0,
    retry: false,
    refetchOnWindowFocus: false,
    staleTime: Infinity,
  });
  const choices = modelChoices(listing.data?.models ?? [], channel.models, channel.mapper);
  const known = new Set(choices.map(({ name }) => name));
  const count = [...chosen].filter((name) => known.has(name)).length;
  const ready = listing.data !== undefined && listing.data.fault === null;

  return (
    <Dialog
      open
      wide
      onOpenChange={(open) => !open && onClose()}
      title={t("channels.loadModels.title")}
      description={t("channels.loadModels.lead")}
      footer={
        <>
          <Button onClick={onClose}>{t("common.cancel")}</Button>
          {listing.data?.fault ? (
            <Button busy={listing.isFetching} onClick={() => void listing.refetch()}>
              {t("common.retry")}
            </Button>
          ) : (
            <Button
              variant="primary"
              disabled={!ready}
              onClick={() => {
                onOffer(choices.flatMap(({ name }) => (chosen.has(name) ? [name] : [])));
                onClose();
              }}
            >
              {t("channels.loadModels.offer", { count })}
            </Button>
          )}
        </>
      }
    >
      {listing.isPending && (
        <div role="status" aria-label={t("common.loading")} className="flex flex-col gap-3 py-2">
          {[60, 45, 70, 52, 38].map((width) => (
            <Skeleton key={width} className="h-5" style={{ width: `${width}%` }} />
          ))}
        </div>
      )}
      {listing.isError && <QueryError error={listing.error} onRetry={() => void listing.refetch()} />}
      {listing.data?.fault && <FaultNotice fault={listing.data.fault} />}
      {ready && (
        <>
          <NameChoice
            label={t("channels.loadModels.title")}
            className="h-[min(26rem,52dvh)]"
            options={choices.map(({ name, there, real }) => ({ name, note: <ChoiceNote there={there} real={real} isNew={!channel.models.includes(name)} /> }))}
            chosen={chosen}
            onChange={setChosen}
            presets={[
              { label: t("nameChoice.all"), choose: (found) => [...chosen, ...found] },
              { label: t("nameChoice.none"), choose: (found) => [...chosen].filter((name) => !found.includes(name)) },
            ]}
          />
          {listing.data?.cut && <p className="mt-2 text-sm text-muted">{t("channels.loadModels.cut")}</p>}
        </>
      )}
    </Dialog>
  );
}

function ChoiceNote({ there, real, isNew }: { there: boolean; real: string; isNew: boolean }) {
  const { t } = useTranslation();
  if (!there) {
    return <Badge tone="warn">{t("channels.loadModels.missing")}</Badge>;
  }
  if (real) {
    return <span className="truncate text-sm text-muted">{t("channels.loadModels.mapped", { real })}</span>;
  }
  return isNew ? null : <span className="text-sm text-faint">{t("channels.loadModels.offered")}</span>;
}

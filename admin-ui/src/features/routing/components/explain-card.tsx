import { useQuery } from "@tanstack/react-query";
import { Waypoints } from "lucide-react";
import { useTranslation } from "react-i18next";
import { NamePicker } from "@/components/name-picker";
import { QueryError } from "@/components/query-error";
import { SettingsCard } from "@/components/settings-card";
import { Field, Select } from "@/components/ui/field";
import { Skeleton } from "@/components/ui/skeleton";
import { userGroups } from "@/lib/user-groups";
import { explanationQuery, offersQuery } from "../api/routing";
import { modelsOf, subjectOf } from "../model/explanation";
import { ExplainTable } from "./explain-table";

interface ExplainCardProps {
  model: string;
  group: string;
  onAsk: (next: { model: string; group: string }) => void;
}

/** Where calls for a model go at this moment, and why. */
export function ExplainCard({ model, group, onAsk }: ExplainCardProps) {
  const { t } = useTranslation();
  const offers = useQuery(offersQuery);
  const models = modelsOf(offers.data ?? []);
  const subject = subjectOf(offers.data ?? [], model);
  const explanation = useQuery({ ...explanationQuery(subject ?? 0, model, group), enabled: subject !== null && model !== "" });
  const failed = offers.isError && !offers.data ? offers : explanation.isError && !explanation.data ? explanation : null;
  const waiting = model !== "" && !failed && (offers.isPending || (subject !== null && explanation.isPending));
  return (
    <SettingsCard title={t("routing.explain.title")} lead={t("routing.explain.lead")}>
      <div className="grid gap-4 sm:grid-cols-[minmax(0,20rem)_minmax(0,14rem)]">
        <Field label={t("routing.explain.model")}>
          <NamePicker names={models} value={model} placeholder={t("routing.explain.choose")} onChoose={(next) => onAsk({ model: next, group })} />
        </Field>
        <Field label={t("routing.explain.group")}>
          <Select value={group} onChange={(event) => onAsk({ model, group: event.target.value })}>
            <option value="">{t("routing.explain.anyGroup")}</option>
            {userGroups.map((one) => (
              <option key={one} value={one}>
                {t(`userGroup.${one}`)}
              </option>
            ))}
          </Select>
        </Field>
      </div>
      <div className="mt-5">
        {failed && <QueryError error={failed.error} onRetry={() => void failed.refetch()} />}
        {waiting && (
          <div role="status" aria-label={t("common.loading")} className="flex flex-col gap-3">
            <Skeleton className="h-5 w-72 max-w-full" />
            <Skeleton className="h-32 rounded-control" />
          </div>
        )}
        {model === "" && !failed && (
          <p className="flex items-center gap-2.5 rounded-control bg-sunken px-4 py-3 text-sm text-muted">
            <Waypoints className="size-4 shrink-0" aria-hidden />
            {t(offers.data && offers.data.length === 0 ? "routing.explain.noChannels" : "routing.explain.empty")}
          </p>
        )}
        {model !== "" && explanation.data && <ExplainTable explanation={explanation.data} offers={offers.data ?? []} />}
      </div>
    </SettingsCard>
  );
}

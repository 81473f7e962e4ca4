import { useQuery } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { NumberField } from "@/components/number-field";
import { QueryError } from "@/components/query-error";
import { SaveRow } from "@/components/save-row";
import { SettingsCard } from "@/components/settings-card";
import { Alert } from "@/components/ui/alert";
import { Skeleton } from "@/components/ui/skeleton";
import { sayError } from "@/lib/say-error";
import { toasts } from "@/lib/toasts";
import { userGroups } from "@/lib/user-groups";
import { type Groups, groupsQuery, useSaveGroups } from "../api/terms";
import { badGroups, groupNames, type GroupsForm, groupsForm, multipliersOf, sameMultipliers } from "../model/groups";

const FORM = "price-groups";

/** What members of user groups pay of the list price. */
export function GroupsCard() {
  const { t } = useTranslation();
  const groups = useQuery(groupsQuery);
  if (groups.data) {
    return <GroupsEditor groups={groups.data} />;
  }
  return (
    <SettingsCard title={t("prices.groups.title")} lead={t("prices.groups.lead")}>
      {groups.isError ? (
        <QueryError error={groups.error} onRetry={() => void groups.refetch()} />
      ) : (
        <div role="status" aria-label={t("common.loading")} className="grid grid-cols-2 gap-4 sm:grid-cols-3 lg:grid-cols-5">
          {userGroups.map((group) => (
            <Skeleton key={group} className="h-15 rounded-control" />
          ))}
        </div>
      )}
    </SettingsCard>
  );
}

function GroupsEditor({ groups: { multipliers, known } }: { groups: Groups }) {
  const { t } = useTranslation();
  // Null as long as nothing was changed: then the form shows what is in force, also when that changes.
  const [edited, setEdited] = useState<GroupsForm | null>(null);
  const save = useSaveGroups();
  const form = edited ?? groupsForm(multipliers);
  const bad = badGroups(form);
  const dirty = bad.length > 0 || !sameMultipliers(multipliersOf(form), multipliers);

  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    if (bad.length > 0) {
      event.currentTarget.querySelector<HTMLElement>("[aria-invalid]")?.focus();
    } else if (dirty) {
      save.mutate(multipliersOf(form), {
        onSuccess: () => {
          setEdited(null);
          toasts.show(t("prices.groups.saved"), "done");
        },
      });
    }
  };

  return (
    <SettingsCard
      title={t("prices.groups.title")}
      lead={t("prices.groups.lead")}
      footer={
        dirty && (
          <SaveRow
            form={FORM}
            busy={save.isPending}
            onUndo={() => {
              setEdited(null);
              save.reset();
            }}
          />
        )
      }
    >
      <form id={FORM} noValidate className="flex flex-col gap-4" onSubmit={submit}>
        {save.isError && <Alert>{sayError(save.error, t)}</Alert>}
        <div className="grid grid-cols-2 gap-4 sm:grid-cols-3 lg:grid-cols-5">
          {groupNames(multipliers, known).map((group) => (
            <NumberField
              key={group}
              label={isUserGroup(group) ? t(`userGroup.${group}`) : group}
              unit="×"
              placeholder="1"
              value={form[group] ?? ""}
              error={bad.includes(group) ? t("prices.groups.bad") : undefined}
              onChange={(value) => setEdited({ ...form, [group]: value })}
            />
          ))}
        </div>
        <p className="text-sm text-muted">{t("prices.groups.hint")}</p>
      </form>
    </SettingsCard>
  );
}

const isUserGroup = (group: string): group is (typeof userGroups)[number] => userGroups.some((known) => known === group);

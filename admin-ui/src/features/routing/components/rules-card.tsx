import { useQuery } from "@tanstack/react-query";
import { type FormEvent, type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import { NumberField } from "@/components/number-field";
import { QueryError } from "@/components/query-error";
import { SaveRow } from "@/components/save-row";
import { SettingsCard } from "@/components/settings-card";
import { Alert } from "@/components/ui/alert";
import { FlagField } from "@/components/ui/flag-field";
import { Skeleton } from "@/components/ui/skeleton";
import { useFormats } from "@/lib/format";
import { sayError } from "@/lib/say-error";
import { toasts } from "@/lib/toasts";
import { rulesQuery, useChangeRules } from "../api/routing";
import { badFigures, changesOf, type FigureName, formOf, limits, type Rules, type RulesForm } from "../model/rules";
import { StrategyChoice } from "./strategy-choice";

const FORM = "routing-rules";

/** How the site chooses among channels that could answer. */
export function RulesCard() {
  const { t } = useTranslation();
  const rules = useQuery(rulesQuery);
  if (rules.data) {
    return <RulesEditor rules={rules.data} />;
  }
  return (
    <SettingsCard title={t("routing.rules.title")} lead={t("routing.rules.lead")}>
      {rules.isError ? (
        <QueryError error={rules.error} onRetry={() => void rules.refetch()} />
      ) : (
        <div role="status" aria-label={t("common.loading")} className="flex flex-col gap-4">
          <div className="grid gap-3 md:grid-cols-3">
            {[0, 1, 2].map((card) => (
              <Skeleton key={card} className="h-32 rounded-control" />
            ))}
          </div>
          <Skeleton className="h-5 w-64" />
          <Skeleton className="h-5 w-56" />
        </div>
      )}
    </SettingsCard>
  );
}

function RulesEditor({ rules }: { rules: Rules }) {
  const { t } = useTranslation();
  const formats = useFormats();
  // Null as long as nothing was changed: then the form shows what is in force, also when that changes.
  const [edited, setEdited] = useState<RulesForm | null>(null);
  const save = useChangeRules();
  const form = edited ?? formOf(rules);
  const bad = badFigures(form);
  const changes = changesOf(rules, form);
  const dirty = Object.keys(changes).length > 0 || bad.length > 0;
  const set = (part: Partial<RulesForm>) => setEdited({ ...form, ...part });
  const figure = (name: FigureName) => ({
    value: form[name],
    error: bad.includes(name) ? t("routing.badFigure", { least: formats.integer(limits[name][0]), most: formats.integer(limits[name][1]) }) : undefined,
    onChange: (value: string) => set({ [name]: value }),
  });

  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    if (bad.length > 0) {
      event.currentTarget.querySelector<HTMLElement>("[aria-invalid]")?.focus();
    } else if (dirty) {
      save.mutate(changes, {
        onSuccess: () => {
          setEdited(null);
          toasts.show(t("routing.saved"), "done");
        },
      });
    }
  };

  return (
    <SettingsCard
      title={t("routing.rules.title")}
      lead={t("routing.rules.lead")}
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
      <form id={FORM} noValidate className="flex flex-col gap-6" onSubmit={submit}>
        {save.isError && <Alert>{sayError(save.error, t)}</Alert>}
        <StrategyChoice value={form.strategy} onChange={(strategy) => set({ strategy })} />
        <FlagField label={t("routing.affinity.label")} hint={t("routing.affinity.hint")} on={form.affinity} onChange={(affinity) => set({ affinity })} />
        <Optional label={t("routing.hedging.label")} hint={t("routing.hedging.hint")} on={form.hedging} onChange={(hedging) => set({ hedging })}>
          <NumberField label={t("routing.hedging.after")} unit={t("units.milliseconds")} {...figure("hedgeAfterMs")} />
          <NumberField label={t("routing.hedging.most")} unit={t("units.percent")} hint={t("routing.hedging.mostHint")} {...figure("hedgePercent")} />
        </Optional>
        <Optional label={t("routing.probing.label")} hint={t("routing.probing.hint")} on={form.probing} onChange={(probing) => set({ probing })}>
          <NumberField label={t("routing.probing.every")} unit={t("units.seconds")} {...figure("probeSeconds")} />
        </Optional>
      </form>
    </SettingsCard>
  );
}

/** Something that is on or off, with what has to be said where it is on. */
function Optional({ label, hint, on, onChange, children }: { label: string; hint: string; on: boolean; onChange: (on: boolean) => void; children: ReactNode }) {
  return (
    <div>
      <FlagField label={label} hint={hint} on={on} onChange={onChange} />
      {on && <div className="mt-3 grid max-w-md gap-4 pl-12 sm:grid-cols-2">{children}</div>}
    </div>
  );
}

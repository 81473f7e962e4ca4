import { useQuery } from "@tanstack/react-query";
import { type FormEvent, useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { Page } from "@/components/page";
import { QueryError } from "@/components/query-error";
import { SettingsCard } from "@/components/settings-card";
import { Button } from "@/components/ui/button";
import { Field, Input } from "@/components/ui/field";
import { FlagField } from "@/components/ui/flag-field";
import { Skeleton } from "@/components/ui/skeleton";
import type { PlanItem } from "@/lib/plans";
import { planSettingsQuery } from "./api/plans";
import { ItemDialog } from "./components/item-dialog";
import { PlanEditor } from "./components/plan-editor";
import { ReviewDialog } from "./components/review-dialog";
import { changesBetween } from "./model/changes";
import { badFields, formOf, type PlanForm, type Settings, type SettingsForm, settingsOf } from "./model/settings";

/** The plans of the site. */
export function PlansPage() {
  const { t } = useTranslation();
  const settings = useQuery(planSettingsQuery);
  return (
    <Page title={t("console.plans")} lead={t("plans.lead")}>
      {settings.isPending && (
        <div role="status" aria-label={t("common.loading")} className="flex flex-col gap-5">
          <Skeleton className="h-44 rounded-panel" />
          <Skeleton className="h-72 rounded-panel" />
        </div>
      )}
      {settings.isError && !settings.data && <QueryError error={settings.error} onRetry={() => void settings.refetch()} />}
      {settings.data && <PlansForm settings={settings.data} />}
    </Page>
  );
}

function PlansForm({ settings }: { settings: Settings }) {
  const { t } = useTranslation();
  // Null as long as nothing was changed: then the form shows what is in force, also when that changes.
  const [edited, setEdited] = useState<SettingsForm | null>(null);
  const [item, setItem] = useState<{ level: number; item: PlanItem | null } | null>(null);
  const [reviewing, setReviewing] = useState(false);
  const form = useMemo(() => edited ?? formOf(settings), [edited, settings]);
  const bad = badFields(form);
  const next = settingsOf(form);
  const changes = bad.size > 0 ? [] : changesBetween(settings, next);
  const set = (part: Partial<SettingsForm>) => setEdited({ ...form, ...part });
  const setPlan = (plan: PlanForm) => set({ plans: form.plans.map((other) => (other.level === plan.level ? plan : other)) });
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    if (bad.size > 0) {
      event.currentTarget.querySelector<HTMLElement>("[aria-invalid]")?.focus();
    } else if (changes.length > 0) {
      setReviewing(true);
    }
  };
  const plan = form.plans.find(({ level }) => level === item?.level);

  return (
    <>
      <form noValidate className="flex flex-col gap-5" onSubmit={submit}>
        <SettingsCard title={t("plans.general")} lead={t("plans.generalLead")}>
          <div className="flex flex-col gap-5">
            <FlagField label={t("plans.enabled")} hint={t("plans.enabledHint")} on={form.enabled} onChange={(enabled) => set({ enabled })} />
            <FlagField label={t("plans.relay")} hint={t("plans.relayHint")} on={form.relayPlan} onChange={(relayPlan) => set({ relayPlan })} />
            <Field label={t("plans.zone")} hint={t("plans.zoneHint")} error={bad.has("zone") ? t("plans.bad.zone") : undefined} className="sm:max-w-72">
              <Input list="time-zones" autoComplete="off" spellCheck={false} placeholder={"UTC"} value={form.zone} onChange={(event) => set({ zone: event.target.value })} />
            </Field>
            <datalist id="time-zones">
              {["UTC", ...Intl.supportedValuesOf("timeZone")].map((zone) => (
                <option key={zone} value={zone} />
              ))}
            </datalist>
          </div>
        </SettingsCard>
        {form.plans.map((one) => (
          <PlanEditor
            key={one.level}
            plan={one}
            others={form.plans.filter(({ level }) => level !== one.level)}
            bad={bad}
            onChange={setPlan}
            onItem={(opened) => setItem({ level: one.level, item: opened })}
          />
        ))}
        {(changes.length > 0 || bad.size > 0) && (
          <div className="sticky bottom-4 z-10 flex flex-wrap items-center justify-end gap-2 rounded-panel border border-line-strong bg-raised px-4 py-3 shadow-pop">
            <p className="mr-auto text-sm text-muted tabular-nums" role="status">
              {bad.size > 0 ? t("plans.mistakes", { count: bad.size }) : t("plans.changes", { count: changes.length })}
            </p>
            <Button onClick={() => setEdited(null)}>{t("form.undo")}</Button>
            <Button type="submit" variant="primary">
              {t("plans.review.open")}
            </Button>
          </div>
        )}
      </form>
      {/* Beside the form: what is sent in a dialog would else be taken for the form's own. */}
      {item && plan && (
        <ItemDialog
          item={item.item}
          taken={plan.items.filter((other) => other !== item.item).map(({ id }) => id)}
          onClose={() => setItem(null)}
          onDone={(done) => {
            setPlan({ ...plan, items: item.item ? plan.items.map((other) => (other === item.item ? done : other)) : [...plan.items, done] });
            setItem(null);
          }}
        />
      )}
      {reviewing && (
        <ReviewDialog
          changes={changes}
          settings={next}
          onClose={() => setReviewing(false)}
          onSaved={() => {
            setReviewing(false);
            setEdited(null);
          }}
        />
      )}
    </>
  );
}

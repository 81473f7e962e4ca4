import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { QueryError } from "@/components/query-error";
import { SaveRow } from "@/components/save-row";
import { SettingsCard } from "@/components/settings-card";
import { Alert } from "@/components/ui/alert";
import { Skeleton } from "@/components/ui/skeleton";
import { cn } from "@/lib/cn";
import { sayError } from "@/lib/say-error";
import { toasts } from "@/lib/toasts";
import { policyQuery, useSavePolicy } from "../api/terms";
import { type Policy, policyCases } from "../model/policy";

const FORM = "billing-policy";

/** What is charged when a call does not end well. */
export function PolicyCard() {
  const { t } = useTranslation();
  const policy = useQuery(policyQuery);
  if (policy.data) {
    return <PolicyEditor policy={policy.data} />;
  }
  return (
    <SettingsCard title={t("policy.title")} lead={t("policy.lead")}>
      {policy.isError ? (
        <QueryError error={policy.error} onRetry={() => void policy.refetch()} />
      ) : (
        <div role="status" aria-label={t("common.loading")} className="flex flex-col gap-4">
          {policyCases.map(({ name }) => (
            <Skeleton key={name} className="h-14 rounded-control" />
          ))}
        </div>
      )}
    </SettingsCard>
  );
}

function PolicyEditor({ policy }: { policy: Policy }) {
  const { t } = useTranslation();
  const [edited, setEdited] = useState<Policy | null>(null);
  const save = useSavePolicy();
  const form = edited ?? policy;
  const dirty = policyCases.some(({ name }) => form[name] !== policy[name]);
  return (
    <SettingsCard
      title={t("policy.title")}
      lead={t("policy.lead")}
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
      <form
        id={FORM}
        className="divide-y divide-line"
        onSubmit={(event) => {
          event.preventDefault();
          save.mutate(form, {
            onSuccess: () => {
              setEdited(null);
              toasts.show(t("policy.saved"), "done");
            },
          });
        }}
      >
        {save.isError && (
          <div className="pb-4">
            <Alert>{sayError(save.error, t)}</Alert>
          </div>
        )}
        {policyCases.map(({ name, answers }) => (
          <fieldset key={name} className="grid gap-x-6 gap-y-2 py-4 first-of-type:pt-0 last-of-type:pb-0 md:grid-cols-[1fr_auto] md:items-center">
            <legend className="contents">
              <span className="max-w-xl">
                <span className="block text-sm font-medium">{t(`policy.question.${name}`)}</span>
                {answers.map(
                  ({ value, words }) =>
                    form[name] === value && (
                      <span key={value} className="mt-0.5 block text-sm text-muted">
                        {t(`policy.answer.${words}.text`)}
                      </span>
                    ),
                )}
              </span>
            </legend>
            <span className="inline-flex justify-self-start rounded-control bg-sunken p-0.5">
              {answers.map(({ value, words }) => (
                <label
                  key={value}
                  className={cn(
                    "inline-flex h-8 cursor-pointer items-center rounded-md px-3 text-sm font-medium has-focus-visible:outline-2 has-focus-visible:outline-accent pointer-coarse:h-10",
                    form[name] === value ? "bg-paper text-ink shadow-sm" : "text-muted hover:text-ink",
                  )}
                >
                  <input type="radio" name={name} className="sr-only" checked={form[name] === value} onChange={() => setEdited({ ...form, [name]: value })} />
                  {t(`policy.answer.${words}.name`)}
                </label>
              ))}
            </span>
          </fieldset>
        ))}
      </form>
    </SettingsCard>
  );
}

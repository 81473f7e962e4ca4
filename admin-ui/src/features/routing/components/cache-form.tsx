import { useQuery } from "@tanstack/react-query";
import { type FormEvent, type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import { NameChoice } from "@/components/name-choice";
import { NumberField } from "@/components/number-field";
import { SaveRow } from "@/components/save-row";
import { SettingsCard } from "@/components/settings-card";
import { Alert } from "@/components/ui/alert";
import { useFormats } from "@/lib/format";
import { sayError } from "@/lib/say-error";
import { toasts } from "@/lib/toasts";
import { freeModelsQuery, useChangeCache } from "../api/cache";
import { offersQuery } from "../api/routing";
import { badFigures, type Cache, type CacheForm as Form, changesOf, type FigureName, formOf, limits } from "../model/cache";
import { modelsOf } from "../model/explanation";

const FORM = "answer-cache";

export function CacheForm({ cache, figures }: { cache: Cache; figures: ReactNode }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const offers = useQuery(offersQuery);
  const free = useQuery(freeModelsQuery);
  // Null as long as nothing was changed: then the form shows what is in force, also when that changes.
  const [edited, setEdited] = useState<Form | null>(null);
  const save = useChangeCache();
  const form = edited ?? formOf(cache);
  const bad = badFigures(form);
  const changes = changesOf(cache, form);
  const dirty = Object.keys(changes).length > 0 || bad.length > 0;
  const set = (part: Partial<Form>) => setEdited({ ...form, ...part });
  // Chosen ones stay to be seen where no channel offers them any more.
  const models = [...new Set([...modelsOf(offers.data ?? []), ...cache.models])].sort((a, b) => a.localeCompare(b));
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
          toasts.show(t("routing.cache.saved"), "done");
        },
      });
    }
  };

  return (
    <SettingsCard
      title={t("routing.cache.title")}
      lead={t("routing.cache.lead")}
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
      {figures}
      <form id={FORM} noValidate className="mt-5 flex flex-col gap-5" onSubmit={submit}>
        {save.isError && <Alert>{sayError(save.error, t)}</Alert>}
        <div>
          <p className="text-sm font-medium">
            {t("routing.cache.models")} <span className="font-normal text-muted tabular-nums">{t("routing.cache.chosen", { count: form.models.size })}</span>
          </p>
          <NameChoice
            label={t("routing.cache.models")}
            className="mt-1.5 h-64"
            options={models.map((name) => ({ name, note: free.data?.has(name) ? <span className="text-sm text-faint">{t("routing.cache.isFree")}</span> : null }))}
            chosen={form.models}
            onChange={(chosen) => set({ models: chosen })}
            presets={[
              { label: t("nameChoice.none"), choose: () => [] },
              { label: t("routing.cache.free"), disabled: !free.data, choose: () => models.filter((name) => free.data?.has(name)) },
              { label: t("nameChoice.all"), choose: () => models },
            ]}
          />
        </div>
        <div className="grid max-w-2xl gap-4 sm:grid-cols-2">
          <NumberField label={t("routing.cache.expire")} unit={t("units.seconds")} hint={t("routing.cache.expireHint")} {...figure("expire")} />
          <NumberField label={t("routing.cache.size")} hint={t("routing.cache.sizeHint")} {...figure("size")} />
        </div>
      </form>
    </SettingsCard>
  );
}

import { useQuery } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { NameChoice } from "@/components/name-choice";
import { NamesInput } from "@/components/names-input";
import { NumberField } from "@/components/number-field";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { Field, Input } from "@/components/ui/field";
import { FlagField } from "@/components/ui/flag-field";
import type { PlanItem } from "@/lib/plans";
import { modelsQuery } from "@/lib/relay";
import { idOf, itemForm, itemOf, type ItemProblem, itemProblems } from "../model/item";

const FORM = "plan-item";

interface ItemDialogProps {
  /** Null for a new one. */
  item: PlanItem | null;
  /** The ids of the other items of the plan. */
  taken: readonly string[];
  onDone: (item: PlanItem) => void;
  onClose: () => void;
}

/** One thing that a plan contains: so many requests a month to any of some models. */
export function ItemDialog({ item, taken, onDone, onClose }: ItemDialogProps) {
  const { t } = useTranslation();
  const models = useQuery(modelsQuery);
  const [form, setForm] = useState(() => itemForm(item));
  const [ownId, setOwnId] = useState(item !== null);
  const [tried, setTried] = useState(false);
  const problems = itemProblems(form, taken);
  const errorOf = (...kinds: ItemProblem[]) => {
    const found = tried ? kinds.find((kind) => problems.includes(kind)) : undefined;
    return found && t(`plans.bad.${found}`);
  };
  const set = (part: Partial<typeof form>) => setForm((now) => ({ ...now, ...part }));
  const known = (models.data ?? []).map(({ id }) => id);
  const others = form.models.filter((model) => !known.includes(model));
  const modelsError = errorOf("models");

  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    setTried(true);
    const element = event.currentTarget;
    if (problems.length > 0) {
      requestAnimationFrame(() => element.querySelector<HTMLElement>("[aria-invalid]")?.focus());
    } else {
      onDone(itemOf(form, item));
    }
  };

  return (
    <Dialog
      open
      wide
      onOpenChange={(open) => !open && onClose()}
      title={item ? t("plans.editItem", { item: item.name || item.id }) : t("plans.newItem")}
      footer={
        <>
          <Button onClick={onClose}>{t("common.cancel")}</Button>
          <Button type="submit" form={FORM} variant="primary">
            {t("plans.applyItem")}
          </Button>
        </>
      }
    >
      <form id={FORM} noValidate className="flex flex-col gap-4 pb-2" onSubmit={submit}>
        <div className="grid gap-4 sm:grid-cols-2">
          <Field label={t("plans.item.name")}>
            <Input
              value={form.name}
              maxLength={255}
              placeholder={form.id}
              onChange={(event) => set({ name: event.target.value, ...(ownId ? {} : { id: idOf(event.target.value) }) })}
            />
          </Field>
          <Field label={t("plans.item.id")} hint={t("plans.item.idHint")} error={errorOf("idMissing", "idTaken")} required>
            <Input
              className="font-mono"
              autoCapitalize="none"
              spellCheck={false}
              maxLength={255}
              value={form.id}
              onChange={(event) => {
                setOwnId(true);
                set({ id: event.target.value });
              }}
            />
          </Field>
        </div>
        <FlagField label={t("plans.item.unlimited")} on={form.unlimited} onChange={(unlimited) => set({ unlimited })} />
        {!form.unlimited && (
          <NumberField label={t("plans.item.value")} className="sm:max-w-60" value={form.value} error={errorOf("value")} onChange={(value) => set({ value })} />
        )}
        <div>
          <p className="text-sm font-medium">
            {t("plans.item.models")} <span className="font-normal text-muted tabular-nums">{t("routing.cache.chosen", { count: form.models.length })}</span>
          </p>
          {modelsError && <p className="mt-1 text-sm text-danger">{modelsError}</p>}
          <NameChoice
            label={t("plans.item.models")}
            className="mt-1.5 h-56"
            options={known.map((name) => ({ name }))}
            chosen={new Set(form.models)}
            onChange={(chosen) => set({ models: [...chosen] })}
            presets={[
              { label: t("nameChoice.all"), choose: (found) => [...form.models, ...found] },
              { label: t("nameChoice.none"), choose: (found) => form.models.filter((name) => !found.includes(name)) },
            ]}
          />
        </div>
        <Field label={t("plans.item.others")} hint={t("plans.item.othersHint")}>
          <NamesInput names={others} placeholder={t("channels.editor.modelsPlaceholder")} onChange={(names) => set({ models: [...form.models.filter((model) => known.includes(model)), ...names] })} />
        </Field>
      </form>
    </Dialog>
  );
}

import { Copy, Plus } from "lucide-react";
import { useTranslation } from "react-i18next";
import { NumberField } from "@/components/number-field";
import { SettingsCard } from "@/components/settings-card";
import { Button } from "@/components/ui/button";
import { Menu, MenuItem, MenuLabel, MenuRoot, MenuTrigger } from "@/components/ui/menu";
import { useFormats } from "@/lib/format";
import { CREDITS_PER_UNIT, monthChoices, percentOff, type PlanItem, planName, usualShare } from "@/lib/plans";
import { moved } from "../model/item";
import type { PlanForm } from "../model/settings";
import { ItemRow } from "./item-row";

interface PlanEditorProps {
  plan: PlanForm;
  /** The other plans, whose items can be copied. */
  others: readonly PlanForm[];
  bad: ReadonlySet<string>;
  onChange: (plan: PlanForm) => void;
  /** Opens an item, or a new one. */
  onItem: (item: PlanItem | null) => void;
}

/** One plan: its price, its discounts, and what it contains. */
export function PlanEditor({ plan, others, bad, onChange, onItem }: PlanEditorProps) {
  const { t } = useTranslation();
  const formats = useFormats();
  const name = planName(plan.level) ?? "basic";
  const price = Number(plan.price.replace(",", "."));
  const setItems = (items: readonly PlanItem[]) => onChange({ ...plan, items });
  return (
    <SettingsCard title={t(`plan.${name}`)} {...(name === "standard" ? { lead: t("plans.standardLead") } : {})}>
      <div className="grid gap-x-6 gap-y-5 lg:grid-cols-[14rem_1fr]">
        <NumberField
          label={t("plans.price")}
          value={plan.price}
          placeholder={t("plans.noPlan")}
          hint={plan.price.trim() !== "" && price >= 0 ? t("plans.inCredits", { credits: formats.decimal(price * CREDITS_PER_UNIT, 2) }) : t("plans.priceHint")}
          error={bad.has(`price ${plan.level}`) ? t("plans.bad.price") : undefined}
          onChange={(value) => onChange({ ...plan, price: value })}
        />
        <fieldset className="min-w-0">
          <legend className="text-sm font-medium">{t("plans.discounts")}</legend>
          <div className="mt-1.5 grid grid-cols-3 gap-3 sm:grid-cols-5">
            {monthChoices.map((months) => (
              <NumberField
                key={months}
                label={t("wallet.subscribe.month", { count: months })}
                unit={t("units.percent")}
                placeholder={String(percentOff(usualShare(months)))}
                value={plan.discounts[months] ?? ""}
                error={bad.has(`discount ${plan.level} ${months}`) ? t("plans.bad.discount") : undefined}
                className="[&_label]:font-normal [&_label]:text-muted"
                onChange={(value) => onChange({ ...plan, discounts: { ...plan.discounts, [months]: value } })}
              />
            ))}
          </div>
          <p className="mt-1.5 text-sm text-muted">{t("plans.discountsHint")}</p>
        </fieldset>
      </div>
      <div className="mt-6">
        <h3 className="text-sm font-medium">{t("plans.items")}</h3>
        {plan.items.length === 0 ? (
          <p className="mt-2 rounded-control bg-sunken px-4 py-3 text-sm text-muted">{t("plans.noItems")}</p>
        ) : (
          <ul className="mt-2 divide-y divide-line rounded-control border border-line">
            {plan.items.map((item, at) => (
              <ItemRow
                key={item.id}
                item={item}
                first={at === 0}
                last={at === plan.items.length - 1}
                onOpen={() => onItem(item)}
                onMove={(by) => setItems(moved(plan.items, at, by))}
                onRemove={() => setItems(plan.items.filter((other) => other !== item))}
              />
            ))}
          </ul>
        )}
        <div className="mt-3 flex flex-wrap gap-2">
          <Button size="sm" onClick={() => onItem(null)}>
            <Plus aria-hidden />
            {t("plans.addItem")}
          </Button>
          <ImportMenu plan={plan} others={others} onImport={(item) => setItems([...plan.items, item])} />
        </div>
      </div>
    </SettingsCard>
  );
}

/** Items of the other plans that this one does not have. */
function ImportMenu({ plan, others, onImport }: { plan: PlanForm; others: readonly PlanForm[]; onImport: (item: PlanItem) => void }) {
  const { t } = useTranslation();
  const missing = others.map(({ level, items }) => ({ level, items: items.filter(({ id }) => !plan.items.some((item) => item.id === id)) })).filter(({ items }) => items.length > 0);
  if (missing.length === 0) {
    return null;
  }
  return (
    <MenuRoot>
      <MenuTrigger asChild>
        <Button size="sm">
          <Copy aria-hidden />
          {t("plans.import")}
        </Button>
      </MenuTrigger>
      <Menu align="start" className="max-h-80 overflow-y-auto">
        {missing.map(({ level, items }) => (
          <div key={level}>
            <MenuLabel>{t(`plan.${planName(level) ?? "basic"}`)}</MenuLabel>
            {items.map((item) => (
              <MenuItem key={item.id} onSelect={() => onImport(item)}>
                {item.name || item.id}
              </MenuItem>
            ))}
          </div>
        ))}
      </Menu>
    </MenuRoot>
  );
}

import { useTranslation } from "react-i18next";
import { useFormats } from "@/lib/format";
import { planName, UNLIMITED } from "@/lib/plans";
import type { Change } from "../model/changes";

/** Says in words what a change is. */
export function useChangeWords(): (change: Change) => string {
  const { t } = useTranslation();
  const formats = useFormats();
  const plan = (level: number) => t(`plan.${planName(level) ?? "basic"}`);
  const times = (value: number) => (value === UNLIMITED ? t("plans.change.unlimited") : formats.integer(value));
  const off = (percent: number | null) => (percent === null ? t("plans.change.usual") : `${formats.decimal(percent, 4)}%`);
  return (change) => {
    switch (change.kind) {
      case "enabled":
        return t(change.on ? "plans.change.enabled" : "plans.change.disabled");
      case "relay":
        return t(change.on ? "plans.change.relayOn" : "plans.change.relayOff");
      case "zone":
        return t("plans.change.zone", { from: change.from, to: change.to });
      case "planAdded":
        return t("plans.change.planAdded", { plan: plan(change.level) });
      case "planRemoved":
        return t("plans.change.planRemoved", { plan: plan(change.level) });
      case "order":
        return t("plans.change.order", { plan: plan(change.level) });
      case "price":
        return t("plans.change.price", { plan: plan(change.level), from: formats.decimal(change.from, 6), to: formats.decimal(change.to, 6) });
      case "discount":
        return t("plans.change.discount", { plan: plan(change.level), count: change.months, from: off(change.from), to: off(change.to) });
      case "itemAdded":
        return t("plans.change.itemAdded", { plan: plan(change.level), item: change.item });
      case "itemRemoved":
        return t("plans.change.itemRemoved", { plan: plan(change.level), item: change.item });
      case "itemNamed":
        return t("plans.change.itemNamed", { plan: plan(change.level), item: change.item });
      case "itemValue":
        return t("plans.change.itemValue", { plan: plan(change.level), item: change.item, from: times(change.from), to: times(change.to) });
      case "itemModels":
        return t("plans.change.itemModels", {
          plan: plan(change.level),
          item: change.item,
          models: [...change.added.map((model) => `+ ${model}`), ...change.removed.map((model) => `− ${model}`)].join(", "),
        });
    }
  };
}

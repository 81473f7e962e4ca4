import { Check, Crown, type LucideIcon, Rocket, Zap } from "lucide-react";
import { useTranslation } from "react-i18next";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { cn } from "@/lib/cn";
import { useFormats } from "@/lib/format";
import { creditsPerMonth, percentOff, type Plan, planName, shareOf, UNLIMITED } from "@/lib/plans";
import { changeTo, type Subscription } from "../model/subscription";

const icons: Record<string, LucideIcon> = { basic: Zap, standard: Rocket, pro: Crown };

interface PlanCardProps {
  plan: Plan;
  /** For how many months at once the price is shown. */
  months: number;
  subscription: Subscription;
  onChoose: () => void;
}

/** One plan: what it costs and what it contains. */
export function PlanCard({ plan, months, subscription, onChoose }: PlanCardProps) {
  const { t } = useTranslation();
  const formats = useFormats();
  const name = planName(plan.level) ?? "basic";
  const Icon = icons[name] ?? Zap;
  const change = changeTo(plan.level, subscription);
  const recommended = change === "buy" && name === "standard";
  const off = percentOff(shareOf(plan, months));
  return (
    <li className={cn("flex flex-col rounded-panel border bg-raised px-5 py-5", change === "renew" || recommended ? "border-accent" : "border-line")}>
      <div className="flex items-center gap-2.5">
        <Icon className="size-5 text-accent" aria-hidden />
        <h3 className="text-lg font-semibold tracking-tight">{t(`plan.${name}`)}</h3>
        {(change === "renew" || recommended) && (
          <Badge tone="accent" className="ml-auto">
            {t(recommended ? "wallet.plans.recommended" : "wallet.plans.yours")}
          </Badge>
        )}
      </div>
      <p className="mt-3 flex flex-wrap items-baseline gap-x-2 tabular-nums">
        <span className="text-2xl font-semibold tracking-tight">{formats.decimal(creditsPerMonth(plan, months), 2)}</span>
        <span className="text-sm text-muted">{t("wallet.plans.perMonth")}</span>
        {off > 0 && <span className="text-sm text-ok">{t("wallet.plans.save", { percent: off })}</span>}
      </p>
      <ul className="mt-4 flex flex-1 flex-col gap-2.5 border-t border-line pt-4 text-sm">
        {plan.items.map((item) => (
          <li key={item.id} className="flex gap-2.5" title={item.models.join("\n")}>
            <Check className="mt-0.5 size-4 shrink-0 text-accent" aria-hidden />
            <span className="min-w-0">
              <span className="font-medium">{item.name || item.id}</span>{" "}
              <span className="text-muted tabular-nums">
                {item.value === UNLIMITED ? t("wallet.plans.unlimited") : t("wallet.plans.times", { count: item.value, figure: formats.integer(item.value) })}
              </span>
              {item.models.length > 0 && <span className="block truncate font-mono text-xs text-faint">{item.models.join(", ")}</span>}
            </span>
          </li>
        ))}
        {plan.items.length === 0 && <li className="text-muted">{t("wallet.plans.noItems")}</li>}
      </ul>
      <Button className="mt-5 w-full" variant={change === "upgrade" || recommended ? "primary" : "secondary"} aria-label={t(`wallet.change.${change}.label`, { plan: t(`plan.${name}`) })} onClick={onChoose}>
        {t(`wallet.change.${change}.button`)}
      </Button>
    </li>
  );
}

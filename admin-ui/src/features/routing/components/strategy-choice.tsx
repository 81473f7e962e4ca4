import { Coins, Gauge, Scale } from "lucide-react";
import { useId } from "react";
import { useTranslation } from "react-i18next";
import { cn } from "@/lib/cn";
import { strategies, type Strategy } from "../model/rules";

const icons = { WEIGHT: Scale, LATENCY: Gauge, COST: Coins };

/** How one of several channels of the same priority is chosen, each way with what it gives and what it takes. */
export function StrategyChoice({ value, onChange }: { value: Strategy; onChange: (strategy: Strategy) => void }) {
  const { t } = useTranslation();
  const id = useId();
  return (
    <fieldset>
      <legend className="text-sm font-medium">{t("routing.strategy.label")}</legend>
      <div className="mt-2 grid gap-3 lg:grid-cols-3">
        {strategies.map((strategy) => {
          const Icon = icons[strategy];
          const chosen = value === strategy;
          return (
            <label
              key={strategy}
              className={cn(
                "flex cursor-pointer flex-col rounded-control border px-4 py-3.5 text-sm has-focus-visible:outline-2 has-focus-visible:outline-offset-2 has-focus-visible:outline-accent",
                chosen ? "border-accent bg-accent-soft" : "border-line-strong hover:bg-hover",
              )}
            >
              <span className="flex items-center gap-2.5">
                <Icon className={cn("size-4 shrink-0", chosen ? "text-accent-ink" : "text-muted")} aria-hidden />
                <span id={`${id}-${strategy}`} className="flex-1 text-base font-medium">{t(`routing.strategy.${strategy}.name`)}</span>
                <input
                  type="radio"
                  name="strategy"
                  aria-labelledby={`${id}-${strategy}`}
                  aria-describedby={`${id}-${strategy}-text ${id}-${strategy}-price`}
                  className="size-4 accent-accent outline-none"
                  checked={chosen}
                  onChange={() => onChange(strategy)}
                />
              </span>
              <span id={`${id}-${strategy}-text`} className="mt-1.5">
                {t(`routing.strategy.${strategy}.text`)}
              </span>
              <span id={`${id}-${strategy}-price`} className={cn("mt-1.5", chosen ? "text-accent-ink" : "text-muted")}>
                {t(`routing.strategy.${strategy}.price`)}
              </span>
            </label>
          );
        })}
      </div>
    </fieldset>
  );
}

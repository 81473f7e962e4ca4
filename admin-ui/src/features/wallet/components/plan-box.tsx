import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { QueryError } from "@/components/query-error";
import { Badge } from "@/components/ui/badge";
import { Skeleton } from "@/components/ui/skeleton";
import { Tab, TabList, TabPanel, Tabs } from "@/components/ui/tabs";
import { useFormats } from "@/lib/format";
import { type Plan, percentOff, planName, shareOf } from "@/lib/plans";
import { serverTime } from "@/lib/server-time";
import { plansQuery, subscriptionQuery } from "../api/wallet";
import { type Subscription, usesOf } from "../model/subscription";
import { PlanCard } from "./plan-card";
import { SubscribeDialog } from "./subscribe-dialog";
import { UsageList } from "./usage-list";

/** One's plan, what of it is used, and the plans there are; nothing where none are sold. */
export function PlanBox() {
  const { t } = useTranslation();
  const plans = useQuery(plansQuery);
  const subscription = useQuery(subscriptionQuery);
  const failed = [plans, subscription].find((query) => query.isError && !query.data);
  if (plans.data?.length === 0) {
    return null;
  }
  return (
    <section aria-labelledby="plans">
      {failed && <QueryError error={failed.error} onRetry={() => void failed.refetch()} />}
      {!failed && !(plans.data && subscription.data) && (
        <div role="status" aria-label={t("common.loading")} className="grid gap-4 md:grid-cols-3">
          {[0, 1, 2].map((card) => (
            <Skeleton key={card} className="h-64 rounded-panel" />
          ))}
        </div>
      )}
      {plans.data && subscription.data && <Plans plans={plans.data} subscription={subscription.data} />}
    </section>
  );
}

function Plans({ plans, subscription }: { plans: readonly Plan[]; subscription: Subscription }) {
  const { t } = useTranslation();
  const [months, setMonths] = useState(12);
  const [wanted, setWanted] = useState<Plan | null>(null);
  const saving = Math.max(...plans.map((plan) => percentOff(shareOf(plan, 12))));
  return (
    <>
      <h2 id="plans" className="pb-4 text-xl font-semibold tracking-tight">
        {t("wallet.plans.title")}
      </h2>
      {subscription.is_subscribed && <CurrentPlan subscription={subscription} plans={plans} />}
      <Tabs value={String(months)} onValueChange={(next) => setMonths(Number(next))}>
        <div className="flex flex-wrap items-center justify-between gap-3 pb-4">
          <p className="max-w-lg text-sm text-muted">{t("wallet.plans.lead")}</p>
          <TabList aria-label={t("wallet.plans.period")}>
            <Tab value="12">
              {t("wallet.plans.yearly")}
              {saving > 0 && <Badge tone="ok">{t("wallet.plans.save", { percent: saving })}</Badge>}
            </Tab>
            <Tab value="1">{t("wallet.plans.monthly")}</Tab>
          </TabList>
        </div>
        <TabPanel value={String(months)} tabIndex={-1} className="outline-none">
          <ul className="grid items-stretch gap-4 md:grid-cols-3">
            {plans.map((plan) => (
              <PlanCard key={plan.level} plan={plan} months={months} subscription={subscription} onChoose={() => setWanted(plan)} />
            ))}
          </ul>
        </TabPanel>
      </Tabs>
      {wanted && <SubscribeDialog plan={wanted} plans={plans} subscription={subscription} months={months} onClose={() => setWanted(null)} />}
    </>
  );
}

function CurrentPlan({ subscription, plans }: { subscription: Subscription; plans: readonly Plan[] }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const name = planName(subscription.level);
  const ends = serverTime(subscription.expired_at);
  const uses = usesOf(subscription, plans);
  return (
    <div className="mb-6 rounded-panel border border-line bg-raised px-5 py-5 sm:px-6">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <h3 className="text-lg font-semibold">{name && t(`plan.${name}`)}</h3>
        <Badge tone="ok">{t("wallet.plans.active")}</Badge>
        <p className="text-sm text-muted tabular-nums sm:ml-auto">
          {ends !== null && t("wallet.plans.until", { date: formats.date(ends), count: subscription.expired })}
        </p>
      </div>
      {uses.length > 0 && (
        <>
          <p className="mt-1 pb-4 text-sm text-muted">{t("wallet.usage.refresh", { count: subscription.refresh })}</p>
          <UsageList uses={uses} />
        </>
      )}
    </div>
  );
}

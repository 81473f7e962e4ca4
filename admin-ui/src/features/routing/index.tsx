import { getRouteApi } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { Page } from "@/components/page";
import { CacheCard } from "./components/cache-card";
import { ExplainCard } from "./components/explain-card";
import { RulesCard } from "./components/rules-card";

const route = getRouteApi("/signed-in/console/routing");

/** How calls find their channel, and why one goes where it goes. */
export function RoutingPage() {
  const { t } = useTranslation();
  const { model = "", group = "" } = route.useSearch();
  const navigate = route.useNavigate();
  return (
    <Page title={t("console.routing")} lead={t("routing.lead")}>
      <div className="flex flex-col gap-5">
        <RulesCard />
        <ExplainCard
          model={model}
          group={group}
          onAsk={(next) => void navigate({ search: { ...(next.model ? { model: next.model } : {}), ...(next.group ? { group: next.group } : {}) }, replace: true })}
        />
        <CacheCard />
      </div>
    </Page>
  );
}

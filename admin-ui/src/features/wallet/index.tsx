import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Page } from "@/components/page";
import { BalanceBox } from "./components/balance-box";
import { PlanBox } from "./components/plan-box";

/** What one owns: the balance, the plan, and where it went. */
export function WalletPage({ children }: { children: ReactNode }) {
  const { t } = useTranslation();
  return (
    <Page title={t("account.wallet")} lead={t("wallet.lead")}>
      <div className="flex flex-col gap-10">
        <BalanceBox />
        <PlanBox />
        {children}
      </div>
    </Page>
  );
}

import { Outlet } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { Shell } from "@/components/shell";
import { ChatSidebar } from "@/features/chat/components/sidebar";
import { AccountMenu } from "./account-menu";

export function ChatLayout() {
  const { t } = useTranslation();
  return (
    <Shell label={t("shell.sidebar")} sidebar={<ChatSidebar footer={<AccountMenu />} />}>
      <Outlet />
    </Shell>
  );
}

import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { ChevronsUpDown, Languages, LogOut, Monitor, Moon, SlidersHorizontal, Sun, WalletMinimal } from "lucide-react";
import { useTranslation } from "react-i18next";
import { closeDrawer } from "@/components/shell";
import { Menu, MenuChoice, MenuItem, MenuLabel, MenuLink, MenuRoot, MenuSeparator, MenuTrigger } from "@/components/ui/menu";
import { balanceQuery } from "@/lib/balance";
import { useFormats } from "@/lib/format";
import { LANGUAGES } from "@/lib/i18n";
import { preferences, type Theme, usePreferences } from "@/lib/preferences";
import { session, useSession } from "@/lib/session";

/** Who is signed in, the balance, and what belongs to this person rather than to a page. */
export function AccountMenu() {
  const { t, i18n } = useTranslation();
  const formats = useFormats();
  const user = useSession((now) => now.user);
  const admin = useSession((now) => now.admin);
  const theme = usePreferences((now) => now.theme);
  const balance = useQuery(balanceQuery);
  const themes: ReadonlyArray<{ value: Theme; label: string; icon: React.ReactNode }> = [
    { value: "system", label: t("theme.system"), icon: <Monitor /> },
    { value: "light", label: t("theme.light"), icon: <Sun /> },
    { value: "dark", label: t("theme.dark"), icon: <Moon /> },
  ];
  return (
    <MenuRoot>
      <MenuTrigger className="flex w-full items-center gap-2.5 rounded-control p-2 text-left hover:bg-hover data-[state=open]:bg-hover">
        <span aria-hidden className="grid size-8 shrink-0 place-items-center rounded-full bg-accent-soft text-sm font-semibold text-accent-ink">
          {[...user][0]?.toUpperCase()}
        </span>
        <span className="min-w-0 flex-1">
          <span className="block truncate text-sm font-medium">{user}</span>
          {balance.data !== undefined && (
            <span className="block truncate text-xs text-muted tabular-nums">{t("account.balance", { credits: formats.credits(balance.data) })}</span>
          )}
        </span>
        <ChevronsUpDown className="size-4 text-faint" aria-hidden />
        <span className="sr-only">{t("account.menu")}</span>
      </MenuTrigger>
      <Menu side="top" align="start" className="w-[var(--radix-dropdown-menu-trigger-width)]">
        <MenuLink>
          <Link to="/wallet" onClick={closeDrawer}>
            <WalletMinimal aria-hidden />
            {t("account.wallet")}
          </Link>
        </MenuLink>
        {admin && (
          <>
            <MenuLink>
              <Link to="/console/plugins" onClick={closeDrawer}>
                <SlidersHorizontal aria-hidden />
                {t("account.console")}
              </Link>
            </MenuLink>
          </>
        )}
        <MenuSeparator />
        <MenuLabel>{t("theme.label")}</MenuLabel>
        <MenuChoice value={theme} onChange={preferences.setTheme} options={themes} />
        <MenuSeparator />
        <MenuLabel>{t("account.language")}</MenuLabel>
        <MenuChoice
          value={i18n.language}
          onChange={preferences.setLanguage}
          options={Object.entries(LANGUAGES).map(([value, label]) => ({ value, label, icon: <Languages /> }))}
        />
        <MenuSeparator />
        <MenuItem icon={<LogOut />} onSelect={() => session.close()}>
          {t("account.signOut")}
        </MenuItem>
      </Menu>
    </MenuRoot>
  );
}

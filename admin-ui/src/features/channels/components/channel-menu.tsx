import { Copy, Ellipsis, FlaskConical, Pencil, RotateCcw, Trash2, Wallet, Waypoints } from "lucide-react";
import { useTranslation } from "react-i18next";
import { IconButton } from "@/components/ui/icon-button";
import { Menu, MenuItem, MenuRoot, MenuSeparator, MenuTrigger } from "@/components/ui/menu";
import { toasts } from "@/lib/toasts";
import { useRevive } from "../api/health";
import type { Channel } from "../model/channel";
import { canRevive, type Report } from "../model/health";
import type { ChannelActions } from "./channel-row";

interface ChannelMenuProps extends Omit<ChannelActions, "onSwitch"> {
  channel: Channel;
  report: Report | undefined;
}

/** What can be done with a channel. */
export function ChannelMenu({ channel, report, onEdit, onTest, onBalance, onExplain, onCopy, onRemove }: ChannelMenuProps) {
  const { t } = useTranslation();
  const revive = useRevive();
  return (
    <MenuRoot>
      <MenuTrigger asChild>
        <IconButton label={t("channels.rowMenu", { name: channel.name })}>
          <Ellipsis />
        </IconButton>
      </MenuTrigger>
      <Menu align="end">
        <MenuItem icon={<Pencil />} onSelect={() => onEdit(channel)}>
          {t("common.edit")}
        </MenuItem>
        <MenuItem icon={<FlaskConical />} onSelect={() => onTest(channel)}>
          {t("channels.test")}
        </MenuItem>
        {canRevive(report) && (
          <MenuItem
            icon={<RotateCcw />}
            onSelect={() => revive.mutate(channel.id, { onSuccess: () => toasts.show(t("channels.health.revived", { name: channel.name }), "done") })}
          >
            {t("channels.health.revive")}
          </MenuItem>
        )}
        <MenuItem icon={<Wallet />} onSelect={() => onBalance(channel)}>
          {t("channels.balance.open")}
        </MenuItem>
        {channel.models.length > 0 && (
          <MenuItem icon={<Waypoints />} onSelect={() => onExplain(channel)}>
            {t("channels.explain")}
          </MenuItem>
        )}
        <MenuItem icon={<Copy />} onSelect={() => onCopy(channel)}>
          {t("channels.copy")}
        </MenuItem>
        <MenuSeparator />
        <MenuItem icon={<Trash2 />} danger onSelect={() => onRemove(channel)}>
          {t("common.delete")}
        </MenuItem>
      </Menu>
    </MenuRoot>
  );
}

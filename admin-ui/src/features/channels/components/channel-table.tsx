import { Copy, Ellipsis, Pencil, Trash2 } from "lucide-react";
import { useTranslation } from "react-i18next";
import { TypeLogo } from "@/components/type-logo";
import { Badge, CodeChip } from "@/components/ui/badge";
import { IconButton } from "@/components/ui/icon-button";
import { Menu, MenuItem, MenuRoot, MenuSeparator, MenuTrigger } from "@/components/ui/menu";
import { Switch } from "@/components/ui/switch";
import { type ChannelType, nameIn } from "@/lib/channel-types";
import { cn } from "@/lib/cn";
import type { Channel } from "../model/channel";

/** How many model names a row shows before it only counts. */
const MODELS_SHOWN = 3;

export interface ChannelTableProps {
  channels: readonly Channel[];
  types: readonly ChannelType[];
  onEdit: (channel: Channel) => void;
  onCopy: (channel: Channel) => void;
  onRemove: (channel: Channel) => void;
  onSwitch: (channel: Channel, on: boolean) => void;
}

export function ChannelTable({ channels, types, ...actions }: ChannelTableProps) {
  const { t } = useTranslation();
  return (
    <div className="relative overflow-x-auto rounded-panel border border-line bg-raised" tabIndex={0} role="group" aria-label={t("console.channels")}>
      <table className="w-full text-left text-base tabular-nums">
        <thead className="hidden border-b border-line text-sm text-muted md:table-header-group">
          <tr>
            <Head>{t("channels.field.name")}</Head>
            <Head>{t("channels.field.models")}</Head>
            <Head className="text-right">{t("channels.field.priority")}</Head>
            <Head className="text-right">{t("channels.field.weight")}</Head>
            <Head>{t("channels.field.group")}</Head>
            <Head>{t("channels.field.state")}</Head>
            <Head>
              <span className="sr-only">{t("common.actions")}</span>
            </Head>
          </tr>
        </thead>
        <tbody className="divide-y divide-line">
          {channels.map((channel) => (
            <ChannelRow key={channel.id} channel={channel} type={types.find((type) => type.id === channel.type)} {...actions} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Head({ className, children }: { className?: string; children: React.ReactNode }) {
  return (
    <th scope="col" className={cn("px-3 py-2.5 font-medium whitespace-nowrap first:pl-5", className)}>
      {children}
    </th>
  );
}

type ChannelRowProps = { channel: Channel; type: ChannelType | undefined } & Omit<ChannelTableProps, "channels" | "types">;

function ChannelRow({ channel, type, onEdit, onCopy, onRemove, onSwitch }: ChannelRowProps) {
  const { t, i18n } = useTranslation();
  const typeName = nameIn(type?.name, i18n.language, channel.type);
  const hidden = channel.models.length - MODELS_SHOWN;
  return (
    // On a phone a row is a small card: cells stand below each other, the switch and the menu beside the name.
    <tr className="relative grid grid-cols-[1fr_auto_auto] items-center gap-x-2 py-3 pr-2 pl-4 align-middle md:table-row md:p-0 md:hover:bg-canvas">
      <td className="min-w-0 md:px-3 md:py-3 md:pl-5">
        <button type="button" className="block max-w-full truncate rounded-sm text-left font-medium hover:underline" onClick={() => onEdit(channel)}>
          {channel.name || t("channels.unnamed", { id: channel.id })}
        </button>
        <span className="mt-0.5 flex items-center gap-1.5 text-sm text-muted">
          {type && <TypeLogo svg={type.logo} name={typeName} className="size-4 rounded" />}
          {typeName}
          {!type && <Badge tone="warn">{t("channels.noPlugin")}</Badge>}
        </span>
      </td>
      <td className="order-last col-span-3 pt-2 md:max-w-80 md:px-3 md:py-3">
        <ul className="flex flex-wrap gap-1">
          {channel.models.slice(0, MODELS_SHOWN).map((model) => (
            <li key={model} className="max-w-full">
              <CodeChip className="max-w-full">
                <span className="truncate">{model}</span>
              </CodeChip>
            </li>
          ))}
          {hidden > 0 && (
            <li className="self-center text-sm text-faint" title={channel.models.slice(MODELS_SHOWN).join("\n")}>
              {t("channels.moreModels", { count: hidden })}
            </li>
          )}
        </ul>
      </td>
      <td className="hidden px-3 py-3 text-right font-mono text-sm md:table-cell">{channel.priority}</td>
      <td className="hidden px-3 py-3 text-right font-mono text-sm md:table-cell">{channel.weight}</td>
      <td className="hidden px-3 py-3 text-sm text-muted md:table-cell">
        {channel.group.length === 0 ? t("channels.everybody") : channel.group.map((group) => t(`channels.group.${group as "pro"}`, { defaultValue: group })).join(", ")}
      </td>
      <td className="md:px-3 md:py-3">
        <Switch aria-label={t("channels.activeLabel", { name: channel.name })} checked={channel.state} onCheckedChange={(on) => onSwitch(channel, on)} />
      </td>
      <td className="md:py-2 md:pr-3 md:text-right">
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
            <MenuItem icon={<Copy />} onSelect={() => onCopy(channel)}>
              {t("channels.copy")}
            </MenuItem>
            <MenuSeparator />
            <MenuItem icon={<Trash2 />} danger onSelect={() => onRemove(channel)}>
              {t("common.delete")}
            </MenuItem>
          </Menu>
        </MenuRoot>
      </td>
    </tr>
  );
}

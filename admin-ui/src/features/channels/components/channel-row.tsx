import { Users } from "lucide-react";
import { useId } from "react";
import { useTranslation } from "react-i18next";
import { TypeLogo } from "@/components/type-logo";
import { Badge, CodeChip } from "@/components/ui/badge";
import { Switch } from "@/components/ui/switch";
import { type ChannelType, nameIn } from "@/lib/channel-types";
import type { Channel } from "../model/channel";
import type { Report } from "../model/health";
import { ChannelMenu } from "./channel-menu";
import { HealthCell } from "./health-cell";
import { HealthDetails } from "./health-details";

/** How many model names a row shows before it only counts. */
const MODELS_SHOWN = 3;

export interface ChannelActions {
  onEdit: (channel: Channel) => void;
  onTest: (channel: Channel) => void;
  onBalance: (channel: Channel) => void;
  onExplain: (channel: Channel) => void;
  onCopy: (channel: Channel) => void;
  onRemove: (channel: Channel) => void;
  onSwitch: (channel: Channel, on: boolean) => void;
}

interface ChannelRowProps extends ChannelActions {
  channel: Channel;
  type: ChannelType | undefined;
  report: Report | undefined;
  pending: boolean;
  now: number;
  /** Whether everything about its health is shown. */
  open: boolean;
  onToggle: () => void;
}

export function ChannelRow({ channel, type, report, pending, now, open, onToggle, ...actions }: ChannelRowProps) {
  const { t, i18n } = useTranslation();
  const details = useId();
  const typeName = nameIn(type?.name, i18n.language, channel.type);
  const hidden = channel.models.length - MODELS_SHOWN;
  const groups = channel.group.map((group) => t(`userGroup.${group as "pro"}`, { defaultValue: group })).join(", ");
  return (
    <>
      {/* On a phone a row is a small card: cells stand below each other, the switch and the menu beside the name. */}
      <tr className="relative grid grid-cols-[1fr_auto_auto] items-center gap-x-2 py-3 pr-2 pl-4 align-top md:table-row md:p-0 md:hover:bg-canvas">
        <td className="min-w-0 md:max-w-56 md:px-3 md:py-3 md:pl-5">
          <button type="button" className="block max-w-full truncate rounded-sm text-left font-medium hover:underline" onClick={() => actions.onEdit(channel)}>
            {channel.name || t("channels.unnamed", { id: channel.id })}
          </button>
          <span className="mt-0.5 flex items-center gap-1.5 text-sm text-muted">
            {type && <TypeLogo svg={type.logo} name={typeName} className="size-4 rounded" />}
            <span className="truncate">{typeName}</span>
            {!type && <Badge tone="warn">{t("channels.noPlugin")}</Badge>}
          </span>
        </td>
        <td className="order-4 col-span-3 pt-2 md:max-w-72 md:min-w-64 md:px-3 md:py-3">
          <HealthCell channel={channel} report={report} pending={pending} now={now} details={details} open={open} onToggle={onToggle} />
        </td>
        <td className="order-5 col-span-3 pt-2 md:max-w-72 md:px-3 md:py-3">
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
          {groups && (
            <p className="mt-1 flex items-center gap-1.5 text-sm text-muted">
              <Users className="size-3.5 shrink-0" aria-hidden />
              {t("channels.onlyGroups", { groups })}
            </p>
          )}
        </td>
        <td className="hidden px-3 py-3 text-right font-mono text-sm md:table-cell">{channel.priority}</td>
        <td className="hidden px-3 py-3 text-right font-mono text-sm md:table-cell">{channel.weight}</td>
        <td className="md:px-3 md:py-3">
          <Switch aria-label={t("channels.activeLabel", { name: channel.name })} checked={channel.state} onCheckedChange={(on) => actions.onSwitch(channel, on)} />
        </td>
        <td className="md:py-2 md:pr-3 md:text-right">
          <ChannelMenu channel={channel} report={report} {...actions} />
        </td>
      </tr>
      {open && report && (
        <tr id={details} className="block bg-canvas md:table-row">
          <td colSpan={7} className="block px-4 py-4 md:table-cell md:px-5">
            <HealthDetails name={channel.name} report={report} now={now} />
          </td>
        </tr>
      )}
    </>
  );
}

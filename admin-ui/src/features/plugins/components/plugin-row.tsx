import { ArrowRight, CircleAlert, Ellipsis, RotateCcw, Trash2 } from "lucide-react";
import { useTranslation } from "react-i18next";
import { Badge, CodeChip, type Tone } from "@/components/ui/badge";
import { IconButton } from "@/components/ui/icon-button";
import { Menu, MenuItem, MenuRoot, MenuSeparator, MenuTrigger } from "@/components/ui/menu";
import { Switch } from "@/components/ui/switch";
import { cn } from "@/lib/cn";
import { useFormats } from "@/lib/format";
import type { PluginAction } from "../api/plugins";
import { callsOf, type Condition, conditionOf, type Plugin } from "../model/plugin";
import { Port } from "./port";
import { SwapBoard } from "./swap-board";

const tones: Record<Condition, Tone> = {
  serving: "ok",
  swapping: "accent",
  changing: "warn",
  stopping: "warn",
  off: "neutral",
  failed: "danger",
};

interface PluginRowProps {
  plugin: Plugin;
  busy: boolean;
  onAction: (action: PluginAction) => void;
}

export function PluginRow({ plugin, busy, onAction }: PluginRowProps) {
  const { t } = useTranslation();
  const formats = useFormats();
  const condition = conditionOf(plugin);
  const calls = callsOf(plugin);
  return (
    <li className="px-4 py-4 sm:px-5" aria-busy={busy}>
      <div className="flex items-start gap-3.5">
        <Port condition={condition} className="mt-0.5" />
        <div className="min-w-0 flex-1">
          <div className="flex flex-wrap items-center gap-x-2.5 gap-y-1">
            <h2 className={cn("text-base font-semibold", condition === "off" && "text-muted")}>{plugin.name}</h2>
            <Versions plugin={plugin} />
            <Badge tone={tones[condition]}>{t(`plugins.condition.${condition}`)}</Badge>
          </div>
          {plugin.description && <p className="mt-0.5 text-sm text-muted">{plugin.description}</p>}
          <div className="mt-1.5 flex flex-wrap items-center gap-1.5">
            {plugin.name !== plugin.id && !plugin.provides.includes(plugin.id) && <span className="mr-1 font-mono text-xs text-faint">{plugin.id}</span>}
            {plugin.provides.map((provided) => (
              <CodeChip key={provided}>{provided}</CodeChip>
            ))}
          </div>
        </div>
        <Calls count={calls} text={formats.integer(calls)} />
        <div className="flex items-center gap-1 sm:gap-2">
          <Switch
            aria-label={t("plugins.enabledLabel", { name: plugin.name })}
            checked={plugin.enabled}
            disabled={busy}
            onCheckedChange={(enabled) => onAction(enabled ? "enable" : "disable")}
          />
          <RowMenu plugin={plugin} onAction={onAction} />
        </div>
      </div>
      {plugin.cause && <Cause text={plugin.cause} failed={condition === "failed"} />}
      {plugin.draining.length > 0 && (
        <div className="mt-4 sm:ml-12.5">
          <SwapBoard plugin={plugin} onUndo={plugin.enabled ? () => onAction("undo") : undefined} />
        </div>
      )}
    </li>
  );
}

function Versions({ plugin }: { plugin: Plugin }) {
  if (plugin.enabled && plugin.wantedVersion !== plugin.version) {
    return (
      <span className="inline-flex items-center gap-1 font-mono text-sm text-muted">
        {plugin.version}
        <ArrowRight className="size-3.5" aria-hidden />
        <span className="text-ink">{plugin.wantedVersion}</span>
      </span>
    );
  }
  return <span className="font-mono text-sm text-muted">{plugin.version}</span>;
}

function Calls({ count, text }: { count: number; text: string }) {
  const { t } = useTranslation();
  return (
    <p className="hidden w-24 shrink-0 text-right leading-tight md:block">
      <span className={cn("block font-mono text-xl font-medium tabular-nums", count === 0 && "text-faint")}>{text}</span>
      <span className="text-xs text-faint">{t("plugins.liveCalls", { count })}</span>
    </p>
  );
}

function RowMenu({ plugin, onAction }: { plugin: Plugin; onAction: (action: PluginAction) => void }) {
  const { t } = useTranslation();
  return (
    <MenuRoot>
      <MenuTrigger asChild>
        <IconButton label={t("plugins.rowMenu", { name: plugin.name })}>
          <Ellipsis />
        </IconButton>
      </MenuTrigger>
      <Menu align="end">
        <MenuItem icon={<RotateCcw />} disabled={!plugin.previousVersion} onSelect={() => onAction("rollback")}>
          {plugin.previousVersion ? t("plugins.rollbackTo", { version: plugin.previousVersion }) : t("plugins.rollback")}
        </MenuItem>
        <MenuSeparator />
        <MenuItem icon={<Trash2 />} danger onSelect={() => onAction("remove")}>
          {t("plugins.remove")}
        </MenuItem>
      </Menu>
    </MenuRoot>
  );
}

function Cause({ text, failed }: { text: string; failed: boolean }) {
  const { t } = useTranslation();
  return (
    <details className={cn("mt-3 rounded-control border px-3 py-2 text-sm sm:ml-12.5", failed ? "border-danger/25 bg-danger-soft" : "border-line bg-sunken")} open={failed}>
      <summary className={cn("flex cursor-pointer items-center gap-2 font-medium", failed && "text-danger")}>
        <CircleAlert className="size-4 shrink-0" aria-hidden />
        {t("plugins.cause")}
      </summary>
      <pre tabIndex={0} className="mt-2 max-h-56 overflow-auto font-mono text-xs [overflow-wrap:anywhere] whitespace-pre-wrap text-muted">
        {text}
      </pre>
    </details>
  );
}

import { useTranslation } from "react-i18next";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import type { PluginAction } from "../api/plugins";
import { callsOf, type Plugin } from "../model/plugin";

/** What has to be confirmed; switching on interrupts nothing and is done at once. */
export type ConfirmedAction = Exclude<PluginAction, "enable">;

interface ActionDialogProps {
  asked: { plugin: Plugin; action: ConfirmedAction } | null;
  busy: boolean;
  onClose: () => void;
  onConfirm: () => void;
}

/** Says in figures what an action means for the calls that are being answered. */
export function ActionDialog({ asked, busy, onClose, onConfirm }: ActionDialogProps) {
  const { t } = useTranslation();
  if (!asked) {
    return null;
  }
  const { plugin, action } = asked;
  const version = action === "undo" ? (plugin.draining[0]?.version ?? "") : plugin.previousVersion;
  const names = { name: plugin.name, version, provides: plugin.provides.join(", ") || plugin.id };
  const calls = callsOf(plugin);
  return (
    <ConfirmDialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={t(`plugins.confirm.${action}.title`, names)}
      confirm={t(`plugins.confirm.${action}.button`, names)}
      danger={action === "remove" || action === "disable"}
      busy={busy}
      onConfirm={onConfirm}
    >
      <p>{t(`plugins.confirm.${action}.text`, names)}</p>
      {calls > 0 && <p className="mt-2">{t("plugins.confirm.calls", { count: calls })}</p>}
    </ConfirmDialog>
  );
}

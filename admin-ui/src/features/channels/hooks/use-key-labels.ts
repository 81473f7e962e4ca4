import { useTranslation } from "react-i18next";
import { type Channel, storedSecrets } from "../model/channel";

const MASK = "****";

/** The keys of a channel as they may be shown, in their order: a stored one by its mask, one that was just typed by its number. */
export function useKeyLabels(channel: Channel): string[] {
  const { t } = useTranslation();
  const keys = storedSecrets(channel);
  return keys.map((key, at) => (key.includes(MASK) ? (keys.indexOf(key) === at && keys.lastIndexOf(key) === at ? key : `${key} (${at + 1})`) : t("channels.trial.newKey", { at: at + 1 })));
}

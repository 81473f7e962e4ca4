import { ChevronLeft, ChevronRight } from "lucide-react";
import { useTranslation } from "react-i18next";
import { IconButton } from "@/components/ui/icon-button";
import type { Message } from "../model/conversation";

/** Steps through the versions of a message: ‹ 2/3 ›. Nothing where there is only one. */
export function BranchSwitch({ message, versions, onShow }: { message: Message; versions: readonly Message[]; onShow: (id: string) => void }) {
  const { t } = useTranslation();
  const at = versions.findIndex((version) => version.id === message.id);
  const before = versions[at - 1];
  const after = versions[at + 1];
  if (versions.length < 2) {
    return null;
  }
  return (
    <span className="inline-flex items-center text-xs text-muted tabular-nums">
      <IconButton label={t("branch.previous")} size="sm" disabled={!before} onClick={() => before && onShow(before.id)}>
        <ChevronLeft />
      </IconButton>
      <span aria-label={t("branch.position", { at: at + 1, count: versions.length })}>{`${at + 1}/${versions.length}`}</span>
      <IconButton label={t("branch.next")} size="sm" disabled={!after} onClick={() => after && onShow(after.id)}>
        <ChevronRight />
      </IconButton>
    </span>
  );
}

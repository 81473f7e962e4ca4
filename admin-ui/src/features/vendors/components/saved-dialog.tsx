import { Cable, CircleCheck } from "lucide-react";
import { useTranslation } from "react-i18next";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";

interface SavedDialogProps {
  name: string;
  onClose: () => void;
  onUse: () => void;
}

/** After a vendor was added: what to do with it. */
export function SavedDialog({ name, onClose, onUse }: SavedDialogProps) {
  const { t } = useTranslation();
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={t("vendors.savedTitle", { name })}
      footer={
        <>
          <Button onClick={onClose}>{t("vendors.later")}</Button>
          <Button variant="primary" autoFocus onClick={onUse}>
            <Cable aria-hidden />
            {t("vendors.useNow")}
          </Button>
        </>
      }
    >
      <p className="flex gap-3 pb-2 text-base text-muted">
        <CircleCheck className="mt-0.5 size-5 shrink-0 text-ok" aria-hidden />
        {t("vendors.savedText")}
      </p>
    </Dialog>
  );
}

import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { Field, Input } from "@/components/ui/field";

export function RenameDialog({ title, onClose, onRename }: { title: string; onClose: () => void; onRename: (title: string) => void }) {
  const { t } = useTranslation();
  const [text, setText] = useState(title);
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={t("sidebar.renameTitle")}
      footer={
        <>
          <Button onClick={onClose}>{t("common.cancel")}</Button>
          <Button type="submit" form="rename" variant="primary" disabled={text.trim() === ""}>
            {t("sidebar.rename")}
          </Button>
        </>
      }
    >
      <form
        id="rename"
        onSubmit={(event) => {
          event.preventDefault();
          onRename(text.trim());
        }}
      >
        <Field label={t("sidebar.renameLabel")}>
          <Input value={text} maxLength={200} onChange={(event) => setText(event.target.value)} onFocus={(event) => event.target.select()} />
        </Field>
      </form>
    </Dialog>
  );
}

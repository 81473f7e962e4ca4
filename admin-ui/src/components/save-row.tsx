import { useTranslation } from "react-i18next";
import { Button } from "./ui/button";

interface SaveRowProps {
  /** The id of the form that is saved. */
  form: string;
  busy: boolean;
  onUndo: () => void;
}

/** What stands at the end of a form with changes in it. */
export function SaveRow({ form, busy, onUndo }: SaveRowProps) {
  const { t } = useTranslation();
  return (
    <>
      <p className="mr-auto text-sm text-muted" role="status">
        {t("form.unsaved")}
      </p>
      <Button onClick={onUndo}>{t("form.undo")}</Button>
      <Button type="submit" form={form} variant="primary" busy={busy}>
        {t("common.save")}
      </Button>
    </>
  );
}

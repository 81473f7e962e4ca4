import { CircleAlert, Info } from "lucide-react";
import { useTranslation } from "react-i18next";
import { sayError } from "@/lib/say-error";

type FormNoticeProps = { error: unknown; text?: never } | { text: string; error?: never };

/** Stands above a form: why it failed, or what is to be known before it is filled in. */
export function FormNotice({ error, text }: FormNoticeProps) {
  const { t } = useTranslation();
  if (text !== undefined) {
    return (
      <p role="status" className="mt-5 flex gap-2.5 rounded-control bg-warn-soft px-3 py-2 text-sm text-warn">
        <Info className="mt-0.5 size-4 shrink-0" aria-hidden />
        {text}
      </p>
    );
  }
  return (
    <p role="alert" className="mt-5 flex gap-2.5 rounded-control bg-danger-soft px-3 py-2 text-sm text-danger">
      <CircleAlert className="mt-0.5 size-4 shrink-0" aria-hidden />
      {sayError(error, t)}
    </p>
  );
}

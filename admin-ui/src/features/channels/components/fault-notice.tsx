import { CircleAlert } from "lucide-react";
import { useTranslation } from "react-i18next";
import { nameIn } from "@/lib/channel-types";
import { useFormats } from "@/lib/format";
import { useHealthWords } from "../hooks/use-health-words";
import type { TrialFault } from "../model/trial";

/** What the upstream, or the way there, did wrong: what it is, what it said, and what to do about it. */
export function FaultNotice({ fault }: { fault: TrialFault }) {
  const { t, i18n } = useTranslation();
  const formats = useFormats();
  const words = useHealthWords(0);
  const hint = nameIn(fault.hint, i18n.language, "");
  const facts = [
    fault.status !== null && t("channels.trial.status", { status: fault.status }),
    fault.vendorCode !== "" && fault.vendorCode,
    fault.retryAfterMs !== null && t("channels.trial.retryAfter", { span: formats.span(fault.retryAfterMs) }),
  ].filter(Boolean);
  return (
    <div role="alert" className="flex gap-3 rounded-control bg-danger-soft px-3.5 py-3 text-sm">
      <CircleAlert className="mt-0.5 size-4 shrink-0 text-danger" aria-hidden />
      <div className="min-w-0 flex-1">
        <p className="font-medium text-danger">
          {words.fault(fault.kind)}
          {facts.length > 0 && <span className="font-normal"> · {facts.join(" · ")}</span>}
        </p>
        {fault.message && <p className="mt-1 [overflow-wrap:anywhere]">{words.reason(fault.message)}</p>}
        {hint && (
          <p className="mt-2">
            <span className="font-medium">{t("channels.trial.toDo")}</span> {hint}
          </p>
        )}
      </div>
    </div>
  );
}

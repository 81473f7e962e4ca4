import { CircleAlert, RotateCcw } from "lucide-react";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "@/components/ui/button";
import type { Failure } from "../model/failure";

interface AnswerFailureProps {
  failure: Failure;
  model: string;
  onRetry: () => void;
  /** What an administrator can do about it; nothing for others. */
  remedy?: ReactNode;
}

/** Stands where the answer would: what happened, what to do, and a way to try again. */
export function AnswerFailure({ failure, model, onRetry, remedy }: AnswerFailureProps) {
  const { t } = useTranslation();
  return (
    <div role="alert" className="rounded-panel border border-danger/25 bg-danger-soft px-4 py-3.5">
      <div className="flex gap-3">
        <CircleAlert className="mt-0.5 size-5 shrink-0 text-danger" aria-hidden />
        <div className="min-w-0 flex-1">
          <p className="font-medium">{t(`failure.${failure.kind}.title`, { model })}</p>
          <p className="mt-0.5 text-sm text-muted">{t(`failure.${failure.kind}.hint`, { model })}</p>
          {failure.detail && <p className="mt-2 font-mono text-xs [overflow-wrap:anywhere] text-muted">{failure.detail}</p>}
          <div className="mt-3 flex flex-wrap gap-2">
            <Button size="sm" onClick={onRetry}>
              <RotateCcw aria-hidden />
              {t("common.retry")}
            </Button>
            {remedy}
          </div>
        </div>
      </div>
    </div>
  );
}

import { ChevronDown } from "lucide-react";
import { lazy, Suspense, useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { PopoverPanel, PopoverRoot, PopoverTrigger } from "@/components/ui/popover";
import { Skeleton } from "@/components/ui/skeleton";
import { whenIdle } from "@/lib/browser";
import { useHotkeys } from "@/lib/hotkeys";
import { preferences } from "@/lib/preferences";
import { useModel } from "../hooks/use-model";
import { ModelTile } from "./model-tile";

const load = () => import("./model-list");
const ModelList = lazy(load);

/** The button with the current model, and the list to choose another from. */
export function ModelPicker() {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  const { model, models } = useModel();
  useEffect(() => whenIdle(() => void load()), []);
  useHotkeys({ "mod+/": () => setOpen((now) => !now) });
  if (models.isPending && !model) {
    return <Skeleton className="h-7 w-32" />;
  }
  return (
    <PopoverRoot open={open} onOpenChange={setOpen}>
      <PopoverTrigger
        disabled={!models.data?.length}
        className="flex h-8 min-w-0 items-center gap-2 rounded-control px-2 text-sm font-medium text-muted hover:bg-hover hover:text-ink disabled:opacity-50 data-[state=open]:bg-hover pointer-coarse:h-11"
      >
        {model && <ModelTile model={model} />}
        <span className="sr-only">{`${t("models.label")} `}</span>
        <span className="truncate">{model ?? t("models.none")}</span>
        <ChevronDown className="size-3.5 shrink-0" aria-hidden />
      </PopoverTrigger>
      <PopoverPanel align="start" className="w-[min(24rem,calc(100vw-1.5rem))] overflow-hidden" aria-label={t("models.choose")}>
        <Suspense fallback={<Skeleton className="m-3 h-64" />}>
          <ModelList
            models={models.data ?? []}
            current={model}
            onChoose={(chosen) => {
              preferences.chooseModel(chosen);
              setOpen(false);
            }}
          />
        </Suspense>
      </PopoverPanel>
    </PopoverRoot>
  );
}

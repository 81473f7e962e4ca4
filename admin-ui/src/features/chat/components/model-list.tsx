import { Command } from "cmdk";
import type { TFunction } from "i18next";
import { Search, Star } from "lucide-react";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { IconButton } from "@/components/ui/icon-button";
import { cn } from "@/lib/cn";
import { preferences, usePreferences } from "@/lib/preferences";
import type { Model } from "@/lib/relay";
import { groupModels, type ModelGroup } from "../model/models";
import { ModelTile } from "./model-tile";

interface ModelListProps {
  models: readonly Model[];
  current: string | null;
  onChoose: (model: string) => void;
}

/** All models to choose from, searchable and driven by keyboard. */
export default function ModelList({ models, current, onChoose }: ModelListProps) {
  const { t } = useTranslation();
  const favourites = usePreferences((now) => now.favouriteModels);
  const recent = usePreferences((now) => now.recentModels);
  const groups = useMemo(() => groupModels(models, favourites, recent), [models, favourites, recent]);
  return (
    <Command label={t("models.choose")} {...(current ? { defaultValue: current } : {})} loop>
      <div className="flex items-center gap-2.5 border-b border-line px-3.5">
        <Search className="size-4 text-faint" aria-hidden />
        <Command.Input
          placeholder={t("models.search")}
          className="h-11 min-w-0 flex-1 bg-transparent text-base outline-none placeholder:text-faint"
        />
      </div>
      <Command.List className="max-h-[min(22rem,50dvh)] overflow-y-auto p-1.5 scroll-thin">
        <Command.Empty className="px-3 py-6 text-center text-sm text-muted">{t("models.noMatch")}</Command.Empty>
        {groups.map((group) => (
          <Command.Group
            key={headingOf(group, t)}
            heading={headingOf(group, t)}
            className="[&_[cmdk-group-heading]]:px-2.5 [&_[cmdk-group-heading]]:pt-2 [&_[cmdk-group-heading]]:pb-1 [&_[cmdk-group-heading]]:text-xs [&_[cmdk-group-heading]]:font-medium [&_[cmdk-group-heading]]:text-faint"
          >
            {group.models.map((model) => (
              <ModelRow key={model.id} model={model} current={model.id === current} favourite={favourites.includes(model.id)} onChoose={onChoose} />
            ))}
          </Command.Group>
        ))}
      </Command.List>
    </Command>
  );
}

function ModelRow({ model, current, favourite, onChoose }: { model: Model; current: boolean; favourite: boolean; onChoose: (model: string) => void }) {
  const { t } = useTranslation();
  return (
    <Command.Item
      value={model.id}
      onSelect={() => onChoose(model.id)}
      className="group flex items-center gap-2.5 rounded-md py-1 pr-1 pl-2.5 text-sm data-[selected=true]:bg-hover pointer-coarse:min-h-11"
    >
      <ModelTile model={model.id} />
      <span className={cn("min-w-0 flex-1 truncate", current && "font-semibold")}>{model.id}</span>
      {current && <span className="text-xs text-accent-ink">{t("models.inUse")}</span>}
      <IconButton
        label={favourite ? t("models.unstar") : t("models.star")}
        size="sm"
        tabIndex={-1}
        aria-pressed={favourite}
        className={cn(!favourite && "opacity-0 group-data-[selected=true]:opacity-100 pointer-coarse:opacity-60")}
        onClick={(event) => {
          event.stopPropagation();
          preferences.toggleFavourite(model.id);
        }}
      >
        <Star className={cn(favourite && "fill-warn-mark text-warn-mark")} />
      </IconButton>
    </Command.Item>
  );
}

function headingOf(group: ModelGroup, t: TFunction): string {
  return group.name.kind === "provider" ? group.name.provider : t(`models.group.${group.name.kind}`);
}

import { X } from "lucide-react";
import { useTranslation } from "react-i18next";
import { Button } from "@/components/ui/button";
import { Input, Select } from "@/components/ui/field";
import { isFiltered, type RecordSearch, recordTypes, spans, usualType, withFilter } from "../model/filters";
import { outcomes } from "../model/record";
import { FilterField } from "./filter-field";

interface RecordFiltersProps {
  search: RecordSearch;
  /** Administrators look at all lines, everybody at their own. */
  scope: "all" | "mine";
  onChange: (search: RecordSearch) => void;
}

/** What of the request log is shown. */
export function RecordFilters({ search, scope, onChange }: RecordFiltersProps) {
  const { t } = useTranslation();
  const set = (part: Partial<RecordSearch>) => onChange(withFilter(search, part));
  const type = search.type ?? usualType[scope];
  return (
    <div role="search" aria-label={t("record.filters")} className="grid grid-cols-2 gap-2 pb-3 sm:flex sm:flex-wrap sm:items-center">
      <Select
        aria-label={t("record.filter.type")}
        value={type}
        onChange={(event) => {
          const next = recordTypes.find((one) => one === event.target.value);
          set({ type: next === usualType[scope] ? undefined : next });
        }}
      >
        {recordTypes.map((one) => (
          <option key={one} value={one}>
            {t(`record.type.${one}`)}
          </option>
        ))}
      </Select>
      <Select aria-label={t("record.filter.time")} value={search.time ?? ""} onChange={(event) => set({ time: spans.find((one) => one === event.target.value) })}>
        <option value="">{t("record.span.ever")}</option>
        {spans.map((one) => (
          <option key={one} value={one}>
            {t(`record.span.${one}`)}
          </option>
        ))}
      </Select>
      {search.time === "dates" && (
        <>
          <Input type="date" aria-label={t("record.filter.from")} className="sm:w-38" value={search.from ?? ""} max={search.to} onChange={(event) => set({ from: event.target.value || undefined })} />
          <Input type="date" aria-label={t("record.filter.to")} className="sm:w-38" value={search.to ?? ""} min={search.from} onChange={(event) => set({ to: event.target.value || undefined })} />
        </>
      )}
      <FilterField label={t("record.filter.model")} value={search.model ?? ""} className="sm:w-44" onChange={(model) => set({ model: model || undefined })} />
      {scope === "all" && (
        <>
          <FilterField label={t("record.filter.user")} numeric value={search.user ? String(search.user) : ""} className="sm:w-30" onChange={(user) => set({ user: Number(user) || undefined })} />
          <FilterField label={t("record.filter.key")} value={search.key ?? ""} className="sm:w-36" onChange={(key) => set({ key: key || undefined })} />
          <Select aria-label={t("record.filter.outcome")} value={search.outcome ?? ""} onChange={(event) => set({ outcome: outcomes.find((one) => one === event.target.value) })}>
            <option value="">{t("record.filter.anyOutcome")}</option>
            {outcomes.map((outcome) => (
              <option key={outcome} value={outcome}>
                {t(`record.outcome.${outcome}`)}
              </option>
            ))}
          </Select>
        </>
      )}
      {search.channel !== undefined && scope === "all" && (
        <Button size="sm" onClick={() => set({ channel: undefined })}>
          {t("record.filter.channel", { id: search.channel })}
          <X aria-label={t("record.filter.remove")} />
        </Button>
      )}
      {isFiltered(search) && (
        <Button variant="ghost" className="max-sm:col-span-2" onClick={() => onChange({})}>
          {t("record.filter.clear")}
        </Button>
      )}
    </div>
  );
}

import { useTranslation } from "react-i18next";
import { SearchBox } from "@/components/search-box";
import { Badge } from "@/components/ui/badge";

interface ChannelFilterProps {
  search: string;
  /** Whether only those are listed that somebody should look at. */
  attention: boolean;
  /** How many those are. */
  worrying: number;
  /** How many channels are listed. */
  count: number;
  onChange: (next: { q: string; attention: boolean }) => void;
}

/** Which channels are listed; kept in the address. */
export function ChannelFilter({ search, attention, worrying, count, onChange }: ChannelFilterProps) {
  const { t } = useTranslation();
  return (
    <div className="flex flex-wrap items-center gap-x-5 gap-y-2 pb-3">
      <SearchBox value={search} label={t("channels.search")} onChange={(q) => onChange({ q, attention })} />
      <label className="inline-flex items-center gap-2 text-sm pointer-coarse:min-h-11">
        <input
          type="checkbox"
          className="size-4 accent-accent"
          checked={attention}
          onChange={(event) => onChange({ q: search, attention: event.target.checked })}
        />
        {t("channels.attention")}
        {worrying > 0 && <Badge tone="warn">{worrying}</Badge>}
      </label>
      <p className="ml-auto text-sm text-muted tabular-nums" role="status">
        {t("channels.count", { count })}
      </p>
    </div>
  );
}

import { useTranslation } from "react-i18next";
import { DownloadButton } from "@/components/download-button";
import { RecordList } from "./components/record-list";
import { StatsFigures } from "./components/stats-figures";
import { type RecordSearch, wishOf } from "./model/filters";

/** What moved one's own balance: requests with their receipts, and credits that came. */
export function MyRequests({ search, onSearch }: { search: RecordSearch; onSearch: (search: RecordSearch) => void }) {
  const { t } = useTranslation();
  return (
    <section aria-labelledby="my-requests">
      <div className="flex flex-wrap items-center justify-between gap-3 pb-4">
        <h2 id="my-requests" className="text-xl font-semibold tracking-tight">
          {t("record.mine")}
        </h2>
        <DownloadButton size="sm" path="/api/record/export" query={() => ({ ...wishOf(search, "mine", Date.now()), self: "true" })} name="requests.csv">
          {t("record.export")}
        </DownloadButton>
      </div>
      <div className="pb-5">
        <StatsFigures scope="mine" />
      </div>
      <RecordList search={search} scope="mine" onSearch={onSearch} />
    </section>
  );
}

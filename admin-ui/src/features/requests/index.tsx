import { getRouteApi } from "@tanstack/react-router";
import { Clock } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { DownloadButton } from "@/components/download-button";
import { Page } from "@/components/page";
import { Button } from "@/components/ui/button";
import { RecordList } from "./components/record-list";
import { RefundButton } from "./components/refund-dialog";
import { RetentionDialog } from "./components/retention-dialog";
import { StatsFigures } from "./components/stats-figures";
import { wishOf } from "./model/filters";
import { isCall, type RequestRecord } from "./model/record";

const route = getRouteApi("/signed-in/console/requests");

/** The request log of the whole site. */
export function RequestsPage() {
  const { t } = useTranslation();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const [retention, setRetention] = useState(false);
  return (
    <Page
      title={t("console.requests")}
      lead={t("requests.lead")}
      actions={
        <>
          <Button onClick={() => setRetention(true)}>
            <Clock aria-hidden />
            {t("requests.retention.open")}
          </Button>
          <DownloadButton path="/api/record/export" query={() => ({ ...wishOf(search, "all", Date.now()), self: undefined })} name="records.csv">
            {t("record.export")}
          </DownloadButton>
        </>
      }
    >
      <div className="pb-6">
        <StatsFigures scope="all" user={search.user} />
      </div>
      <RecordList
        search={search}
        scope="all"
        onSearch={(next) => void navigate({ search: next, replace: true })}
        Actions={RecordActions}
      />
      {retention && <RetentionDialog onClose={() => setRetention(false)} />}
    </Page>
  );
}

/** What an administrator can do about a line. */
function RecordActions({ record }: { record: RequestRecord }) {
  const { t } = useTranslation();
  return isCall(record) && record.request_id !== "" && <RefundButton requestId={record.request_id} user={record.username || t("record.nobody")} />;
}

import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { CopyButton } from "@/components/copy-button";
import { CodeChip } from "@/components/ui/badge";
import { Sheet } from "@/components/ui/dialog";
import { useFormats } from "@/lib/format";
import { serverTime } from "@/lib/server-time";
import { upperFirst } from "@/lib/words";
import { isCall, planItemOf, type RequestRecord } from "../model/record";
import { ReceiptView } from "./receipt-view";
import { OutcomeBadge } from "./record-table";

interface RecordSheetProps {
  record: RequestRecord;
  /** What else can be done about it. */
  actions?: ReactNode;
  /** Leads to the lines of one user or channel. Without it the reader looks at his own lines, and sees neither. */
  onFilter?: (part: { user?: number; channel?: number }) => void;
  onClose: () => void;
}

/** Everything about one line of the request log, and how its charge came about. */
export function RecordSheet({ record, actions, onFilter, onClose }: RecordSheetProps) {
  const { t } = useTranslation();
  const call = isCall(record);
  return (
    <Sheet open side="right" onOpenChange={(open) => !open && onClose()} title={call ? record.model || t("record.call") : upperFirst(record.detail)} titleShown footer={actions}>
      <div className="flex flex-col gap-6 px-5 py-5 sm:px-6">
        <dl className="grid grid-cols-[7rem_1fr] gap-x-4 gap-y-2.5 text-base sm:grid-cols-[9rem_1fr]">
          <CommonFacts record={record} {...(onFilter ? { onFilter } : {})} />
          {call && <CallFacts record={record} {...(onFilter ? { onFilter } : {})} />}
        </dl>
        {call && record.request_id && <ReceiptView requestId={record.request_id} />}
      </div>
    </Sheet>
  );
}

type FactsProps = Pick<RecordSheetProps, "record" | "onFilter">;

function CommonFacts({ record, onFilter }: FactsProps) {
  const { t } = useTranslation();
  const formats = useFormats();
  const at = serverTime(record.created_at);
  const { user_id: user } = record;
  return (
    <>
      <Fact term={t("record.field.time")}>{at === null ? record.created_at : `${formats.date(at)}, ${formats.clock(at)}`}</Fact>
      {onFilter && (
        <Fact term={t("record.field.user")}>
          {user ? <FilterLink onClick={() => onFilter({ user })}>{record.username || t("record.nobody")}</FilterLink> : record.username}
        </Fact>
      )}
      {!isCall(record) && <Fact term={t("record.field.credits")}>{formats.exact(record.quota)}</Fact>}
    </>
  );
}

function CallFacts({ record, onFilter }: FactsProps) {
  const { t } = useTranslation();
  const formats = useFormats();
  const { channel, outcome, first_token_ms: firstToken } = record;
  const planItem = planItemOf(record);
  return (
    <>
      {outcome && (
        <Fact term={t("record.field.outcome")}>
          <span className="flex flex-wrap items-center gap-2">
            <OutcomeBadge outcome={outcome} />
            {record.fault && <CodeChip>{record.fault}</CodeChip>}
            {record.status && record.status !== "0" && <span className="text-sm text-muted">{t("record.status", { status: record.status })}</span>}
          </span>
        </Fact>
      )}
      {record.token_name && <Fact term={t("record.field.key")}>{record.token_name}</Fact>}
      {onFilter && record.channel_name && (
        <Fact term={t("record.field.channel")}>{channel ? <FilterLink onClick={() => onFilter({ channel })}>{record.channel_name}</FilterLink> : record.channel_name}</Fact>
      )}
      {onFilter && record.upstream_model && record.upstream_model !== record.model && (
        <Fact term={t("record.field.upstreamModel")}>
          <span className="font-mono text-sm">{record.upstream_model}</span>
        </Fact>
      )}
      {onFilter && record.plugin && (
        <Fact term={t("record.field.plugin")}>
          <span className="font-mono text-sm">{record.plugin}</span>
        </Fact>
      )}
      <Fact term={t("record.field.tokens")}>
        {t("record.tokens", { input: formats.integer(record.input_tokens), output: formats.integer(record.output_tokens) })}
        <Aside
          parts={[
            record.cached_tokens > 0 && t("record.cached", { count: record.cached_tokens, figure: formats.integer(record.cached_tokens) }),
            record.reasoning_tokens > 0 && t("record.reasoning", { count: record.reasoning_tokens, figure: formats.integer(record.reasoning_tokens) }),
            record.estimated && t("record.estimated"),
          ]}
        />
      </Fact>
      <Fact term={t("record.field.duration")}>
        {formats.span(record.duration * 1_000)}
        <Aside parts={[typeof firstToken === "number" && t("record.firstToken", { span: formats.span(firstToken) }), record.streamed && t("record.streamed")]} />
      </Fact>
      {record.attempts > 1 && <Fact term={t("record.field.attempts")}>{formats.integer(record.attempts)}</Fact>}
      {planItem && <Fact term={t("record.field.paidBy")}>{planItem}</Fact>}
      {record.task_id && (
        <Fact term={t("record.field.task")}>
          <span className="font-mono text-sm [overflow-wrap:anywhere]">{record.task_id}</span>
        </Fact>
      )}
      {record.detail && (
        <Fact term={t("record.field.detail")}>
          <span className="text-sm text-muted [overflow-wrap:anywhere]">{upperFirst(record.detail)}</span>
        </Fact>
      )}
      {record.request_id && (
        <Fact term={t("record.field.request")}>
          <span className="flex items-center gap-1">
            <span className="truncate font-mono text-xs">{record.request_id}</span>
            <CopyButton text={record.request_id} label={t("record.copyRequest")} />
          </span>
        </Fact>
      )}
    </>
  );
}

function Fact({ term, children }: { term: string; children: ReactNode }) {
  return (
    <>
      <dt className="text-sm leading-6 text-muted">{term}</dt>
      <dd className="min-w-0 tabular-nums">{children}</dd>
    </>
  );
}

function Aside({ parts }: { parts: ReadonlyArray<string | false | null | undefined> }) {
  const said = parts.filter(Boolean);
  return said.length > 0 && <span className="block text-sm text-muted">{said.join(" · ")}</span>;
}

function FilterLink({ onClick, children }: { onClick: () => void; children: ReactNode }) {
  return (
    <button type="button" className="rounded-sm text-left underline decoration-line-strong underline-offset-3 hover:decoration-ink" onClick={onClick}>
      {children}
    </button>
  );
}

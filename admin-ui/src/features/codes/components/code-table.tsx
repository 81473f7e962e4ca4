import { Ban, Trash2 } from "lucide-react";
import { useTranslation } from "react-i18next";
import { CopyButton } from "@/components/copy-button";
import { Badge, type Tone } from "@/components/ui/badge";
import { IconButton } from "@/components/ui/icon-button";
import { useNow } from "@/lib/browser";
import { cn } from "@/lib/cn";
import { useFormats } from "@/lib/format";
import { serverTime } from "@/lib/server-time";
import { type Code, type CodeState, stateOf } from "../model/code";
import type { CodeKind } from "../model/search";

const tones: Record<CodeState, Tone> = { unused: "ok", partly: "accent", used: "neutral", expired: "warn" };

interface CodeTableProps {
  codes: readonly Code[];
  kind: CodeKind;
  /** While another page is fetched. */
  stale: boolean;
  onBatch: (batch: string) => void;
  onRemove: (code: Code) => void;
}

export function CodeTable({ codes, kind, stale, ...actions }: CodeTableProps) {
  const { t } = useTranslation();
  return (
    <div
      className={cn("relative overflow-x-auto rounded-panel border border-line bg-raised transition-opacity", stale && "opacity-60")}
      tabIndex={0}
      role="group"
      aria-label={t(`codes.kind.${kind}`)}
      aria-busy={stale}
    >
      <table className="w-full text-left text-base tabular-nums">
        <thead className="hidden border-b border-line text-sm text-muted md:table-header-group">
          <tr className="[&>th]:px-3 [&>th]:py-2.5 [&>th]:font-medium [&>th]:whitespace-nowrap [&>th:first-child]:pl-5">
            <th scope="col">{t("codes.field.code")}</th>
            <th scope="col" className="text-right">
              {t("codes.field.quota")}
            </th>
            {kind === "gift" && <th scope="col">{t("codes.field.type")}</th>}
            <th scope="col">{t("codes.field.state")}</th>
            <th scope="col">{t("codes.field.lastUse")}</th>
            <th scope="col" className="hidden lg:table-cell">
              {t("codes.field.expires")}
            </th>
            <th scope="col">
              <span className="sr-only">{t("common.actions")}</span>
            </th>
          </tr>
        </thead>
        <tbody className="divide-y divide-line">
          {codes.map((code) => (
            <CodeRow key={code.code} code={code} kind={kind} {...actions} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function CodeRow({ code, kind, onBatch, onRemove }: Pick<CodeTableProps, "kind" | "onBatch" | "onRemove"> & { code: Code }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const now = useNow(60_000);
  const expires = serverTime(code.expires_at);
  const created = serverTime(code.created_at);
  const lastUse = code.uses > 0 ? serverTime(code.updated_at) : null;
  const state = stateOf(code, expires, now);
  const user = code.username !== "-" && code.username;
  return (
    // On a phone a row is a small card: the code and what it is worth above, how it stands below.
    <tr className="grid grid-cols-[1fr_auto] items-center gap-x-3 gap-y-1 px-4 py-3 md:table-row md:p-0 md:hover:bg-canvas md:[&>td]:px-3 md:[&>td]:py-2 md:[&>td:first-child]:pl-5">
      <td className="min-w-0">
        <span className="flex min-w-0 items-center gap-1">
          <span className={cn("truncate font-mono text-sm md:max-w-48 lg:max-w-64 xl:max-w-80", state === "used" && "text-faint")}>{code.code}</span>
          <CopyButton text={code.code} label={t("codes.copy")} />
        </span>
        <span className="flex gap-x-2 text-xs text-faint max-md:hidden">
          {created !== null && t("codes.made", { date: formats.date(created) })}
          {code.batch && (
            <button type="button" className="rounded-sm font-mono underline decoration-line-strong underline-offset-3 hover:text-ink" title={code.batch} onClick={() => onBatch(code.batch)}>
              {t("codes.batch", { end: code.batch.slice(-5) })}
            </button>
          )}
        </span>
      </td>
      <td className="text-right font-mono text-sm whitespace-nowrap">{formats.credits(code.quota)}</td>
      {kind === "gift" && <td className="text-sm max-md:hidden">{code.type}</td>}
      <td>
        <span className="flex items-center gap-2 text-sm whitespace-nowrap">
          <Badge tone={tones[state]}>{t(`codes.state.${state}`)}</Badge>
          {code.max_uses > 1 && <span className="text-muted">{t("codes.uses", { uses: formats.integer(code.uses), most: formats.integer(code.max_uses) })}</span>}
        </span>
      </td>
      <td className="min-w-0 text-right text-sm max-md:empty:hidden md:text-left">
        {user && <span className="block max-w-40 truncate">{user}</span>}
        {lastUse !== null && <span className="block whitespace-nowrap text-muted max-md:hidden">{formats.date(lastUse)}</span>}
      </td>
      <td className="hidden text-sm whitespace-nowrap text-muted lg:table-cell" title={expires === null ? undefined : formats.dateTime(expires)}>
        {expires !== null && formats.date(expires)}
      </td>
      <td className="-mr-2 text-right whitespace-nowrap max-md:empty:hidden md:mr-0">
        {(code.uses === 0 || state === "partly") && (
          <IconButton label={code.uses === 0 ? t("codes.remove") : t("codes.stop")} onClick={() => onRemove(code)}>
            {code.uses === 0 ? <Trash2 /> : <Ban />}
          </IconButton>
        )}
      </td>
    </tr>
  );
}

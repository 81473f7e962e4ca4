import { Plus, X } from "lucide-react";
import { useId } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "@/components/ui/button";
import { Input } from "@/components/ui/field";
import { IconButton } from "@/components/ui/icon-button";
import { type HeaderRow, headerProblem } from "../model/settings";
import { Group } from "./section";

interface HeaderRowsProps {
  rows: readonly HeaderRow[];
  /** What is wrong, in words; then the rows it is about are marked. */
  error: string | undefined;
  onChange: (rows: HeaderRow[]) => void;
}

/** Headers that are sent with every request of the channel: one a row. */
export function HeaderRows({ rows, error, onChange }: HeaderRowsProps) {
  const { t } = useTranslation();
  const id = useId();
  const change = (at: number, part: Partial<HeaderRow>) => onChange(rows.map((row, index) => (index === at ? { ...row, ...part } : row)));
  return (
    <Group legend={t("channels.field.header_override")} hint={t("channels.editor.headersHint")}>
      <div className="flex flex-col gap-2">
        {rows.map((row, at) => {
          const problem = error === undefined ? undefined : (headerProblem(row) ?? (isTwice(rows, at) ? "headerTwice" : undefined));
          const mark = { "aria-invalid": true, "aria-describedby": `${id}-error` };
          return (
            <div key={at} className="grid grid-cols-[1fr_auto] items-center gap-x-1.5 gap-y-1.5 sm:grid-cols-[minmax(0,2fr)_minmax(0,3fr)_auto]">
              <Input
                aria-label={t("channels.editor.headerName", { at: at + 1 })}
                {...(problem && problem !== "headerLine" ? mark : {})}
                value={row.name}
                placeholder={t("channels.field.name")}
                spellCheck={false}
                autoCapitalize="none"
                autoComplete="off"
                className="col-span-2 font-mono text-sm sm:col-span-1"
                onChange={(event) => change(at, { name: event.target.value })}
              />
              <Input
                aria-label={t("channels.editor.headerValue", { at: at + 1 })}
                {...(problem === "headerLine" ? mark : {})}
                value={row.value}
                placeholder={t("channels.editor.headerText")}
                spellCheck={false}
                autoCapitalize="none"
                autoComplete="off"
                className="font-mono text-sm"
                onChange={(event) => change(at, { value: event.target.value })}
              />
              <IconButton label={t("channels.editor.removeHeader", { at: at + 1 })} onClick={() => onChange(rows.filter((_, index) => index !== at))}>
                <X />
              </IconButton>
            </div>
          );
        })}
        {error && (
          <p id={`${id}-error`} className="text-sm text-danger">
            {error}
          </p>
        )}
        <Button size="sm" variant="ghost" className="-ml-3 self-start" onClick={() => onChange([...rows, { name: "", value: "" }])}>
          <Plus aria-hidden />
          {t("channels.editor.addHeader")}
        </Button>
      </div>
    </Group>
  );
}

const isTwice = (rows: readonly HeaderRow[], at: number) =>
  rows.some((other, index) => index !== at && other.name.trim() !== "" && other.name.trim().toLowerCase() === rows[at]?.name.trim().toLowerCase());

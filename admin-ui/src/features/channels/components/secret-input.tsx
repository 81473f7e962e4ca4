import { KeyRound, Plus, X } from "lucide-react";
import { useTranslation } from "react-i18next";
import { Button } from "@/components/ui/button";
import { Input, TextArea } from "@/components/ui/field";
import { IconButton } from "@/components/ui/icon-button";
import { type ChannelType, nameIn } from "../model/channel";

interface SecretInputProps {
  type: ChannelType | undefined;
  rows: readonly (readonly string[])[];
  onChange: (rows: string[][]) => void;
}

/** Secrets are written, never read: one a line, or one row of named parts each where a secret has several. */
export function SecretInput({ type, rows, onChange }: SecretInputProps) {
  const { t, i18n } = useTranslation();
  const parts = type?.secretParts ?? [];
  if (parts.length < 2) {
    return (
      <TextArea
        value={rows.map((row) => row.join("|")).join("\n")}
        rows={3}
        spellCheck={false}
        autoComplete="off"
        autoCapitalize="none"
        className="font-mono text-sm"
        onChange={(event) => onChange(event.target.value.split("\n").map((line) => [line]))}
      />
    );
  }
  const change = (at: number, part: number, value: string) =>
    onChange(rows.map((row, index) => parts.map((_, column) => (index === at && column === part ? value : (row[column] ?? "")))));
  return (
    <div className="flex flex-col gap-2">
      {rows.map((row, at) => (
        <div key={at} className="flex items-start gap-1.5">
          <div className="grid flex-1 gap-1.5 sm:grid-cols-2">
            {parts.map((part, column) => {
              const name = nameIn(part.label, i18n.language, part.name);
              return (
                <Input
                  key={part.name}
                  // Only the first field carries the id of the label above; the others have names of their own.
                  {...(at === 0 && column === 0 ? {} : { id: undefined })}
                  aria-label={rows.length > 1 ? t("channels.editor.secretPartOf", { part: name, at: at + 1 }) : name}
                  placeholder={name}
                  type={part.kind === "SECRET" ? "password" : "text"}
                  autoComplete="new-password"
                  className="font-mono"
                  value={row[column] ?? ""}
                  onChange={(event) => change(at, column, event.target.value)}
                />
              );
            })}
          </div>
          {rows.length > 1 && (
            <IconButton label={t("channels.editor.removeSecret", { at: at + 1 })} onClick={() => onChange(rows.filter((_, index) => index !== at).map((kept) => [...kept]))}>
              <X />
            </IconButton>
          )}
        </div>
      ))}
      <Button size="sm" variant="ghost" className="self-start" onClick={() => onChange([...rows.map((row) => [...row]), parts.map(() => "")])}>
        <Plus aria-hidden />
        {t("channels.editor.addSecret")}
      </Button>
    </div>
  );
}

/** The secrets that are stored, by their masks; each can be taken away. */
export function StoredSecrets({ masks, onChange }: { masks: readonly string[]; onChange: (masks: string[]) => void }) {
  const { t } = useTranslation();
  if (masks.length === 0) {
    return null;
  }
  return (
    <ul aria-label={t("channels.editor.storedSecrets")} className="flex flex-wrap gap-1.5">
      {masks.map((mask, at) => (
        <li key={at} className="inline-flex h-7 items-center rounded-md border border-line bg-sunken pl-2 font-mono text-xs pointer-coarse:h-11">
          <KeyRound className="mr-1.5 size-3.5 text-muted" aria-hidden />
          {mask}
          <button
            type="button"
            aria-label={t("channels.editor.removeStored", { secret: mask })}
            className="grid size-7 place-items-center rounded-md text-faint hover:text-ink pointer-coarse:size-11"
            onClick={() => onChange(masks.filter((_, index) => index !== at))}
          >
            <X className="size-3.5" aria-hidden />
          </button>
        </li>
      ))}
    </ul>
  );
}

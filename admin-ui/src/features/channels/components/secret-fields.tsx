import { Plus, X } from "lucide-react";
import { useId } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "@/components/ui/button";
import { Field, TextArea } from "@/components/ui/field";
import { FlagField } from "@/components/ui/flag-field";
import { IconButton } from "@/components/ui/icon-button";
import { type ChannelType, type ConfigField, nameIn } from "@/lib/channel-types";
import type { KeyReport } from "../model/health";
import { DescriptorControl } from "./descriptor-control";
import { StoredKeys } from "./stored-keys";

interface SecretFieldsProps {
  type: ChannelType | undefined;
  /** Masks of the secrets that are stored. */
  stored: readonly string[];
  /** How the stored ones stand, as far as that is known. */
  reports: readonly KeyReport[];
  rows: readonly (readonly string[])[];
  error: string | undefined;
  onStored: (masks: string[]) => void;
  onRows: (rows: string[][]) => void;
}

/** Secrets are written, never read: one a line, or one group of named parts each where a secret has several. */
export function SecretFields({ type, stored, reports, rows, error, onStored, onRows }: SecretFieldsProps) {
  const { t, i18n } = useTranslation();
  const id = useId();
  const parts = type?.secretParts ?? [];
  const [only, ...others] = parts;
  if (others.length === 0 && (only === undefined || only.kind === "SECRET" || only.kind === "TEXT")) {
    const hint = only && nameIn(only.hint, i18n.language, "");
    return (
      <Field
        label={t("channels.field.secret")}
        error={error}
        hint={stored.length > 0 ? t("channels.editor.secretKept") : hint ? `${asSentence(hint)} ${t("channels.editor.secretShort")}` : t("channels.editor.secretHint")}
        required={stored.length === 0 && (only?.required ?? true)}
      >
        <StoredKeys masks={stored} reports={reports} onChange={onStored} />
        <TextArea
          value={rows.map((row) => row[0] ?? "").join("\n")}
          rows={2}
          placeholder={stored.length > 0 ? t("channels.editor.addKeys") : undefined}
          spellCheck={false}
          autoComplete="off"
          autoCapitalize="none"
          className="font-mono text-sm"
          onChange={(event) => onRows(event.target.value.split("\n").map((line) => [line]))}
        />
      </Field>
    );
  }
  const change = (at: number, part: number, value: string) =>
    onRows(rows.map((row, index) => parts.map((_, column) => (index === at && column === part ? value : (row[column] ?? "")))));
  return (
    <fieldset aria-describedby={error ? `${id}-error ${id}-hint` : `${id}-hint`} className="flex flex-col gap-2.5">
      <legend className="mb-1.5 text-sm font-medium">{t("channels.field.secret")}</legend>
      <StoredKeys masks={stored} reports={reports} onChange={onStored} />
      {rows.map((row, at) => (
        <SecretParts
          key={at}
          parts={parts}
          row={row}
          position={rows.length > 1 ? at + 1 : null}
          // Only what a stored secret does not make up for can be missing.
          missing={error !== undefined && (stored.length === 0 || row.some((part) => part.trim() !== ""))}
          onChange={(part, value) => change(at, part, value)}
          onRemove={() => onRows(rows.filter((_, index) => index !== at).map((kept) => [...kept]))}
        />
      ))}
      {error && (
        <p id={`${id}-error`} className="text-sm text-danger">
          {error}
        </p>
      )}
      <p id={`${id}-hint`} className="text-sm text-muted">
        {stored.length > 0 ? t("channels.editor.partsKept") : t("channels.editor.secretShort")}
      </p>
      <Button size="sm" variant="ghost" className="-ml-3 self-start" onClick={() => onRows([...rows.map((row) => [...row]), parts.map(() => "")])}>
        <Plus aria-hidden />
        {t("channels.editor.addSecret")}
      </Button>
    </fieldset>
  );
}

interface SecretPartsProps {
  parts: readonly ConfigField[];
  row: readonly string[];
  /** Which secret this is, from 1, or null where it is the only one. */
  position: number | null;
  /** Whether to mark the parts that still have to be filled in. */
  missing: boolean;
  onChange: (part: number, value: string) => void;
  onRemove: () => void;
}

function SecretParts({ parts, row, position, missing, onChange, onRemove }: SecretPartsProps) {
  const { t, i18n } = useTranslation();
  return (
    <div className="relative grid gap-x-4 gap-y-4 rounded-panel border border-line px-4 py-3.5 sm:grid-cols-2">
      {parts.map((part, column) => {
        const name = nameIn(part.label, i18n.language, part.name);
        const label = position === null ? name : t("channels.editor.secretPartOf", { part: name, at: position });
        const hint = nameIn(part.hint, i18n.language, "");
        const value = row[column] ?? "";
        if (part.kind === "FLAG") {
          // Off is the same as not said, so that a secret of which nothing was filled in stays empty.
          return <FlagField key={part.name} label={label} hint={hint} on={value === "true"} onChange={(on) => onChange(column, on ? "true" : "")} />;
        }
        const lacking = missing && part.required && value.trim() === "";
        return (
          <Field
            key={part.name}
            label={part.required ? label : t("channels.editor.optional", { label })}
            hint={hint}
            error={lacking ? t("channels.problem.required") : undefined}
            required={part.required}
            // A part with much to say about it has a line of its own.
            {...(hint.length > 60 ? { className: "sm:col-span-2" } : {})}
          >
            <DescriptorControl field={part} value={value} onChange={(next) => onChange(column, next)} />
          </Field>
        );
      })}
      {position !== null && (
        <IconButton label={t("channels.editor.removeSecret", { at: position })} size="sm" className="absolute top-1.5 right-1.5" onClick={onRemove}>
          <X />
        </IconButton>
      )}
    </div>
  );
}

/** Hints of plugins come with and without a full stop. */
const asSentence = (hint: string) => (/[.。!！?？…]$/.test(hint) ? hint : /[一-鿿]/.test(hint) ? `${hint}。` : `${hint}.`);

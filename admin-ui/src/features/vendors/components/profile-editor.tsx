import { CircleAlert, CircleCheck, LoaderCircle } from "lucide-react";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { JsonEditor } from "@/components/json-editor";
import { TypePicker } from "@/components/type-picker";
import { Alert, AlertButton } from "@/components/ui/alert";
import { Button } from "@/components/ui/button";
import { Sheet } from "@/components/ui/dialog";
import { Field, Select } from "@/components/ui/field";
import { Tab, TabList, TabPanel, Tabs } from "@/components/ui/tabs";
import { ApiError } from "@/lib/api";
import { useSettled } from "@/lib/browser";
import { type ChannelType, nameIn } from "@/lib/channel-types";
import { lineOf, placeOf, readJson } from "@/lib/json-text";
import { sayError } from "@/lib/say-error";
import { problemOf, useCheck, useSaveProfile } from "../api/profiles";
import { type ProfileDraft, useProfileDraft } from "../hooks/use-profile-draft";
import { copyOf, formPointers, namesOf, type Profile, type ProfileProblem, textAt, valueAt, wordsAt } from "../model/profile";
import type { Family, StoredProfile, Vendor } from "../model/vendor";
import { ProfileForm } from "./profile-form";

export interface EditorStart {
  readonly profile: Profile;
  readonly family: string;
  /** The revision that is edited, 0 where a vendor is added. */
  readonly revision: number;
}

interface ProfileEditorProps {
  start: EditorStart;
  families: readonly Family[];
  vendors: readonly Vendor[];
  onClose: () => void;
  onSaved: (profile: Profile) => void;
}

const FORM = "profile-editor";

const toMistake = (form: HTMLFormElement | null) => requestAnimationFrame(() => form?.querySelector<HTMLElement>("[aria-invalid]")?.focus());

/** Writes a vendor: the common members in a form, everything as JSON. The server looks at it while it is being written. */
export function ProfileEditor({ start, families, vendors, onClose, onSaved }: ProfileEditorProps) {
  const { t } = useTranslation();
  const isNew = start.revision === 0;
  const { draft, changeProfile, changeText } = useProfileDraft(start.profile);
  const [family, setFamily] = useState(start.family);
  const [tab, setTab] = useState("form");
  const [tried, setTried] = useState(false);
  const [refused, setRefused] = useState<ProfileProblem | null>(null);
  const save = useSaveProfile();
  const settled = useSettled(draft);
  const check = useCheck(settled.brokenLine === null ? { family, body: settled.profile } : null);
  const id = textAt(draft.profile, "/id");
  const taken = isNew && vendors.some((vendor) => vendor.id === id);
  const idProblem = taken ? t("vendors.editor.taken") : id === "" ? t("channels.problem.required") : null;
  const found: ProfileProblem | null = refused ?? (idProblem ? { pointer: "/id", words: idProblem } : (check.data ?? null));
  // A field that is simply not filled in yet is no mistake before somebody tries to save.
  const awaited = found !== null && !tried && !refused && formPointers.includes(found.pointer) && !valueAt(draft.profile, found.pointer);
  const problem = awaited ? null : found;
  const changedMeanwhile = save.error instanceof ApiError && save.error.status === 412;
  const elsewhere = problem && !wordsAt(problem, ...formPointers) ? problem : null;

  const change = (step: (profile: Profile) => Profile) => {
    setRefused(null);
    changeProfile(step);
  };

  const send = (form: HTMLFormElement | null, revision: number | null) =>
    save.mutate(
      { family, body: draft.profile, revision },
      {
        onSuccess: () => onSaved(draft.profile),
        onError: (error) => {
          setRefused(problemOf(error));
          toMistake(form);
        },
      },
    );

  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    setTried(true);
    if (draft.brokenLine !== null || idProblem) {
      toMistake(event.currentTarget);
    } else {
      send(event.currentTarget, start.revision);
    }
  };

  return (
    <Sheet
      open
      side="right"
      className="sm:max-w-2xl"
      onOpenChange={(open) => !open && onClose()}
      title={isNew ? t("vendors.editor.newTitle") : t("vendors.editor.editTitle", { name: namesOf(start.profile).en || id })}
      titleShown
      footer={
        <>
          <CheckState draft={draft} found={found} said={problem} unsure={check.isError} busy={draft !== settled || check.isFetching} />
          <Button onClick={onClose}>{t("common.cancel")}</Button>
          <Button type="submit" form={FORM} variant="primary" busy={save.isPending}>
            {isNew ? t("vendors.editor.create") : t("common.save")}
          </Button>
        </>
      }
    >
      <form id={FORM} noValidate className="flex flex-col gap-5 px-5 py-5 sm:px-6" onSubmit={submit}>
        {save.isError && !refused && (
          <Alert action={changedMeanwhile && <AlertButton onClick={() => send(null, null)}>{t("vendors.editor.overwrite")}</AlertButton>}>
            {changedMeanwhile ? t("vendors.editor.changedMeanwhile") : sayError(save.error, t)}
          </Alert>
        )}
        {isNew && (
          <Template
            vendors={vendors}
            onChoose={(template) => {
              setFamily(template.family);
              change((now) => begunFrom(template.body, now, vendors, (name) => t("vendors.copyName", { name })));
            }}
          />
        )}
        {isNew && families.length > 1 && <FamilySelect families={families} value={family} onChoose={setFamily} />}
        <Tabs value={tab} onValueChange={setTab} className="flex flex-col gap-5">
          <TabList aria-label={t("vendors.editor.views")}>
            <Tab value="form">{t("vendors.editor.form")}</Tab>
            <Tab value="json">{t("vendors.editor.json")}</Tab>
          </TabList>
          <TabPanel value="form" tabIndex={-1} className="flex flex-col gap-5 outline-none">
            {draft.brokenLine !== null && <Alert action={<AlertButton onClick={() => setTab("json")}>{t("vendors.editor.toJson")}</AlertButton>}>{t("vendors.json.broken", { line: draft.brokenLine })}</Alert>}
            {draft.brokenLine === null && elsewhere && (
              <Alert action={elsewhere.pointer && <AlertButton onClick={() => setTab("json")}>{t("vendors.editor.toJson")}</AlertButton>}>
                {elsewhere.pointer && <span className="mr-2 font-mono">{elsewhere.pointer}</span>}
                {elsewhere.words}
              </Alert>
            )}
            {/* While the text is no JSON there is nothing that fields could show or change. */}
            <fieldset disabled={draft.brokenLine !== null} className="min-w-0 disabled:opacity-50">
              <ProfileForm profile={draft.profile} idFixed={!isNew} onChange={change} errorAt={(...pointers) => wordsAt(problem, ...pointers)} />
            </fieldset>
          </TabPanel>
          <TabPanel value="json" tabIndex={-1} className="outline-none">
            <JsonEditor
              label={t("vendors.json.label")}
              hint={t("vendors.json.hint")}
              text={draft.text}
              mistake={mistakeIn(draft, problem, t("vendors.json.noJson"))}
              onChange={(text) => {
                setRefused(null);
                changeText(text);
              }}
            />
          </TabPanel>
        </Tabs>
      </form>
    </Sheet>
  );
}

/** A template under an id of its own; what was already called by somebody keeps its name. */
function begunFrom(template: Profile, now: Profile, vendors: readonly Vendor[], nameOfCopy: (name: string) => string): Profile {
  const copy = copyOf(template, new Set(vendors.map(({ id }) => id)), nameOfCopy);
  return { ...copy, ...(now["id"] ? { id: now["id"] } : {}), ...(now["name"] ? { name: now["name"] } : {}) };
}

/** The vendors that came as data, to begin with one of them. */
function Template({ vendors, onChoose }: { vendors: readonly Vendor[]; onChoose: (profile: StoredProfile) => void }) {
  const { t } = useTranslation();
  const [chosen, setChosen] = useState("");
  const templates = vendors.flatMap(({ type, profile }) => (type && profile ? [{ type, profile }] : []));
  const choose = ({ id }: ChannelType) => {
    const template = templates.find(({ type }) => type.id === id);
    if (template) {
      setChosen(id);
      onChoose(template.profile);
    }
  };
  return (
    templates.length > 0 && (
      <Field label={t("vendors.field.template")} hint={t("vendors.editor.templateHint")}>
        <TypePicker types={templates.map(({ type }) => type)} value={chosen} placeholder={t("vendors.editor.fromNothing")} onChoose={choose} />
      </Field>
    )
  );
}

function FamilySelect({ families, value, onChoose }: { families: readonly Family[]; value: string; onChoose: (family: string) => void }) {
  const { t, i18n } = useTranslation();
  return (
    <Field label={t("vendors.field.family")}>
      <Select value={value} onChange={(event) => onChoose(event.target.value)}>
        {families.map(({ id, name }) => (
          <option key={id} value={id}>
            {nameIn(name, i18n.language, id)}
          </option>
        ))}
      </Select>
    </Field>
  );
}

function mistakeIn({ text, brokenLine }: ProfileDraft, problem: ProfileProblem | null, noJson: string): { line: number; words: string } | null {
  if (brokenLine !== null) {
    return { line: brokenLine, words: noJson };
  }
  const read = problem && readJson(text);
  if (!read || "brokenAt" in read) {
    return null;
  }
  return { line: lineOf(text, placeOf(read.places, problem.pointer)), words: [problem.pointer, problem.words].filter(Boolean).join(": ") };
}

interface CheckStateProps {
  draft: ProfileDraft;
  /** What is wrong, and what of it is said beside the fields: what was simply not filled in yet is not. */
  found: ProfileProblem | null;
  said: ProfileProblem | null;
  /** Whether the server could not be asked. */
  unsure: boolean;
  busy: boolean;
}

/** What the server thinks of what is written, in a few words. */
function CheckState({ draft, found, said, unsure, busy }: CheckStateProps) {
  const { t } = useTranslation();
  const state = draft.brokenLine !== null || said ? "mistake" : busy ? "busy" : found ? "incomplete" : unsure ? "unsure" : "fine";
  return (
    <p role="status" className="mr-auto flex items-center gap-2 text-sm text-muted max-sm:sr-only">
      {state === "busy" && <LoaderCircle className="size-4 animate-spin" aria-hidden />}
      {state === "fine" && <CircleCheck className="size-4 text-ok" aria-hidden />}
      {state === "mistake" && <CircleAlert className="size-4 text-danger" aria-hidden />}
      {t(`vendors.check.${state}`)}
    </p>
  );
}

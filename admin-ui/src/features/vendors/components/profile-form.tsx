import { useTranslation } from "react-i18next";
import { NamesInput } from "@/components/names-input";
import { Field, Input, Select } from "@/components/ui/field";
import { FlagField } from "@/components/ui/flag-field";
import { authKinds, authOf, flagAt, hasName, listShapes, namesOf, type Profile, textAt, textsAt, withAuth, withChoice, withNames, withValue } from "../model/profile";
import { CapabilityFields } from "./capability-fields";
import { QuirkFields } from "./quirk-fields";

export interface ProfilePartProps {
  profile: Profile;
  onChange: (change: (profile: Profile) => Profile) => void;
  /** What is to be said at a field that stands for these members. */
  errorAt: (...pointers: string[]) => string | undefined;
}

/** The members most vendors need. All others are kept as they are. */
export function ProfileForm({ idFixed, ...part }: ProfilePartProps & { idFixed: boolean }) {
  return (
    <div className="flex flex-col gap-5">
      <NameFields idFixed={idFixed} {...part} />
      <AccessFields {...part} />
      <ModelFields {...part} />
      <CapabilityFields {...part} />
      <QuirkFields {...part} />
    </div>
  );
}

function NameFields({ profile, onChange, errorAt, idFixed }: ProfilePartProps & { idFixed: boolean }) {
  const { t } = useTranslation();
  const names = namesOf(profile);
  return (
    <div className="grid gap-5 sm:grid-cols-2">
      <Field label={t("vendors.field.name")} error={errorAt("/name")} required>
        <Input value={names.en} onChange={(event) => onChange((now) => withNames(now, { ...namesOf(now), en: event.target.value }))} />
      </Field>
      <Field label={t("vendors.field.nameZh")}>
        <Input lang="zh" placeholder={names.en} value={names.zh} onChange={(event) => onChange((now) => withNames(now, { ...namesOf(now), zh: event.target.value }))} />
      </Field>
      <Field className="sm:col-span-2" label={t("vendors.field.id")} hint={t(idFixed ? "vendors.editor.idFixed" : "vendors.editor.idHint")} error={errorAt("/id")} required>
        <Input
          className="font-mono"
          spellCheck={false}
          autoCapitalize="none"
          readOnly={idFixed}
          value={textAt(profile, "/id")}
          onChange={(event) => onChange((now) => withValue(now, "/id", event.target.value))}
        />
      </Field>
    </div>
  );
}

function AccessFields({ profile, onChange, errorAt }: ProfilePartProps) {
  const { t } = useTranslation();
  const auth = authOf(profile);
  return (
    <>
      <div className="grid gap-5 sm:grid-cols-[1fr_9rem]">
        <Field label={t("vendors.field.endpoint")} hint={t("vendors.editor.endpointHint")} error={errorAt("/endpoint")}>
          <Input
            type="url"
            inputMode="url"
            className="font-mono"
            spellCheck={false}
            placeholder={"https://api.example.com"}
            value={textAt(profile, "/endpoint")}
            onChange={(event) => onChange((now) => withValue(now, "/endpoint", event.target.value || undefined))}
          />
        </Field>
        <Field label={t("vendors.field.basePath")} error={errorAt("/basePath", "/paths")}>
          <Input
            className="font-mono"
            spellCheck={false}
            autoCapitalize="none"
            placeholder={t("vendors.editor.nothing")}
            value={textAt(profile, "/basePath", "/v1")}
            onChange={(event) => onChange((now) => withChoice(now, "/basePath", event.target.value, "/v1"))}
          />
        </Field>
      </div>
      <div className="grid gap-5 sm:grid-cols-2">
        <Field label={t("vendors.field.auth")} error={hasName(auth.kind) ? undefined : errorAt("/auth")}>
          <Select value={auth.kind} onChange={(event) => onChange((now) => withAuth(now, { ...authOf(now), kind: event.target.value as typeof auth.kind }))}>
            {authKinds.map((kind) => (
              <option key={kind} value={kind}>
                {t(`vendors.auth.${kind}`)}
              </option>
            ))}
          </Select>
        </Field>
        {hasName(auth.kind) && (
          <Field label={t(auth.kind === "header" ? "vendors.field.header" : "vendors.field.parameter")} error={errorAt("/auth")} required>
            <Input
              className="font-mono"
              spellCheck={false}
              autoCapitalize="none"
              value={auth.name}
              onChange={(event) => onChange((now) => withAuth(now, { ...authOf(now), name: event.target.value }))}
            />
          </Field>
        )}
      </div>
      {auth.kind !== "none" && (
        <FlagField
          label={t("vendors.field.keyNeeded")}
          hint={t("vendors.editor.keyNeededHint")}
          on={flagAt(profile, "/secretRequired", true)}
          onChange={(on) => onChange((now) => withChoice(now, "/secretRequired", on, true))}
        />
      )}
    </>
  );
}

function ModelFields({ profile, onChange, errorAt }: ProfilePartProps) {
  const { t } = useTranslation();
  const shape = textAt(profile, "/modelList/shape", "data");
  const path = textAt(profile, "/paths/models", "models");
  return (
    <>
      <Field label={t("vendors.field.models")} hint={t("vendors.editor.modelsHint")} error={errorAt("/models")}>
        <NamesInput
          names={textsAt(profile, "/models")}
          placeholder={t("channels.editor.modelsPlaceholder")}
          onChange={(models) => onChange((now) => withValue(now, "/models", models.length > 0 ? models : undefined))}
        />
      </Field>
      <div className="grid gap-5 sm:grid-cols-2">
        <Field label={t("vendors.field.modelList")} error={errorAt("/modelList/shape")}>
          <Select value={shape} onChange={(event) => onChange((now) => withChoice(now, "/modelList/shape", event.target.value, "data"))}>
            {listShapes.map((one) => (
              <option key={one} value={one}>
                {t(`vendors.list.${one}`)}
              </option>
            ))}
          </Select>
        </Field>
        {(shape === "data" || shape === "array") && (
          <Field label={t("vendors.field.modelListPath")} hint={t("vendors.editor.modelListPathHint")} error={errorAt("/modelList/path")}>
            <Input
              className="font-mono"
              spellCheck={false}
              autoCapitalize="none"
              placeholder={path}
              value={textAt(profile, "/modelList/path")}
              onChange={(event) => onChange((now) => withChoice(now, "/modelList/path", event.target.value, ""))}
            />
          </Field>
        )}
      </div>
    </>
  );
}

import { FlaskConical, ListPlus, Wallet } from "lucide-react";
import { type FormEvent, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { NamesInput } from "@/components/names-input";
import { TypePicker } from "@/components/type-picker";
import { Alert } from "@/components/ui/alert";
import { Button } from "@/components/ui/button";
import { Sheet } from "@/components/ui/dialog";
import { Field, Input } from "@/components/ui/field";
import { ApiError } from "@/lib/api";
import { type ChannelType, nameIn } from "@/lib/channel-types";
import { sayError } from "@/lib/say-error";
import { toasts } from "@/lib/toasts";
import { useSaveChannel } from "../api/channels";
import { useDraft } from "../hooks/use-draft";
import { type Channel, hasUpstream, NEW_ID, storedSecrets, withType } from "../model/channel";
import { channelOf } from "../model/draft";
import type { Report } from "../model/health";
import { refusalOf } from "../model/sections";
import { BalanceDialog } from "./balance-dialog";
import { EditorSections } from "./editor-sections";
import { ModelsDialog } from "./models-dialog";
import { OptionFields } from "./option-fields";
import { SecretFields } from "./secret-fields";
import { TestDialog } from "./test-dialog";

interface ChannelEditorProps {
  initial: Channel;
  types: readonly ChannelType[];
  /** How the channel stands, as far as that is known. */
  report: Report | undefined;
  onClose: () => void;
}

const FORM = "channel-editor";

/** The form of a channel, drawn from what its type says about itself. What stands in it can be tried before it is saved. */
export function ChannelEditor({ initial, types, report, onClose }: ChannelEditorProps) {
  const { t, i18n } = useTranslation();
  const form = useDraft(initial);
  const { draft, change } = form;
  const { channel, secretRows, settings } = draft;
  const [tried, setTried] = useState(false);
  const [tool, setTool] = useState<"test" | "models" | "balance" | null>(null);
  const formElement = useRef<HTMLFormElement>(null);
  const save = useSaveChannel();
  const isNew = initial.id === NEW_ID;
  const type = types.find((candidate) => candidate.id === channel.type);
  const description = nameIn(type?.description, i18n.language, "");
  const problems = form.problems(type);

  const errorOf = (field: string): string | undefined => {
    if (form.refusal?.field === field) {
      return form.refusal.words;
    }
    const problem = problems[field as keyof typeof problems];
    return tried && typeof problem === "string" ? t(`channels.problem.${problem}`) : undefined;
  };
  const toFirstMistake = () => requestAnimationFrame(() => formElement.current?.querySelector<HTMLElement>("[aria-invalid]")?.focus());

  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    setTried(true);
    if (Object.keys(problems).length > 0) {
      toFirstMistake();
      return;
    }
    save.mutate(channelOf(draft), {
      onSuccess: () => {
        toasts.show(t(isNew ? "channels.created" : "channels.saved", { name: channel.name.trim() }), "done");
        onClose();
      },
      onError: (error) => {
        const refusal = error instanceof ApiError && error.kind === "refused" ? refusalOf(error.message) : null;
        form.refuse(refusal);
        if (refusal) {
          toFirstMistake();
        }
      },
    });
  };
  const closeTool = () => setTool(null);

  return (
    <Sheet
      open
      side="right"
      className="sm:max-w-2xl"
      onOpenChange={(open) => !open && onClose()}
      title={isNew ? t("channels.editor.newTitle") : t("channels.editor.editTitle", { name: initial.name })}
      titleShown
      footer={
        <>
          <Button className="mr-auto" onClick={() => setTool("test")}>
            <FlaskConical aria-hidden />
            {t("channels.test")}
          </Button>
          <Button onClick={onClose}>{t("common.cancel")}</Button>
          <Button type="submit" form={FORM} variant="primary" busy={save.isPending}>
            {isNew ? t("channels.editor.create") : t("common.save")}
          </Button>
        </>
      }
    >
      <form id={FORM} ref={formElement} noValidate className="flex flex-col gap-5 px-5 py-5 sm:px-6" onSubmit={submit}>
        {save.isError && !form.refusal && <Alert>{sayError(save.error, t)}</Alert>}
        <div className="grid gap-5 sm:grid-cols-2">
          <Field label={t("channels.field.name")} error={errorOf("name")} required>
            <Input autoFocus={isNew} value={channel.name} onChange={(event) => change({ name: event.target.value })} />
          </Field>
          <Field label={t("channels.field.type")} error={errorOf("type")}>
            <TypePicker types={types} value={channel.type} onChoose={(chosen) => form.changeChannel((now) => withType(now, chosen, types))} />
          </Field>
        </div>
        {description && <p className="-mt-3 text-sm text-muted">{description}</p>}
        {hasUpstream(type) && (
          <Field label={t("channels.field.endpoint")} error={errorOf("endpoint")} required>
            <Input
              value={channel.endpoint}
              spellCheck={false}
              autoCapitalize="none"
              className="font-mono"
              placeholder={type?.defaultEndpoint}
              onChange={(event) => change({ endpoint: event.target.value })}
            />
          </Field>
        )}
        {(type === undefined || type.secretParts.length > 0) && (
          <div className="flex flex-col gap-2">
            <SecretFields
              type={type}
              stored={storedSecrets(channel)}
              reports={report?.keys ?? []}
              rows={secretRows}
              error={errorOf("secret")}
              onStored={(masks) => change({ secret: masks.join("\n") })}
              onRows={form.setSecretRows}
            />
            <Button size="sm" className="self-start" onClick={() => setTool("balance")}>
              <Wallet aria-hidden />
              {t("channels.balance.open")}
            </Button>
          </div>
        )}
        <Field label={t("channels.field.models")} error={errorOf("models")} hint={t("channels.editor.modelsHint")} required>
          <NamesInput
            names={channel.models}
            template={type?.models ?? []}
            placeholder={t("channels.editor.modelsPlaceholder")}
            actions={
              <Button size="sm" onClick={() => setTool("models")}>
                <ListPlus aria-hidden />
                {t("channels.loadModels.open")}
              </Button>
            }
            onChange={(models) => change({ models })}
          />
        </Field>
        {type && type.options.length > 0 && (
          <OptionFields fields={type.options} channel={channel} errorOf={(name) => errorOf(`option:${name}`)} onChange={(next) => form.changeChannel(() => next)} />
        )}
        <EditorSections
          draft={{ channel, secretRows, settings }}
          unmapped={type?.unmapped ?? []}
          wrong={tried || form.refusal ? [...Object.keys(problems), form.refusal?.field ?? ""] : []}
          errorOf={errorOf}
          change={change}
          set={form.set}
        />
      </form>
      {tool === "test" && <TestDialog subject={{ form: channelOf(draft) }} channel={channelOf(draft)} onClose={closeTool} />}
      {tool === "balance" && <BalanceDialog subject={{ form: channelOf(draft) }} channel={channelOf(draft)} onClose={closeTool} />}
      {tool === "models" && <ModelsDialog subject={{ form: channelOf(draft) }} channel={channelOf(draft)} onOffer={(models) => change({ models })} onClose={closeTool} />}
    </Sheet>
  );
}

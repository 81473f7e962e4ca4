import { CircleAlert } from "lucide-react";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { NamesInput } from "@/components/names-input";
import { TypePicker } from "@/components/type-picker";
import { Button } from "@/components/ui/button";
import { Sheet } from "@/components/ui/dialog";
import { Field, Input } from "@/components/ui/field";
import { type ChannelType, nameIn } from "@/lib/channel-types";
import { sayError } from "@/lib/say-error";
import { toasts } from "@/lib/toasts";
import { useSaveChannel } from "../api/channels";
import { type Channel, hasUpstream, joinSecrets, NEW_ID, problemsOf, storedSecrets, withType, withUnmapped } from "../model/channel";
import { AdvancedFields } from "./advanced-fields";
import { OptionFields } from "./option-fields";
import { SecretFields } from "./secret-fields";

interface ChannelEditorProps {
  initial: Channel;
  types: readonly ChannelType[];
  onClose: () => void;
}

const FORM = "channel-editor";

/** The form of a channel, drawn from what its type says about itself. */
export function ChannelEditor({ initial, types, onClose }: ChannelEditorProps) {
  const { t, i18n } = useTranslation();
  const [channel, setChannel] = useState(initial);
  const [secretRows, setSecretRows] = useState<string[][]>([[""]]);
  const [tried, setTried] = useState(false);
  const save = useSaveChannel();
  const isNew = initial.id === NEW_ID;
  const type = types.find((candidate) => candidate.id === channel.type);
  const description = nameIn(type?.description, i18n.language, "");
  const problems = problemsOf(channel, secretRows, type);
  const change = (part: Partial<Channel>) => setChannel((now) => ({ ...now, ...part }));
  const errorOf = (field: keyof typeof problems) => {
    const problem = problems[field];
    return tried && problem ? t(`channels.problem.${problem}`) : undefined;
  };

  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    setTried(true);
    if (Object.keys(problems).length > 0) {
      const form = event.currentTarget;
      requestAnimationFrame(() => form.querySelector<HTMLElement>("[aria-invalid]")?.focus());
      return;
    }
    const endpoint = channel.endpoint.trim().replace(/\/+$/, "");
    const secret = [...storedSecrets(channel), joinSecrets(secretRows)].filter(Boolean).join("\n");
    save.mutate(
      { ...channel, name: channel.name.trim(), endpoint, secret },
      {
        onSuccess: () => {
          toasts.show(t(isNew ? "channels.created" : "channels.saved", { name: channel.name.trim() }), "done");
          onClose();
        },
      },
    );
  };

  return (
    <Sheet
      open
      side="right"
      onOpenChange={(open) => !open && onClose()}
      title={isNew ? t("channels.editor.newTitle") : t("channels.editor.editTitle", { name: initial.name })}
      titleShown
      footer={
        <>
          <Button onClick={onClose}>{t("common.cancel")}</Button>
          <Button type="submit" form={FORM} variant="primary" busy={save.isPending}>
            {isNew ? t("channels.editor.create") : t("common.save")}
          </Button>
        </>
      }
    >
      <form id={FORM} noValidate className="flex flex-col gap-5 px-5 py-5 sm:px-6" onSubmit={submit}>
        {save.isError && (
          <p role="alert" className="flex gap-2.5 rounded-control bg-danger-soft px-3 py-2 text-sm text-danger">
            <CircleAlert className="mt-0.5 size-4 shrink-0" aria-hidden />
            {sayError(save.error, t)}
          </p>
        )}
        <div className="grid gap-5 sm:grid-cols-2">
          <Field label={t("channels.field.name")} error={errorOf("name")} required>
            <Input autoFocus={isNew} value={channel.name} onChange={(event) => change({ name: event.target.value })} />
          </Field>
          <Field label={t("channels.field.type")}>
            <TypePicker types={types} value={channel.type} onChoose={(chosen) => setChannel((now) => withType(now, chosen, types))} />
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
          <SecretFields
            type={type}
            stored={storedSecrets(channel)}
            rows={secretRows}
            error={errorOf("secret")}
            onStored={(masks) => change({ secret: masks.join("\n") })}
            onRows={setSecretRows}
          />
        )}
        <Field label={t("channels.field.models")} error={errorOf("models")} hint={t("channels.editor.modelsHint")} required>
          <NamesInput names={channel.models} template={type?.models ?? []} placeholder={t("channels.editor.modelsPlaceholder")} onChange={(models) => change({ models })} />
        </Field>
        <div className="grid grid-cols-3 gap-3 sm:gap-5">
          <NumberField label={t("channels.field.priority")} value={channel.priority} onChange={(priority) => change({ priority })} />
          <NumberField label={t("channels.field.weight")} value={channel.weight} min={1} onChange={(weight) => change({ weight })} />
          <NumberField label={t("channels.field.retry")} value={channel.retry} min={1} onChange={(retry) => change({ retry })} />
        </div>
        <p className="-mt-3 text-sm text-muted">{t("channels.editor.orderHint")}</p>
        {type && type.options.length > 0 && (
          <OptionFields fields={type.options} channel={channel} errorOf={(name) => errorOf(`option:${name}`)} onChange={setChannel} />
        )}
        <AdvancedFields
          channel={channel}
          unmapped={type?.unmapped ?? []}
          mapperError={errorOf("mapper")}
          proxyError={errorOf("proxy")}
          onChange={change}
          onUnmapped={(choice) => setChannel((now) => withUnmapped(now, choice))}
        />
      </form>
    </Sheet>
  );
}

function NumberField({ label, value, min, onChange }: { label: string; value: number; min?: number; onChange: (value: number) => void }) {
  const [typed, setTyped] = useState(String(value));
  return (
    <Field label={label}>
      <Input
        type="number"
        inputMode="numeric"
        step={1}
        min={min}
        value={typed}
        className="tabular-nums"
        onChange={(event) => {
          setTyped(event.target.value);
          const next = Number.parseInt(event.target.value, 10);
          if (Number.isFinite(next)) {
            onChange(Math.max(next, min ?? next));
          }
        }}
        onBlur={() => setTyped(String(value))}
      />
    </Field>
  );
}

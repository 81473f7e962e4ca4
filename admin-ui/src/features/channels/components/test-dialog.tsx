import { Play, Square } from "lucide-react";
import { type FormEvent, useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { NamePicker } from "@/components/name-picker";
import { NumberField } from "@/components/number-field";
import { Alert } from "@/components/ui/alert";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { Field, Select, TextArea } from "@/components/ui/field";
import { FlagField } from "@/components/ui/flag-field";
import { useNow } from "@/lib/browser";
import { useFormats } from "@/lib/format";
import { sayError } from "@/lib/say-error";
import { type Subject, useTrial } from "../api/trials";
import { useKeyLabels } from "../hooks/use-key-labels";
import type { Channel } from "../model/channel";
import { goodTimeout, LONGEST_TIMEOUT, orderOf, type TrialForm } from "../model/trial";
import { TrialResult } from "./trial-result";

interface TestDialogProps {
  subject: Subject;
  /** What is tried, for what can be chosen. */
  channel: Channel;
  onClose: () => void;
}

const FORM = "channel-test";
const usual: TrialForm = { model: "", key: null, stream: true, prompt: "", timeout: "" };

/** One live chat through the channel: whether it works, how quick it is, and what to do where it does not. */
export function TestDialog({ subject, channel, onClose }: TestDialogProps) {
  const { t } = useTranslation();
  const [form, setForm] = useState(usual);
  const running = useRef<AbortController | null>(null);
  const trial = useTrial();
  const keys = useKeyLabels(channel);
  const set = (part: Partial<TrialForm>) => setForm((now) => ({ ...now, ...part }));
  const outcome = useRef<HTMLDivElement>(null);
  // Whoever leaves does not want to know any more.
  useEffect(() => () => running.current?.abort(), []);
  // On a phone what comes of it is below the fold.
  const news = trial.isPending || trial.data || trial.error;
  useEffect(() => {
    if (news) {
      outcome.current?.scrollIntoView({ block: "start" });
    }
  }, [news]);

  const run = (event: FormEvent) => {
    event.preventDefault();
    if (goodTimeout(form.timeout)) {
      running.current = new AbortController();
      trial.mutate({ subject, order: orderOf(form), signal: running.current.signal });
    }
  };
  const stop = () => {
    running.current?.abort();
    trial.reset();
  };

  return (
    <Dialog
      open
      wide
      onOpenChange={(open) => !open && onClose()}
      title={t("channels.trial.title", { name: channel.name || channel.type })}
      description={t("channels.trial.lead")}
      footer={
        <>
          <Button onClick={onClose}>{t("common.close")}</Button>
          {trial.isPending ? (
            <Button onClick={stop}>
              <Square aria-hidden />
              {t("channels.trial.stop")}
            </Button>
          ) : (
            <Button type="submit" form={FORM} variant="primary">
              <Play aria-hidden />
              {t(trial.data || trial.error ? "channels.trial.again" : "channels.trial.run")}
            </Button>
          )}
        </>
      }
    >
      <form id={FORM} noValidate className="flex flex-col gap-4 pb-1" onSubmit={run}>
        <div className="grid gap-4 sm:grid-cols-2">
          <Field label={t("channels.trial.model")}>
            <NamePicker names={channel.models} value={form.model} placeholder={t("channels.trial.anyModel")} clearable onChoose={(model) => set({ model })} />
          </Field>
          {keys.length > 1 && (
            <Field label={t("channels.trial.key")}>
              <Select value={form.key ?? ""} onChange={(event) => set({ key: event.target.value === "" ? null : Number(event.target.value) })}>
                <option value="">{t("channels.trial.anyKey")}</option>
                {keys.map((label, at) => (
                  <option key={at} value={at}>
                    {label}
                  </option>
                ))}
              </Select>
            </Field>
          )}
        </div>
        <Field label={t("channels.trial.prompt")}>
          <TextArea rows={2} maxLength={4_000} className="min-h-16" placeholder={t("channels.trial.usualPrompt")} value={form.prompt} onChange={(event) => set({ prompt: event.target.value })} />
        </Field>
        <div className="grid gap-4 sm:grid-cols-2 sm:items-start">
          <div className="sm:pt-7">
            <FlagField label={t("channels.trial.stream")} on={form.stream} onChange={(stream) => set({ stream })} />
          </div>
          <NumberField
            label={t("channels.trial.timeout")}
            value={form.timeout}
            unit={t("units.seconds")}
            placeholder="60"
            error={goodTimeout(form.timeout) ? undefined : t("channels.trial.badTimeout", { most: LONGEST_TIMEOUT })}
            onChange={(timeout) => set({ timeout })}
          />
        </div>
      </form>
      <div ref={outcome} aria-live="polite" className="empty:hidden">
        {trial.isPending && <Asking />}
        {trial.isError && (
          <div className="pt-3">
            <Alert>{sayError(trial.error, t)}</Alert>
          </div>
        )}
        {trial.data && <TrialResult trial={trial.data} />}
      </div>
    </Dialog>
  );
}

/** That somebody waits, and for how long already. */
function Asking() {
  const { t } = useTranslation();
  const formats = useFormats();
  const [since] = useState(Date.now);
  const now = useNow(500);
  return (
    <div className="mt-3 flex items-center gap-3 border-t border-line pt-4 text-sm text-muted">
      <span aria-hidden className="h-1 w-24 overflow-hidden rounded-full bg-hover">
        <span className="block h-full w-full animate-breathe rounded-full bg-accent" />
      </span>
      <span>{t("channels.trial.asking")}</span>
      <span aria-hidden className="tabular-nums">
        {formats.span(Math.max(0, now - since))}
      </span>
    </div>
  );
}

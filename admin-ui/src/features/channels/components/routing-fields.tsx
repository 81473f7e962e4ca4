import { useState } from "react";
import { useTranslation } from "react-i18next";
import { NumberField } from "@/components/number-field";
import { Field, Input } from "@/components/ui/field";
import { userGroups } from "@/lib/user-groups";
import type { SectionProps } from "../hooks/use-draft";
import { capFields } from "../model/settings";
import { Group } from "./section";

/** When this channel is asked, by whom, and how much. */
export function RoutingFields({ draft: { channel, settings }, errorOf, change, set }: SectionProps) {
  const { t } = useTranslation();
  return (
    <>
      <div className="flex flex-col gap-2">
        <div className="grid grid-cols-2 gap-3 sm:grid-cols-4 sm:gap-4">
          <WholeField label={t("channels.field.priority")} error={errorOf("priority")} value={channel.priority} onChange={(priority) => change({ priority })} />
          <WholeField label={t("channels.field.weight")} error={errorOf("weight")} value={channel.weight} min={1} onChange={(weight) => change({ weight })} />
          <WholeField label={t("channels.field.retry")} error={errorOf("retry")} value={channel.retry} min={1} onChange={(retry) => change({ retry })} />
          <NumberField label={t("channels.field.cost")} error={errorOf("cost")} value={settings.cost} placeholder="1" onChange={(cost) => set({ cost })} />
        </div>
        <p className="text-sm text-muted">{t("channels.editor.orderHint")}</p>
      </div>
      <Group legend={t("channels.editor.caps")} hint={t("channels.editor.capsHint")}>
        <div className="grid grid-cols-2 gap-3 sm:gap-4">
          {capFields.map((name) => (
            <NumberField
              key={name}
              label={t(`channels.field.${name}`)}
              error={errorOf(name)}
              value={settings[name]}
              placeholder={t("channels.editor.unlimited")}
              onChange={(value) => set({ [name]: value })}
            />
          ))}
        </div>
      </Group>
      <Group legend={t("channels.field.group")} hint={t("channels.editor.groupHint")}>
        <div className="flex flex-wrap gap-x-5 gap-y-2">
          {userGroups.map((group) => (
            <label key={group} className="inline-flex items-center gap-2 text-sm pointer-coarse:min-h-11">
              <input
                type="checkbox"
                className="size-4 accent-accent"
                checked={channel.group.includes(group)}
                onChange={(event) => change({ group: event.target.checked ? [...channel.group, group] : channel.group.filter((other) => other !== group) })}
              />
              {t(`userGroup.${group}`)}
            </label>
          ))}
        </div>
      </Group>
    </>
  );
}

interface WholeFieldProps {
  label: string;
  error: string | undefined;
  value: number;
  min?: number;
  onChange: (value: number) => void;
}

/** A whole number that always has a value; what cannot be one is put right when the field is left. */
function WholeField({ label, error, value, min, onChange }: WholeFieldProps) {
  const [typed, setTyped] = useState(String(value));
  return (
    <Field label={label} error={error}>
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

import { useTranslation } from "react-i18next";
import { Disclosure } from "@/components/ui/disclosure";
import { Field, Input, Select, TextArea } from "@/components/ui/field";
import { type Channel, proxyKinds, unmappedChoices, unmappedOf, userGroups } from "../model/channel";

interface AdvancedFieldsProps {
  channel: Channel;
  /** What the type never passes on. */
  unmapped: readonly string[];
  mapperError: string | undefined;
  proxyError: string | undefined;
  onChange: (part: Partial<Channel>) => void;
  onUnmapped: (choice: string) => void;
}

/** What most channels never need; open from the start where it is in use. */
export function AdvancedFields({ channel, unmapped, mapperError, proxyError, onChange, onUnmapped }: AdvancedFieldsProps) {
  const { t } = useTranslation();
  const inUse = channel.mapper !== "" || channel.group.length > 0 || channel.proxy.proxy_type !== 0 || unmappedOf(channel) !== "";
  const proxy = (part: Partial<Channel["proxy"]>) => onChange({ proxy: { ...channel.proxy, ...part } });
  const withProxy = channel.proxy.proxy_type !== 0;
  return (
    <Disclosure label={t("channels.editor.advanced")} wanted={inUse || mapperError !== undefined || proxyError !== undefined}>
      <Field label={t("channels.field.mapper")} hint={t("channels.editor.mapperHint")} error={mapperError}>
        <TextArea
          rows={3}
          spellCheck={false}
          className="font-mono text-sm"
          placeholder={"gpt-4o>gpt-4o-2024-08-06"}
          value={channel.mapper}
          onChange={(event) => onChange({ mapper: event.target.value })}
        />
      </Field>
      <fieldset>
        <legend className="text-sm font-medium">{t("channels.field.group")}</legend>
        <div className="mt-2 flex flex-wrap gap-x-5 gap-y-2">
          {userGroups.map((group) => (
            <label key={group} className="inline-flex items-center gap-2 text-sm pointer-coarse:min-h-11">
              <input
                type="checkbox"
                className="size-4 accent-accent"
                checked={channel.group.includes(group)}
                onChange={(event) => onChange({ group: event.target.checked ? [...channel.group, group] : channel.group.filter((other) => other !== group) })}
              />
              {t(`channels.group.${group}`)}
            </label>
          ))}
        </div>
        <p className="mt-2 text-sm text-muted">{t("channels.editor.groupHint")}</p>
      </fieldset>
      <Field
        label={t("channels.field.unmapped")}
        hint={unmapped.length > 0 ? t("channels.editor.unmappedKnown", { fields: unmapped.join(", ") }) : t("channels.editor.unmappedHint")}
      >
        <Select value={unmappedOf(channel)} onChange={(event) => onUnmapped(event.target.value)}>
          {unmappedChoices.map((choice) => (
            <option key={choice} value={choice}>
              {t(`channels.unmapped.${choice || "site"}`)}
            </option>
          ))}
        </Select>
      </Field>
      <div className="grid gap-4 sm:grid-cols-2">
        <Field label={t("channels.field.proxyType")}>
          <Select value={channel.proxy.proxy_type} onChange={(event) => proxy({ proxy_type: Number(event.target.value) })}>
            {proxyKinds.map((kind, value) => (
              <option key={kind} value={value}>
                {t(`channels.proxy.${kind}`)}
              </option>
            ))}
          </Select>
        </Field>
        {withProxy && (
          <>
            <Field label={t("channels.field.proxy")} error={proxyError} required>
              <Input className="font-mono" spellCheck={false} value={channel.proxy.proxy} onChange={(event) => proxy({ proxy: event.target.value })} />
            </Field>
            <Field label={t("channels.field.proxyUser")}>
              <Input autoComplete="off" value={channel.proxy.username} onChange={(event) => proxy({ username: event.target.value })} />
            </Field>
            <Field label={t("channels.field.proxyPassword")}>
              <Input type="password" autoComplete="new-password" value={channel.proxy.password} onChange={(event) => proxy({ password: event.target.value })} />
            </Field>
          </>
        )}
      </div>
    </Disclosure>
  );
}

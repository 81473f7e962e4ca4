import { ChevronRight } from "lucide-react";
import { useTranslation } from "react-i18next";
import { Field, Input, Select, TextArea } from "@/components/ui/field";
import { type Channel, proxyKinds, userGroups } from "../model/channel";

interface AdvancedFieldsProps {
  channel: Channel;
  mapperError: string | undefined;
  proxyError: string | undefined;
  onChange: (part: Partial<Channel>) => void;
}

/** What most channels never need; open from the start where it is in use. */
export function AdvancedFields({ channel, mapperError, proxyError, onChange }: AdvancedFieldsProps) {
  const { t } = useTranslation();
  const inUse = channel.mapper !== "" || channel.group.length > 0 || channel.proxy.proxy_type !== 0;
  const proxy = (part: Partial<Channel["proxy"]>) => onChange({ proxy: { ...channel.proxy, ...part } });
  const withProxy = channel.proxy.proxy_type !== 0;
  return (
    <details open={inUse} className="group rounded-panel border border-line">
      <summary className="flex cursor-pointer items-center gap-2 px-4 py-3 text-sm font-medium [&::-webkit-details-marker]:hidden">
        <ChevronRight className="size-4 text-muted transition-transform group-open:rotate-90" aria-hidden />
        {t("channels.editor.advanced")}
      </summary>
      <div className="flex flex-col gap-5 border-t border-line px-4 py-4">
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
      </div>
    </details>
  );
}

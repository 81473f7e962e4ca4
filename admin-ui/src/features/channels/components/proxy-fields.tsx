import { useTranslation } from "react-i18next";
import { Field, Input, Select } from "@/components/ui/field";
import type { SectionProps } from "../hooks/use-draft";
import { type Channel, proxyKinds } from "../model/channel";

/** The way out to the upstream. */
export function ProxyFields({ draft: { channel }, errorOf, change }: SectionProps) {
  const { t } = useTranslation();
  const proxy = (part: Partial<Channel["proxy"]>) => change({ proxy: { ...channel.proxy, ...part } });
  return (
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
      {channel.proxy.proxy_type !== 0 && (
        <>
          <Field label={t("channels.field.proxy")} error={errorOf("proxy")} required>
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
  );
}

import { Cable, Copy } from "lucide-react";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { CodeBlock } from "@/components/code-block";
import { TypeLogo } from "@/components/type-logo";
import { CodeChip } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { Sheet } from "@/components/ui/dialog";
import { Disclosure } from "@/components/ui/disclosure";
import { nameIn } from "@/lib/channel-types";
import { formatJson } from "@/lib/json-text";
import type { Vendor } from "../model/vendor";
import { ProvidedBy } from "./vendor-table";

interface VendorSheetProps {
  vendor: Vendor;
  onClose: () => void;
  onCopy: () => void;
  onUse: () => void;
}

/** Everything about a vendor that came with a plugin, and so can be looked at and copied, but not changed. */
export function VendorSheet({ vendor, onClose, onCopy, onUse }: VendorSheetProps) {
  const { t, i18n } = useTranslation();
  const { type, profile, models } = vendor;
  const name = nameIn(vendor.name, i18n.language, vendor.id);
  const labels = (type?.secretParts ?? []).map((part) => nameIn(part.label, i18n.language, part.name));
  return (
    <Sheet
      open
      side="right"
      onOpenChange={(open) => !open && onClose()}
      title={name}
      titleShown
      footer={
        <>
          {profile && (
            <Button onClick={onCopy}>
              <Copy aria-hidden />
              {t("vendors.copy")}
            </Button>
          )}
          <Button variant="primary" onClick={onUse}>
            <Cable aria-hidden />
            {t("vendors.use")}
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-6 px-5 py-5 sm:px-6">
        <div className="flex items-center gap-4">
          <TypeLogo svg={type?.logo ?? ""} name={name} className="size-11 rounded-lg" />
          <p className="min-w-0 text-base text-muted">{nameIn(type?.description, i18n.language, "")}</p>
        </div>
        <dl className="grid gap-x-6 gap-y-4 sm:grid-cols-[8rem_1fr]">
          <Fact term={t("vendors.field.id")}>
            <span className="font-mono text-sm">{vendor.id}</span>
          </Fact>
          {type && (
            <>
              <Fact term={t("vendors.field.plugin")}>
                <ProvidedBy plugin={type.plugin} version={type.pluginVersion} />
              </Fact>
              <Fact term={t("vendors.field.endpoint")}>
                {type.defaultEndpoint ? <span className="font-mono text-sm [overflow-wrap:anywhere]">{type.defaultEndpoint}</span> : t("vendors.noEndpoint")}
              </Fact>
              <Fact term={t("channels.field.secret")}>{labels.length > 0 ? labels.join(" · ") : t("vendors.noSecret")}</Fact>
              <Fact term={t("vendors.field.models")}>{models.length > 0 ? <Chips names={models} /> : t("vendors.noModels")}</Fact>
              <Fact term={t("vendors.field.unmapped")}>
                {type.unmapped.length > 0 ? (
                  <>
                    <Chips names={type.unmapped} />
                    <p className="mt-2 text-sm text-muted">{t("vendors.unmappedText")}</p>
                  </>
                ) : (
                  t("vendors.allMapped")
                )}
              </Fact>
            </>
          )}
        </dl>
        {profile && (
          <Disclosure label={t("vendors.profile")} wanted={false}>
            <CodeBlock language="json" code={formatJson(profile.body, 72)} />
          </Disclosure>
        )}
      </div>
    </Sheet>
  );
}

function Fact({ term, children }: { term: string; children: ReactNode }) {
  return (
    <>
      <dt className="text-sm text-muted sm:pt-0.5">{term}</dt>
      <dd className="min-w-0 max-sm:-mt-3">{children}</dd>
    </>
  );
}

function Chips({ names }: { names: readonly string[] }) {
  return (
    <ul className="flex flex-wrap gap-1">
      {names.map((name) => (
        <li key={name} className="max-w-full">
          <CodeChip className="max-w-full">
            <span className="truncate">{name}</span>
          </CodeChip>
        </li>
      ))}
    </ul>
  );
}

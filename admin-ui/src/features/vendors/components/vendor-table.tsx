import { Cable, Copy, Ellipsis, Pencil, Trash2 } from "lucide-react";
import { useTranslation } from "react-i18next";
import { TypeLogo } from "@/components/type-logo";
import { Badge } from "@/components/ui/badge";
import { IconButton } from "@/components/ui/icon-button";
import { Menu, MenuItem, MenuRoot, MenuSeparator, MenuTrigger } from "@/components/ui/menu";
import { nameIn } from "@/lib/channel-types";
import { cn } from "@/lib/cn";
import type { Vendor } from "../model/vendor";

export interface VendorActions {
  /** Looks at a vendor, or edits one's own. */
  onOpen: (vendor: Vendor) => void;
  onCopy: (vendor: Vendor) => void;
  onRemove: (vendor: Vendor) => void;
  /** Goes on to a new channel of this type. */
  onUse: (vendor: Vendor) => void;
}

export function VendorTable({ vendors, ...actions }: VendorActions & { vendors: readonly Vendor[] }) {
  const { t } = useTranslation();
  return (
    <div className="relative overflow-x-auto rounded-panel border border-line bg-raised" tabIndex={0} role="group" aria-label={t("console.vendors")}>
      <table className="w-full text-left text-base tabular-nums md:table-fixed">
        <thead className="hidden border-b border-line text-sm text-muted md:table-header-group">
          <tr className="[&>th]:px-3 [&>th]:py-2.5 [&>th]:font-medium [&>th]:whitespace-nowrap [&>th:first-child]:pl-5">
            <th scope="col">{t("vendors.field.vendor")}</th>
            <th scope="col" className="hidden w-46 xl:table-cell">
              {t("vendors.field.plugin")}
            </th>
            <th scope="col" className="hidden lg:table-cell">
              {t("vendors.field.models")}
            </th>
            <th scope="col" className="w-30 text-right">
              {t("vendors.field.unmapped")}
            </th>
            <th scope="col" className="w-15">
              <span className="sr-only">{t("common.actions")}</span>
            </th>
          </tr>
        </thead>
        <tbody className="divide-y divide-line">
          {vendors.map((vendor) => (
            <VendorRow key={`${vendor.id} ${vendor.own}`} vendor={vendor} {...actions} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function VendorRow({ vendor, onOpen, onCopy, onRemove, onUse }: VendorActions & { vendor: Vendor }) {
  const { t, i18n } = useTranslation();
  const { type, own, profile, models } = vendor;
  const name = nameIn(vendor.name, i18n.language, vendor.id);
  return (
    // On a phone a row is a small card: the name and the menu above, all else below.
    <tr className="grid grid-cols-[1fr_auto] items-center gap-x-2 py-2.5 pr-2 pl-4 md:table-row md:p-0 md:hover:bg-canvas">
      <td className="min-w-0 md:px-3 md:py-2.5 md:pl-5">
        <div className="flex min-w-0 items-center gap-3">
          <TypeLogo svg={type?.logo ?? ""} name={name} className="size-8" />
          <div className="min-w-0">
            <button type="button" className="block max-w-full truncate rounded-sm text-left font-medium hover:underline" onClick={() => onOpen(vendor)}>
              {name}
            </button>
            <div className="flex items-center gap-2">
              <span className="truncate font-mono text-xs text-faint">{vendor.id}</span>
              {own && <Badge tone="accent">{t("vendors.own")}</Badge>}
              {!type && profile && <Badge tone="warn">{t(profile.state === "hidden" ? "vendors.hidden" : "channels.noPlugin")}</Badge>}
            </div>
          </div>
        </div>
      </td>
      <td className="hidden truncate px-3 py-2.5 text-sm text-muted xl:table-cell">
        {type && <ProvidedBy plugin={type.plugin} version={type.pluginVersion} />}
      </td>
      <td
        className="order-last col-span-2 truncate pt-1 pl-11 font-mono text-xs text-muted max-md:empty:hidden md:hidden lg:table-cell lg:px-3 lg:py-2.5"
        title={models.join("\n")}
      >
        {models.join(", ")}
      </td>
      <td className={cn("hidden px-3 py-2.5 text-right font-mono text-sm md:table-cell", type?.unmapped.length === 0 && "text-faint")} title={type?.unmapped.join("\n")}>
        {type?.unmapped.length}
      </td>
      <td className="md:py-2 md:pr-3 md:text-right">
        <MenuRoot>
          <MenuTrigger asChild>
            <IconButton label={t("vendors.rowMenu", { name })}>
              <Ellipsis />
            </IconButton>
          </MenuTrigger>
          <Menu align="end">
            {type && (
              <MenuItem icon={<Cable />} onSelect={() => onUse(vendor)}>
                {t("vendors.use")}
              </MenuItem>
            )}
            {own && (
              <MenuItem icon={<Pencil />} onSelect={() => onOpen(vendor)}>
                {t("common.edit")}
              </MenuItem>
            )}
            {profile && (
              <MenuItem icon={<Copy />} onSelect={() => onCopy(vendor)}>
                {t("vendors.copy")}
              </MenuItem>
            )}
            {own && (
              <>
                <MenuSeparator />
                <MenuItem icon={<Trash2 />} danger onSelect={() => onRemove(vendor)}>
                  {t("common.delete")}
                </MenuItem>
              </>
            )}
          </Menu>
        </MenuRoot>
      </td>
    </tr>
  );
}

/** A plugin and its version. */
export function ProvidedBy({ plugin, version }: { plugin: string; version: string }) {
  return (
    <>
      {plugin} <span className="font-mono text-xs text-faint">{version}</span>
    </>
  );
}

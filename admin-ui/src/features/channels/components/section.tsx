import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Badge } from "@/components/ui/badge";
import { Disclosure } from "@/components/ui/disclosure";
import type { Section as Name } from "../model/sections";

interface SectionProps {
  name: Name;
  /** How many of its fields are set. */
  count: number;
  /** Opens it: something in it has to be looked at. */
  wanted: boolean;
  children: ReactNode;
}

/** A folded part of the form: what it is about, and how much of it is in use. */
export function Section({ name, count, wanted, children }: SectionProps) {
  const { t } = useTranslation();
  return (
    <Disclosure
      label={t(`channels.section.${name}`)}
      wanted={wanted}
      aside={count > 0 ? <Badge tone="accent">{t("channels.section.set", { count })}</Badge> : <span className="text-sm font-normal text-faint">{t("channels.section.usual")}</span>}
    >
      {children}
    </Disclosure>
  );
}

/** Fields that belong together, under a quiet heading. */
export function Group({ legend, hint, children }: { legend: string; hint?: string; children: ReactNode }) {
  return (
    <fieldset className="min-w-0">
      <legend className="text-sm font-medium">{legend}</legend>
      {hint && <p className="mt-0.5 text-sm text-muted">{hint}</p>}
      <div className="mt-3">{children}</div>
    </fieldset>
  );
}

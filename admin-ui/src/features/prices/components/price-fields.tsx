import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Badge } from "@/components/ui/badge";
import { Disclosure } from "@/components/ui/disclosure";
import { Field, Input } from "@/components/ui/field";
import { cn } from "@/lib/cn";
import { partsOf, type Price, priceKinds, priceParts } from "../model/price";

/** How a model is billed. */
export function KindChoice({ value, onChange }: { value: Price["type"]; onChange: (kind: Price["type"]) => void }) {
  const { t } = useTranslation();
  return (
    <fieldset>
      <legend className="text-sm font-medium">{t("prices.field.kind")}</legend>
      <div className="mt-2 grid gap-2 sm:grid-cols-3">
        {priceKinds.map((kind) => (
          <label
            key={kind}
            className={cn(
              "flex cursor-pointer items-start gap-2.5 rounded-control border px-3 py-2.5 text-sm has-focus-visible:outline-2 has-focus-visible:outline-accent",
              value === kind ? "border-accent bg-accent-soft" : "border-line-strong",
            )}
          >
            <input type="radio" name="kind" className="mt-0.5 size-4 accent-accent outline-none" checked={value === kind} onChange={() => onChange(kind)} />
            <span>
              <span className="block font-medium">{t(`prices.kind.${kind}.name`)}</span>
              <span className="block text-muted">{t(`prices.kind.${kind}.text`)}</span>
            </span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}

/** Prices for parts of a call, folded: most rules have none. */
export function PartFields({ price, onChange }: { price: Price; onChange: (part: Partial<Price>) => void }) {
  const { t } = useTranslation();
  const set = partsOf(price).length;
  const [wanted] = useState(set > 0);
  return (
    <Disclosure label={t("prices.parts.title")} wanted={wanted} aside={set > 0 ? <Badge tone="accent">{t("prices.parts.set", { count: set })}</Badge> : undefined}>
      <p className="-mb-1 text-sm text-muted">{t("prices.parts.hint")}</p>
      <div className="grid grid-cols-1 gap-4 min-[26rem]:grid-cols-2">
        {priceParts.map((part) => (
          <AmountField
            key={part}
            label={t(`prices.part.${part}`)}
            value={price[part]}
            placeholder={String(part === "reasoning" || part.endsWith("output") ? price.output : price.input)}
            onChange={(value) => onChange({ [part]: value })}
          />
        ))}
      </div>
    </Disclosure>
  );
}

interface AmountFieldProps {
  label: string;
  hint?: string;
  value: number | undefined;
  placeholder?: string;
  onChange: (value: number | undefined) => void;
}

export function AmountField({ label, hint, value, placeholder, onChange }: AmountFieldProps) {
  const [typed, setTyped] = useState(value === undefined ? "" : String(value));
  return (
    <Field label={label} hint={hint}>
      <Input
        type="number"
        inputMode="decimal"
        min={0}
        step="any"
        placeholder={placeholder}
        className="font-mono tabular-nums"
        value={typed}
        onChange={(event) => {
          setTyped(event.target.value);
          const next = Number.parseFloat(event.target.value);
          onChange(Number.isNaN(next) ? undefined : next);
        }}
      />
    </Field>
  );
}

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { NameChoice } from "@/components/name-choice";
import { NumberField } from "@/components/number-field";
import { QueryError } from "@/components/query-error";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { Field, Select } from "@/components/ui/field";
import { Skeleton } from "@/components/ui/skeleton";
import { useSettled } from "@/lib/browser";
import { templatesQuery } from "../api/imports";
import { newPrice, type Price } from "../model/price";
import { onlyFor, pricesByModel, rateOf, vendorsOf } from "../model/template";
import { PriceFigures } from "./price-figures";

export const USUAL_RATE = "7.1";

interface TemplatesDialogProps {
  /** The models of this site, which are what most people want prices for. */
  offered: readonly string[];
  onChoose: (data: Price[]) => void;
  onClose: () => void;
}

/** The list prices that come with the program, to choose from. */
export function TemplatesDialog({ offered, onChoose, onClose }: TemplatesDialogProps) {
  const { t } = useTranslation();
  const [rate, setRate] = useState(USUAL_RATE);
  const [vendor, setVendor] = useState("");
  const [chosen, setChosen] = useState<ReadonlySet<string>>(() => new Set(offered));
  const settled = useSettled(rate);
  const figure = rateOf(settled);
  const templates = useQuery({ ...templatesQuery(figure ?? 0, vendor), enabled: figure !== null, placeholderData: keepPreviousData });
  const models = [...pricesByModel(templates.data?.data ?? [])];
  const count = models.filter(([model]) => chosen.has(model)).length;
  const here = new Set(offered);

  return (
    <Dialog
      open
      wide
      onOpenChange={(open) => !open && onClose()}
      title={t("prices.templates.title")}
      description={templates.data?.as_of ? t("prices.templates.lead", { month: templates.data.as_of }) : t("prices.templates.shortLead")}
      footer={
        <>
          <Button onClick={onClose}>{t("common.cancel")}</Button>
          <Button variant="primary" disabled={count === 0 || templates.isPlaceholderData || rateOf(rate) !== figure} onClick={() => onChoose(onlyFor(templates.data?.data ?? [], chosen))}>
            {t("prices.templates.choose", { count })}
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-4 pb-2">
        <div className="grid gap-4 sm:grid-cols-2">
          <NumberField
            label={t("prices.templates.rate")}
            hint={t("prices.templates.rateHint")}
            value={rate}
            error={rateOf(rate) === null ? t("prices.templates.badRate") : undefined}
            onChange={setRate}
          />
          <Field label={t("prices.templates.vendor")}>
            <Select value={vendor} onChange={(event) => setVendor(event.target.value)}>
              <option value="">{t("prices.templates.anyVendor")}</option>
              {vendorsOf(templates.data?.vendors ?? []).map(({ id, name }) => (
                <option key={id} value={id}>
                  {name}
                </option>
              ))}
            </Select>
          </Field>
        </div>
        {templates.isError && <QueryError error={templates.error} onRetry={() => void templates.refetch()} />}
        {templates.isPending && <Skeleton className="h-[min(24rem,45dvh)] rounded-control" />}
        {templates.data && (
          <NameChoice
            label={t("prices.templates.title")}
            className="h-[min(24rem,45dvh)]"
            options={models.map(([name, price]) => ({ name, note: <PriceFigures price={mainFigures(price)} className="flex-nowrap max-sm:hidden" /> }))}
            chosen={chosen}
            onChange={setChosen}
            presets={[
              { label: t("prices.templates.offered"), choose: () => models.flatMap(([name]) => (here.has(name) ? [name] : [])) },
              { label: t("nameChoice.all"), choose: (found) => [...chosen, ...found] },
              { label: t("nameChoice.none"), choose: (found) => [...chosen].filter((name) => !found.includes(name)) },
            ]}
          />
        )}
      </div>
    </Dialog>
  );
}

/** In a row there is room for the main figures only. */
const mainFigures = ({ type, input, output }: Price): Price => ({ ...newPrice(), type, input, output });

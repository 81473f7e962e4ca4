import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { NumberField } from "@/components/number-field";
import { Alert } from "@/components/ui/alert";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { Field, Input, Select } from "@/components/ui/field";
import { sayError } from "@/lib/say-error";
import { type Site, useFetchPrices } from "../api/imports";
import type { Price } from "../model/price";
import { rateOf } from "../model/template";
import { USUAL_RATE } from "./templates-dialog";

const FORM = "fetch-prices";

interface FetchDialogProps {
  onFetched: (data: Price[], endpoint: string) => void;
  onClose: () => void;
}

/** Asks for the address of another site, whose prices are fetched to be looked at. */
export function FetchDialog({ onFetched, onClose }: FetchDialogProps) {
  const { t } = useTranslation();
  const [endpoint, setEndpoint] = useState("");
  const [system, setSystem] = useState<Site["system"]>("");
  const [rate, setRate] = useState(USUAL_RATE);
  const [tried, setTried] = useState(false);
  const fetching = useFetchPrices();
  const dollars = system === "newapi";
  const figure = dollars ? rateOf(rate) : Number(USUAL_RATE);
  const nothing = fetching.data?.length === 0;

  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    setTried(true);
    if (endpoint.trim() !== "" && figure !== null) {
      fetching.mutate({ endpoint: endpoint.trim(), system, rate: figure }, { onSuccess: (data) => data.length > 0 && onFetched(data, endpoint.trim()) });
    }
  };

  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={t("prices.fetch.title")}
      description={t("prices.fetch.lead")}
      footer={
        <>
          <Button onClick={onClose}>{t("common.cancel")}</Button>
          <Button type="submit" form={FORM} variant="primary" busy={fetching.isPending}>
            {t("prices.fetch.submit")}
          </Button>
        </>
      }
    >
      <form id={FORM} noValidate className="flex flex-col gap-4 pb-2" onSubmit={submit}>
        {fetching.isError && <Alert>{sayError(fetching.error, t)}</Alert>}
        {nothing && <Alert>{t("prices.fetch.nothing")}</Alert>}
        <Field label={t("prices.fetch.endpoint")} error={tried && endpoint.trim() === "" ? t("prices.fetch.missing") : undefined} required>
          <Input
            type="url"
            inputMode="url"
            autoComplete="off"
            autoCapitalize="none"
            spellCheck={false}
            placeholder={"https://"}
            value={endpoint}
            onChange={(event) => setEndpoint(event.target.value)}
          />
        </Field>
        <Field label={t("prices.fetch.system")} hint={t(dollars ? "prices.fetch.newapiHint" : "prices.fetch.sameHint")}>
          <Select value={system} onChange={(event) => setSystem(event.target.value === "newapi" ? "newapi" : "")}>
            <option value="">{t("prices.fetch.same")}</option>
            <option value="newapi" translate="no">
              {"New API"}
            </option>
          </Select>
        </Field>
        {dollars && (
          <NumberField
            label={t("prices.templates.rate")}
            hint={t("prices.templates.rateHint")}
            value={rate}
            error={figure === null ? t("prices.templates.badRate") : undefined}
            onChange={setRate}
          />
        )}
      </form>
    </Dialog>
  );
}

import { useId } from "react";
import { useTranslation } from "react-i18next";
import { Field, Select } from "@/components/ui/field";
import { capabilities, pictureInputs, textAt, textsAt, withChoice, withValue } from "../model/profile";
import type { ProfilePartProps } from "./profile-form";

/** What the vendor's models can do, where nothing else is said about a single one of them. */
export function CapabilityFields({ profile, onChange, errorAt }: ProfilePartProps) {
  const { t } = useTranslation();
  const id = useId();
  const chosen = textsAt(profile, "/capabilities", ["chat"]);
  const error = errorAt("/capabilities");
  // In the order of the list, so that two profiles that say the same look the same; what is not in it stays behind.
  const set = (capability: string, on: boolean) => {
    const next = on ? [...chosen, capability] : chosen.filter((other) => other !== capability);
    const known = capabilities.filter((one) => next.includes(one));
    onChange((now) => withValue(now, "/capabilities", [...known, ...next.filter((one) => !known.some((other) => other === one))]));
  };
  return (
    <>
      <fieldset aria-describedby={error ? `${id}-error` : undefined}>
        <legend className="text-sm font-medium">{t("vendors.field.capabilities")}</legend>
        <div className="mt-2 grid grid-cols-2 gap-x-5 gap-y-2 sm:grid-cols-3">
          {capabilities.map((capability) => (
            <label key={capability} className="inline-flex items-center gap-2 text-sm pointer-coarse:min-h-11">
              <input
                type="checkbox"
                className="size-4 accent-accent"
                aria-invalid={error ? true : undefined}
                checked={chosen.includes(capability)}
                onChange={(event) => set(capability, event.target.checked)}
              />
              {t(`vendors.capability.${capability}`)}
            </label>
          ))}
        </div>
        {error && (
          <p id={`${id}-error`} className="mt-2 text-sm text-danger">
            {error}
          </p>
        )}
      </fieldset>
      {chosen.includes("chat") && (
        <Field label={t("vendors.field.imageInput")} error={errorAt("/imageInput")}>
          <Select value={textAt(profile, "/imageInput", "none")} onChange={(event) => onChange((now) => withChoice(now, "/imageInput", event.target.value, "none"))}>
            {pictureInputs.map((input) => (
              <option key={input} value={input}>
                {t(`vendors.pictures.${input}`)}
              </option>
            ))}
          </Select>
        </Field>
      )}
    </>
  );
}

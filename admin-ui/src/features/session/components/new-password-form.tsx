import { useMutation } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { session } from "@/lib/session";
import { changePassword } from "../api/sign-in";
import { FormNotice } from "./form-notice";
import { PasswordInput } from "./password-input";

const SHORTEST = 6;

/** Replaces a password that the server made. `known` is that password when it was just typed; after a reload it is asked for again. */
export function NewPasswordForm({ known }: { known: string }) {
  const { t } = useTranslation();
  const [current, setCurrent] = useState("");
  const [password, setPassword] = useState("");
  const [repeated, setRepeated] = useState("");
  const [tried, setTried] = useState(false);
  const change = useMutation({ meta: { showsError: true }, mutationFn: () => changePassword(known || current, password) });

  const submit = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (password.length >= SHORTEST && password === repeated) {
      change.mutate();
    }
  };

  return (
    <>
      <h1 className="text-3xl font-semibold tracking-tight">{t("signIn.changeTitle")}</h1>
      <p className="mt-2 text-muted">{t("signIn.changeText")}</p>
      {change.isError && <FormNotice error={change.error} />}
      <form className="mt-6 flex flex-col gap-4" onSubmit={submit}>
        {known === "" && (
          <Field label={t("signIn.currentPassword")}>
            <PasswordInput name="current" autoComplete="current-password" value={current} onChange={setCurrent} />
          </Field>
        )}
        <Field label={t("signIn.newPassword")} error={tried && password.length < SHORTEST ? t("signIn.newPasswordHint") : undefined} hint={t("signIn.newPasswordHint")}>
          <PasswordInput name="new" autoComplete="new-password" autoFocus value={password} onChange={setPassword} />
        </Field>
        <Field label={t("signIn.repeat")} error={tried && password !== repeated ? t("signIn.repeatDiffers") : undefined}>
          <PasswordInput name="repeat" autoComplete="new-password" value={repeated} onChange={setRepeated} />
        </Field>
        <Button type="submit" variant="primary" size="lg" className="mt-2" busy={change.isPending}>
          {t("signIn.changeSubmit")}
        </Button>
        <Button variant="ghost" onClick={() => session.close()}>
          {t("account.signOut")}
        </Button>
      </form>
    </>
  );
}

import { useMutation } from "@tanstack/react-query";
import { type FormEvent, useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "@/components/ui/button";
import { Field, Input } from "@/components/ui/field";
import { useSession } from "@/lib/session";
import { signIn } from "../api/sign-in";
import { FormNotice } from "./form-notice";
import { PasswordInput } from "./password-input";

/** @param onSignedIn gets the password that was right, for the case that it has to be replaced at once */
export function SignInForm({ onSignedIn }: { onSignedIn: (password: string) => void }) {
  const { t } = useTranslation();
  const expired = useSession((now) => now.expired);
  const [username, setUsername] = useState("");
  const [password, setPassword] = useState("");
  const name = useRef<HTMLInputElement>(null);
  const attempt = useMutation({
    meta: { showsError: true },
    mutationFn: () => signIn(username.trim(), password),
    onSuccess: () => onSignedIn(password),
  });

  useEffect(() => name.current?.focus(), []);

  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    if (!username.trim()) {
      name.current?.focus();
    } else if (!password) {
      event.currentTarget.querySelector<HTMLElement>("input[name=password]")?.focus();
    } else {
      attempt.mutate();
    }
  };

  return (
    <>
      <h1 className="text-3xl font-semibold tracking-tight">{t("signIn.title")}</h1>
      <p className="mt-2 text-muted">{t("signIn.subtitle")}</p>
      {attempt.isError ? <FormNotice error={attempt.error} /> : expired && <FormNotice text={t("signIn.expired")} />}
      <form className="mt-6 flex flex-col gap-4" onSubmit={submit}>
        <Field label={t("signIn.username")}>
          <Input
            ref={name}
            name="username"
            autoComplete="username"
            autoCapitalize="none"
            spellCheck={false}
            className="h-11"
            value={username}
            onChange={(event) => setUsername(event.target.value)}
          />
        </Field>
        <Field label={t("signIn.password")}>
          <PasswordInput name="password" autoComplete="current-password" value={password} onChange={setPassword} />
        </Field>
        <Button type="submit" variant="primary" size="lg" className="mt-2" busy={attempt.isPending}>
          {t("signIn.submit")}
        </Button>
      </form>
    </>
  );
}

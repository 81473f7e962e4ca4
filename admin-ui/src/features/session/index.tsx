import { useMutation } from "@tanstack/react-query";
import { CircleAlert, Eye, EyeOff, Info } from "lucide-react";
import { type FormEvent, useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { Brand } from "@/components/brand";
import { Button } from "@/components/ui/button";
import { Field, Input } from "@/components/ui/field";
import { IconButton } from "@/components/ui/icon-button";
import { useTitle } from "@/lib/browser";
import { sayError } from "@/lib/say-error";
import { useSession } from "@/lib/session";
import { signIn } from "./api/sign-in";
import { PatchField } from "./components/patch-field";

export function SignInPage({ onSignedIn }: { onSignedIn: () => void }) {
  const { t } = useTranslation();
  useTitle(t("signIn.title"));
  const expired = useSession((now) => now.expired);
  const [username, setUsername] = useState("");
  const [password, setPassword] = useState("");
  const [shown, setShown] = useState(false);
  const name = useRef<HTMLInputElement>(null);
  const attempt = useMutation({ mutationFn: () => signIn(username.trim(), password), onSuccess: onSignedIn });

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
    <main className="grid h-dvh overflow-y-auto bg-paper lg:grid-cols-[minmax(0,1fr)_minmax(0,1.1fr)]">
      <div className="flex flex-col px-6 py-8 sm:px-12">
        <Brand className="text-xl" />
        <div className="m-auto w-full max-w-sm py-10">
          <h1 className="text-3xl font-semibold tracking-tight">{t("signIn.title")}</h1>
          <p className="mt-2 text-muted">{t("signIn.subtitle")}</p>
          {expired && !attempt.isError && (
            <p role="status" className="mt-5 flex gap-2.5 rounded-control bg-warn-soft px-3 py-2 text-sm text-warn">
              <Info className="mt-0.5 size-4 shrink-0" aria-hidden />
              {t("signIn.expired")}
            </p>
          )}
          {attempt.isError && (
            <p role="alert" className="mt-5 flex gap-2.5 rounded-control bg-danger-soft px-3 py-2 text-sm text-danger">
              <CircleAlert className="mt-0.5 size-4 shrink-0" aria-hidden />
              {sayError(attempt.error, t)}
            </p>
          )}
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
              <PasswordInput value={password} shown={shown} onChange={setPassword} onToggle={() => setShown(!shown)} />
            </Field>
            <Button type="submit" variant="primary" size="lg" className="mt-2" busy={attempt.isPending}>
              {t("signIn.submit")}
            </Button>
          </form>
        </div>
      </div>
      <PatchField />
    </main>
  );
}

interface PasswordInputProps {
  value: string;
  shown: boolean;
  onChange: (value: string) => void;
  onToggle: () => void;
}

function PasswordInput({ value, shown, onChange, onToggle }: PasswordInputProps) {
  const { t } = useTranslation();
  return (
    <div className="relative">
      <Input
        name="password"
        type={shown ? "text" : "password"}
        autoComplete="current-password"
        className="h-11 pr-12"
        value={value}
        onChange={(event) => onChange(event.target.value)}
      />
      <IconButton
        label={shown ? t("signIn.hidePassword") : t("signIn.showPassword")}
        aria-pressed={shown}
        className="absolute top-1 right-1 pointer-coarse:top-0 pointer-coarse:right-0"
        onClick={onToggle}
      >
        {shown ? <EyeOff /> : <Eye />}
      </IconButton>
    </div>
  );
}

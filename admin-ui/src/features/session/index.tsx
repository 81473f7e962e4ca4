import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Brand } from "@/components/brand";
import { useTitle } from "@/lib/browser";
import { useSession } from "@/lib/session";
import { NewPasswordForm } from "./components/new-password-form";
import { PatchField } from "./components/patch-field";
import { SignInForm } from "./components/sign-in-form";

/** Signing in, and with a password that the server made: choosing one's own. */
export function SignInPage() {
  const { t } = useTranslation();
  useTitle(t("signIn.title"));
  const changing = useSession((now) => now.token !== null && now.mustChangePassword);
  const [typed, setTyped] = useState("");
  return (
    <main className="grid h-dvh overflow-y-auto bg-paper lg:grid-cols-[minmax(0,1fr)_minmax(0,1.1fr)]">
      <div className="flex flex-col px-6 py-8 sm:px-12">
        <Brand className="text-xl" />
        <div className="m-auto w-full max-w-sm py-10">
          {changing ? (
            <NewPasswordForm known={typed} />
          ) : (
            <SignInForm onSignedIn={setTyped} />
          )}
        </div>
      </div>
      <PatchField />
    </main>
  );
}

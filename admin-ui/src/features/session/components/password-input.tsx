import { Eye, EyeOff } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Input } from "@/components/ui/field";
import { IconButton } from "@/components/ui/icon-button";

interface PasswordInputProps {
  name: string;
  value: string;
  autoComplete: "current-password" | "new-password";
  autoFocus?: boolean;
  onChange: (value: string) => void;
}

/** A password field whose content can be shown. */
export function PasswordInput({ name, value, autoComplete, autoFocus = false, onChange }: PasswordInputProps) {
  const { t } = useTranslation();
  const [shown, setShown] = useState(false);
  return (
    <div className="relative">
      <Input
        name={name}
        type={shown ? "text" : "password"}
        autoComplete={autoComplete}
        autoFocus={autoFocus}
        className="h-11 pr-12"
        value={value}
        onChange={(event) => onChange(event.target.value)}
      />
      <IconButton
        label={shown ? t("signIn.hidePassword") : t("signIn.showPassword")}
        aria-pressed={shown}
        className="absolute top-1 right-1 pointer-coarse:top-0 pointer-coarse:right-0"
        onClick={() => setShown(!shown)}
      >
        {shown ? <EyeOff /> : <Eye />}
      </IconButton>
    </div>
  );
}

import { Check, Copy } from "lucide-react";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { copyText } from "@/lib/browser";
import { toasts } from "@/lib/toasts";
import { IconButton } from "./ui/icon-button";

/** Copies a text and says so in its own place. */
export function CopyButton({ text, label }: { text: string; label: string }) {
  const { t } = useTranslation();
  const [copied, setCopied] = useState(false);
  useEffect(() => {
    if (!copied) {
      return undefined;
    }
    const timer = setTimeout(() => setCopied(false), 1_600);
    return () => clearTimeout(timer);
  }, [copied]);
  const copy = async () => {
    if (await copyText(text)) {
      setCopied(true);
    } else {
      toasts.show(t("common.copyFailed"), "failed");
    }
  };
  return (
    <IconButton label={copied ? t("common.copied") : label} size="sm" onClick={() => void copy()}>
      {copied ? <Check className="text-ok" /> : <Copy />}
    </IconButton>
  );
}

import { WrapText } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { cn } from "@/lib/cn";
import { CopyButton } from "./copy-button";
import { IconButton } from "./ui/icon-button";

export function CodeBlock({ language, code }: { language: string; code: string }) {
  const { t } = useTranslation();
  const [wrap, setWrap] = useState(false);
  return (
    <figure className="overflow-hidden rounded-panel border border-line bg-canvas">
      <figcaption className="flex h-9 items-center gap-1 border-b border-line pr-1 pl-3.5 text-sm text-muted pointer-coarse:h-11">
        <span className="flex-1 truncate font-mono text-xs">{language || t("code.plain")}</span>
        <IconButton label={t("code.wrap")} size="sm" aria-pressed={wrap} className={cn(wrap && "text-accent-ink")} onClick={() => setWrap(!wrap)}>
          <WrapText />
        </IconButton>
        <CopyButton text={code} label={t("code.copy")} />
      </figcaption>
      <pre tabIndex={0} className={cn("overflow-x-auto px-3.5 py-3 scroll-thin", wrap && "break-words whitespace-pre-wrap")}>
        <code>{code}</code>
      </pre>
    </figure>
  );
}

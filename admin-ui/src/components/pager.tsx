import { ChevronLeft, ChevronRight } from "lucide-react";
import { useTranslation } from "react-i18next";
import { useFormats } from "@/lib/format";
import { IconButton } from "./ui/icon-button";

interface PagerProps {
  /** From 0. */
  page: number;
  pages: number;
  onPage: (page: number) => void;
}

/** Turns the pages of a list; nothing where there is only one. */
export function Pager({ page, pages, onPage }: PagerProps) {
  const { t } = useTranslation();
  const formats = useFormats();
  if (pages <= 1 && page === 0) {
    return null;
  }
  return (
    <nav aria-label={t("pager.label")} className="flex items-center justify-end gap-1 pt-3">
      <IconButton label={t("pager.previous")} disabled={page === 0} onClick={() => onPage(page - 1)}>
        <ChevronLeft />
      </IconButton>
      <span className="min-w-28 text-center text-sm text-muted tabular-nums" role="status">
        {t("pager.position", { page: formats.integer(page + 1), pages: formats.integer(Math.max(pages, page + 1)) })}
      </span>
      <IconButton label={t("pager.next")} disabled={page + 1 >= pages} onClick={() => onPage(page + 1)}>
        <ChevronRight />
      </IconButton>
    </nav>
  );
}

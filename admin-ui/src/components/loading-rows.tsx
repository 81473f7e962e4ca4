import { useTranslation } from "react-i18next";
import { Skeleton } from "./ui/skeleton";

/** The shape of a table before it is there. */
export function LoadingRows({ rows = 6 }: { rows?: number }) {
  const { t } = useTranslation();
  return (
    <div role="status" aria-label={t("common.loading")} className="divide-y divide-line rounded-panel border border-line bg-raised">
      {Array.from({ length: rows }, (_, row) => (
        <div key={row} className="flex items-center gap-6 px-5 py-3.5">
          <Skeleton className="h-4 w-40" style={{ opacity: 1 - row * 0.1 }} />
          <Skeleton className="h-4 w-24 max-sm:hidden" />
          <Skeleton className="ml-auto h-4 w-16" />
          <Skeleton className="h-4 w-12 max-sm:hidden" />
        </div>
      ))}
    </div>
  );
}

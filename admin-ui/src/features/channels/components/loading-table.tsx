import { useTranslation } from "react-i18next";
import { Skeleton } from "@/components/ui/skeleton";

/** Where the channels will be. */
export function LoadingTable() {
  const { t } = useTranslation();
  return (
    <div role="status" aria-label={t("common.loading")} className="divide-y divide-line rounded-panel border border-line bg-raised">
      {[0, 1, 2, 3].map((row) => (
        <div key={row} className="flex items-center gap-6 px-5 py-4">
          <div className="w-40">
            <Skeleton className="h-4" />
            <Skeleton className="mt-2 h-3.5 w-2/3" />
          </div>
          <div className="w-36 max-sm:hidden">
            <Skeleton className="h-4" />
            <Skeleton className="mt-2 h-3.5 w-2/3" />
          </div>
          <Skeleton className="h-5 flex-1" />
          <Skeleton className="h-5 w-9 rounded-full" />
        </div>
      ))}
    </div>
  );
}

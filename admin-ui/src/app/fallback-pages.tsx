import { Link } from "@tanstack/react-router";
import { CircleAlert, SearchX } from "lucide-react";
import { useEffect } from "react";
import { useTranslation } from "react-i18next";
import { Notice } from "@/components/notice";
import { Button } from "@/components/ui/button";

export function NotFoundPage() {
  const { t } = useTranslation();
  return (
    <main className="grid h-dvh place-items-center">
      <Notice
        icon={SearchX}
        title={t("errors.notFoundTitle")}
        action={
          <Button asChild>
            <Link to="/">{t("errors.toStart")}</Link>
          </Button>
        }
      >
        {t("errors.notFoundText")}
      </Notice>
    </main>
  );
}

/** Stands in for a page that broke; the rest of the application is unharmed by a reload. */
export function CrashPage({ error }: { error: unknown }) {
  const { t } = useTranslation();
  useEffect(() => {
    console.error(error);
  }, [error]);
  return (
    <main className="grid h-dvh place-items-center">
      <Notice icon={CircleAlert} tone="danger" title={t("errors.crashTitle")} action={<Button onClick={() => location.reload()}>{t("errors.reload")}</Button>}>
        {t("errors.crashText")}
      </Notice>
    </main>
  );
}

import { useNavigate } from "@tanstack/react-router";
import { Dialog } from "radix-ui";
import { lazy, Suspense, useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { toggleSidebar } from "@/components/shell";
import { useIsPhone, whenIdle } from "@/lib/browser";
import { useHotkeys } from "@/lib/hotkeys";

const load = () => import("./palette-content");
const PaletteContent = lazy(load);

/** Everything by keyboard: Ctrl/Cmd+K. Also owns the shortcuts that work on every page. */
export function CommandPalette() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const phone = useIsPhone();
  const [open, setOpen] = useState(false);
  useEffect(() => whenIdle(() => void load()), []);
  const newChat = () => void navigate({ to: "/" });
  useHotkeys({
    "mod+k": () => setOpen((now) => !now),
    "mod+shift+o": newChat,
    "mod+shift+s": () => toggleSidebar(phone),
  });
  return (
    <Dialog.Root open={open} onOpenChange={setOpen}>
      <Dialog.Portal>
        <Dialog.Overlay className="fixed inset-0 z-40 bg-scrim" />
        <Dialog.Content
          aria-describedby={undefined}
          className="fixed top-[12dvh] left-1/2 z-50 w-[calc(100vw-1.5rem)] max-w-xl -translate-x-1/2 overflow-hidden rounded-2xl border border-line bg-raised shadow-pop"
        >
          <Dialog.Title className="sr-only">{t("palette.title")}</Dialog.Title>
          <Suspense>
            <PaletteContent onDone={() => setOpen(false)} onNewChat={newChat} />
          </Suspense>
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

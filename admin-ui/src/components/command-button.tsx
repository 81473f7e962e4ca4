import { type ReactNode, useContext, useState } from "react";
import { useTranslation } from "react-i18next";
import type { ChatCommand } from "@/lib/virtual-links";
import { CommandsContext } from "./commands";
import { Button } from "./ui/button";
import { PopoverPanel, PopoverRoot, PopoverTrigger } from "./ui/popover";

/** A button that an answer brought along. What it sends is written in the reader's name, so it is shown and confirmed first. */
export function CommandButton({ command, children }: { command: ChatCommand; children: ReactNode }) {
  const { t } = useTranslation();
  const commands = useContext(CommandsContext);
  const [open, setOpen] = useState(false);
  if (!commands) {
    return children;
  }
  return (
    <PopoverRoot open={open} onOpenChange={setOpen}>
      <PopoverTrigger asChild>
        <Button size="sm" className="max-w-full min-w-12 data-[state=open]:bg-hover">
          <span className="truncate">{children}</span>
        </Button>
      </PopoverTrigger>
      <PopoverPanel align="start" aria-label={t("command.title", { model: command.model })} className="w-[min(22rem,calc(100vw-1.5rem))] p-4">
        <form
          onSubmit={(event) => {
            event.preventDefault();
            setOpen(false);
            commands.run(command);
          }}
        >
          <p className="text-sm font-medium">{t("command.title", { model: command.model })}</p>
          <p className="mt-2 max-h-32 overflow-y-auto rounded-control bg-sunken px-3 py-2 font-mono text-xs [overflow-wrap:anywhere] scroll-thin">{command.text}</p>
          {commands.busy && <p className="mt-2 text-sm text-muted">{t("command.busy")}</p>}
          <div className="mt-3 flex justify-end gap-2">
            <Button size="sm" onClick={() => setOpen(false)}>
              {t("common.cancel")}
            </Button>
            <Button type="submit" size="sm" variant="primary" autoFocus disabled={commands.busy}>
              {t("composer.send")}
            </Button>
          </div>
        </form>
      </PopoverPanel>
    </PopoverRoot>
  );
}

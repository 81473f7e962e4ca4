import { X } from "lucide-react";
import { Dialog as Primitive } from "radix-ui";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { cn } from "@/lib/cn";
import { IconButton } from "./icon-button";

const scrim = "fixed inset-0 z-40 bg-scrim";

/** Starts in the first field, not on the button that closes; where fingers type, on the dialog itself, so that no keyboard jumps up. */
function focusFirstField(event: Event): void {
  event.preventDefault();
  const content = event.currentTarget as HTMLElement;
  const field = matchMedia("(pointer: coarse)").matches ? null : content.querySelector<HTMLElement>("input:not([type=file], :disabled), textarea, select");
  (field ?? content).focus();
}

function focusContent(event: Event): void {
  event.preventDefault();
  (event.currentTarget as HTMLElement).focus();
}

interface DialogProps {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  title: string;
  description?: ReactNode;
  children: ReactNode;
  /** The row of buttons at the end. */
  footer?: ReactNode;
  wide?: boolean;
  /** For tables. */
  widest?: boolean;
}

/** A dialog in the middle of the screen; on a phone it stands at the bottom, near the thumb. */
export function Dialog({ open, onOpenChange, title, description, children, footer, wide = false, widest = false }: DialogProps) {
  const { t } = useTranslation();
  return (
    <Primitive.Root open={open} onOpenChange={onOpenChange}>
      <Primitive.Portal>
        <Primitive.Overlay className={scrim} />
        <Primitive.Content
          onOpenAutoFocus={focusFirstField}
          {...(description ? {} : { "aria-describedby": undefined })}
          className={cn(
            "fixed inset-x-0 bottom-0 z-50 flex max-h-[92dvh] flex-col outline-none rounded-t-2xl border border-line bg-raised shadow-pop",
            "sm:inset-auto sm:top-1/2 sm:left-1/2 sm:w-[calc(100vw-2rem)] sm:-translate-x-1/2 sm:-translate-y-1/2 sm:rounded-2xl",
            widest ? "sm:max-w-4xl" : wide ? "sm:max-w-2xl" : "sm:max-w-md",
          )}
        >
          <header className="flex items-start gap-3 px-5 pt-4 pb-1 sm:px-6 sm:pt-5">
            <div className="min-w-0 flex-1">
              <Primitive.Title className="text-xl font-semibold tracking-tight">{title}</Primitive.Title>
              {description && <Primitive.Description className="mt-1 text-sm text-muted">{description}</Primitive.Description>}
            </div>
            <Primitive.Close asChild>
              <IconButton label={t("common.close")} size="sm" className="-mr-1.5">
                <X />
              </IconButton>
            </Primitive.Close>
          </header>
          <div className="min-h-0 flex-1 overflow-y-auto px-5 py-3 scroll-thin sm:px-6">{children}</div>
          {footer && <footer className="flex flex-wrap justify-end gap-2 border-t border-line px-5 pt-3 pb-safe sm:px-6 sm:pb-4">{footer}</footer>}
        </Primitive.Content>
      </Primitive.Portal>
    </Primitive.Root>
  );
}

interface SheetProps {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  title: string;
  side?: "left" | "right";
  /** Whether the title is drawn; it is always there for screen readers. */
  titleShown?: boolean;
  children: ReactNode;
  footer?: ReactNode;
  className?: string;
}

/** A panel that comes in from the side: the sidebar of a phone, and long forms. */
export function Sheet({ open, onOpenChange, title, side = "left", titleShown = false, children, footer, className }: SheetProps) {
  const { t } = useTranslation();
  return (
    <Primitive.Root open={open} onOpenChange={onOpenChange}>
      <Primitive.Portal>
        <Primitive.Overlay className={scrim} />
        <Primitive.Content
          aria-describedby={undefined}
          onOpenAutoFocus={titleShown ? focusFirstField : focusContent}
          style={{ ["--sheet-from" as string]: side === "left" ? "-100%" : "100%" }}
          className={cn(
            "fixed inset-y-0 z-50 flex flex-col border-line bg-raised outline-none shadow-pop data-[state=open]:animate-sheet",
            side === "left" ? "left-0 w-72 max-w-[85vw] border-r" : "right-0 w-full border-l sm:max-w-xl",
            className,
          )}
        >
          {titleShown ? (
            <header className="flex items-center gap-3 border-b border-line px-5 py-3.5 sm:px-6">
              <Primitive.Title className="min-w-0 flex-1 truncate text-xl font-semibold tracking-tight">{title}</Primitive.Title>
              <Primitive.Close asChild>
                <IconButton label={t("common.close")} size="sm" className="-mr-1.5">
                  <X />
                </IconButton>
              </Primitive.Close>
            </header>
          ) : (
            <Primitive.Title className="sr-only">{title}</Primitive.Title>
          )}
          <div className="flex min-h-0 flex-1 flex-col overflow-y-auto scroll-thin">{children}</div>
          {footer && <footer className="flex flex-wrap justify-end gap-2 border-t border-line px-5 pt-3 pb-safe empty:hidden sm:px-6">{footer}</footer>}
        </Primitive.Content>
      </Primitive.Portal>
    </Primitive.Root>
  );
}

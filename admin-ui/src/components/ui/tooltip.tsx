import { Tooltip as Primitive } from "radix-ui";
import type { ReactNode } from "react";
import { chordLabel } from "@/lib/hotkeys";

export const TooltipProvider = ({ children }: { children: ReactNode }) => (
  <Primitive.Provider delayDuration={350} skipDelayDuration={150}>
    {children}
  </Primitive.Provider>
);

export function Tooltip({ label, chord, children }: { label: string; chord?: string; children: ReactNode }) {
  return (
    <Primitive.Root>
      {/* Where the focus was put by the program after a click or a touch, nobody asked what the button is called. */}
      <Primitive.Trigger asChild onFocus={(event) => !event.currentTarget.matches(":focus-visible") && event.preventDefault()}>
        {children}
      </Primitive.Trigger>
      <Primitive.Portal>
        <Primitive.Content
          sideOffset={6}
          collisionPadding={8}
          className="z-60 flex max-w-72 items-center gap-2 rounded-md bg-ink px-2 py-1 text-xs text-paper shadow-pop data-[state=delayed-open]:animate-in"
        >
          {label}
          {chord && <kbd className="font-sans opacity-70">{chordLabel(chord)}</kbd>}
        </Primitive.Content>
      </Primitive.Portal>
    </Primitive.Root>
  );
}

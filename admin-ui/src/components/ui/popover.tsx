import { Popover as Primitive } from "radix-ui";
import type { ComponentProps } from "react";
import { cn } from "@/lib/cn";

export const PopoverRoot = Primitive.Root;
export const PopoverTrigger = Primitive.Trigger;

export function PopoverPanel({ className, ...rest }: ComponentProps<typeof Primitive.Content>) {
  return (
    <Primitive.Portal>
      <Primitive.Content
        sideOffset={8}
        collisionPadding={12}
        className={cn("z-50 rounded-panel border border-line bg-raised shadow-pop outline-none data-[state=open]:animate-in", className)}
        {...rest}
      />
    </Primitive.Portal>
  );
}

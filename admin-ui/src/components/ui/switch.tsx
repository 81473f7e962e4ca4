import { Switch as Primitive } from "radix-ui";
import type { ComponentProps } from "react";
import { cn } from "@/lib/cn";

/** On or off, at once. Give it an `aria-label` or a label element. */
export function Switch({ className, ...rest }: ComponentProps<typeof Primitive.Root>) {
  return (
    <Primitive.Root
      className={cn(
        "relative inline-flex h-5 w-9 shrink-0 items-center rounded-full border border-transparent bg-line-strong transition-colors data-[state=checked]:bg-accent disabled:opacity-50",
        // The target is larger than the drawing where fingers point.
        "pointer-coarse:after:absolute pointer-coarse:after:-inset-3",
        className,
      )}
      {...rest}
    >
      <Primitive.Thumb className="block size-4 translate-x-px rounded-full bg-paper shadow-sm transition-transform data-[state=checked]:translate-x-[1.0625rem]" />
    </Primitive.Root>
  );
}

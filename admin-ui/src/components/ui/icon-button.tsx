import { cva, type VariantProps } from "class-variance-authority";
import type { ComponentProps } from "react";
import { cn } from "@/lib/cn";
import { Tooltip } from "./tooltip";

const iconButtonStyles = cva(
  "inline-flex shrink-0 items-center justify-center rounded-control transition-colors disabled:opacity-40 disabled:pointer-events-none [&_svg]:shrink-0",
  {
    variants: {
      variant: {
        ghost: "text-muted hover:bg-hover hover:text-ink data-[state=open]:bg-hover data-[state=open]:text-ink",
        primary: "bg-accent text-on-accent hover:bg-accent-strong",
      },
      size: {
        sm: "size-7 [&_svg]:size-4 pointer-coarse:size-11",
        md: "size-9 [&_svg]:size-[1.125rem] pointer-coarse:size-11",
      },
    },
    defaultVariants: { variant: "ghost", size: "md" },
  },
);

export interface IconButtonProps extends Omit<ComponentProps<"button">, "aria-label">, VariantProps<typeof iconButtonStyles> {
  /** What the button does; its accessible name and its tooltip. */
  label: string;
  /** The shortcut shown in the tooltip. */
  chord?: string;
}

export function IconButton({ label, chord, className, variant, size, type = "button", ...rest }: IconButtonProps) {
  return (
    <Tooltip label={label} {...(chord ? { chord } : {})}>
      <button type={type} aria-label={label} className={cn(iconButtonStyles({ variant, size }), className)} {...rest} />
    </Tooltip>
  );
}

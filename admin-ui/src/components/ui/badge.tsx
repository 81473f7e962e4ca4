import { cva, type VariantProps } from "class-variance-authority";
import type { ComponentProps } from "react";
import { cn } from "@/lib/cn";

const badgeStyles = cva("inline-flex items-center gap-1.5 rounded-full px-2 text-xs font-medium whitespace-nowrap", {
  variants: {
    tone: {
      neutral: "bg-sunken text-muted",
      ok: "bg-ok-soft text-ok",
      warn: "bg-warn-soft text-warn",
      danger: "bg-danger-soft text-danger",
      accent: "bg-accent-soft text-accent-ink",
      violet: "bg-violet-soft text-violet",
    },
  },
  defaultVariants: { tone: "neutral" },
});

export type Tone = NonNullable<VariantProps<typeof badgeStyles>["tone"]>;

export function Badge({ tone, className, ...rest }: ComponentProps<"span"> & { tone?: Tone }) {
  return <span className={cn(badgeStyles({ tone }), "h-5.5", className)} {...rest} />;
}

/** A chip with an identifier in it: a model, a channel type. */
export function CodeChip({ className, ...rest }: ComponentProps<"span">) {
  return (
    <span className={cn("inline-flex h-5.5 items-center rounded-md border border-line bg-sunken px-1.5 font-mono text-xs text-muted", className)} {...rest} />
  );
}

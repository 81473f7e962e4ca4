import type { ComponentProps } from "react";
import { cn } from "@/lib/cn";

/** A grey shape where content will be. Hidden from screen readers; say "loading" once on the region instead. */
export function Skeleton({ className, ...rest }: ComponentProps<"div">) {
  return <div aria-hidden className={cn("animate-breathe rounded-md bg-hover", className)} {...rest} />;
}

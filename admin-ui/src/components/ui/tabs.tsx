import { Tabs as Primitive } from "radix-ui";
import type { ComponentProps } from "react";
import { cn } from "@/lib/cn";

export const Tabs = Primitive.Root;

export function TabList({ className, ...rest }: ComponentProps<typeof Primitive.List>) {
  return <Primitive.List className={cn("inline-flex self-start rounded-control bg-sunken p-0.5", className)} {...rest} />;
}

export function Tab({ className, ...rest }: ComponentProps<typeof Primitive.Trigger>) {
  return (
    <Primitive.Trigger
      className={cn(
        "inline-flex h-8 items-center gap-2 rounded-md px-3 text-sm font-medium text-muted hover:text-ink data-[state=active]:bg-paper data-[state=active]:text-ink data-[state=active]:shadow-sm pointer-coarse:h-10",
        className,
      )}
      {...rest}
    />
  );
}

export const TabPanel = Primitive.Content;

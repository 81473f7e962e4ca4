import { cn } from "@/lib/cn";

interface TypeLogoProps {
  /** SVG text as the plugin gives it; empty where it has none. */
  svg: string;
  /** The name whose first letter stands in for a logo. */
  name: string;
  className?: string;
}

/** The mark of a vendor. As a picture, not as part of the page: whatever a plugin draws cannot reach out of it. */
export function TypeLogo({ svg, name, className }: TypeLogoProps) {
  const frame = cn("grid size-7 shrink-0 place-items-center overflow-hidden rounded-md", className);
  if (svg === "") {
    return (
      <span aria-hidden className={cn(frame, "bg-sunken text-xs font-semibold text-muted")}>
        {[...name][0]?.toUpperCase()}
      </span>
    );
  }
  return <img alt="" src={`data:image/svg+xml,${encodeURIComponent(svg)}`} loading="lazy" decoding="async" className={frame} />;
}

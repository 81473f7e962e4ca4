import type { ReactNode } from "react";

/** Figures that tell how something stands, side by side. */
export function Figures({ children }: { children: ReactNode }) {
  return <dl className="flex flex-wrap gap-x-10 gap-y-4">{children}</dl>;
}

/** One figure, with its name above it and what makes it clearer below. */
export function Figure({ term, more, children }: { term: string; more?: string; children: ReactNode }) {
  return (
    <div className="min-w-24">
      <dt className="text-sm text-muted">{term}</dt>
      <dd className="text-2xl font-semibold tracking-tight tabular-nums">{children}</dd>
      {more && <dd className="text-sm text-muted tabular-nums">{more}</dd>}
    </div>
  );
}

import { lazy, memo, Suspense } from "react";
import { cn } from "@/lib/cn";
import { settleTail } from "@/lib/markdown-tail";

const load = () => import("./rendered-markdown");
const RenderedMarkdown = lazy(load);

/** Fetches the renderer when there is nothing better to do, so that it is there before the first answer is. */
export function preloadMarkdown(): void {
  if ("requestIdleCallback" in window) {
    requestIdleCallback(() => void load());
  } else {
    setTimeout(() => void load(), 500);
  }
}

/** Shows Markdown; `growing` while more of it is to come. As plain text for the moment it may take to fetch the renderer. */
export const Markdown = memo(function Markdown({ text, growing = false, className }: { text: string; growing?: boolean; className?: string }) {
  return (
    <div className={cn("prose", className)}>
      <Suspense fallback={<div className="whitespace-pre-wrap">{text}</div>}>
        <RenderedMarkdown text={growing ? settleTail(text) : text} />
      </Suspense>
    </div>
  );
});

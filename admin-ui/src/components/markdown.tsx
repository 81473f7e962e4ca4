import { lazy, memo, Suspense } from "react";
import { whenIdle } from "@/lib/browser";
import { cn } from "@/lib/cn";
import { settleTail } from "@/lib/markdown-tail";

const load = () => import("./rendered-markdown");
const RenderedMarkdown = lazy(load);

/** Fetches the renderer, so that it is there before the first answer is. */
export const preloadMarkdown = (): void => whenIdle(() => void load());

/** Shows Markdown; `growing` while more of it is to come. As plain text for the moment it may take to fetch the renderer. */
export const Markdown = memo(function Markdown({ text, growing = false, className }: { text: string; growing?: boolean; className?: string }) {
  return (
    <div className={cn("prose", className)}>
      <Suspense fallback={<div className="whitespace-pre-wrap">{text}</div>}>
        <RenderedMarkdown text={growing ? settleTail(text) : text} growing={growing} />
      </Suspense>
    </div>
  );
});

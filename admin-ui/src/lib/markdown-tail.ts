import { mayBecomeVirtual } from "./virtual-links";

/**
 * Makes the end of a text that is still being written fit to be shown: a link or picture whose address is not complete is held back, and
 * an emphasis or piece of code that was opened is closed, so that markers do not flicker by. What will be a button or a progress bar is held back until it
 * is known to be one.
 */
export function settleTail(written: string): string {
  const text = holdBackFence(written);
  const start = text.lastIndexOf("\n\n") + 1;
  const head = text.slice(0, start);
  const tail = text.slice(start);
  if (FENCE.test(tail) || insideFence(head)) {
    return text;
  }
  return head + closeMarks(holdBackLink(tail));
}

const FENCE = /^ {0,3}(?:```|~~~)/m;

function insideFence(head: string): boolean {
  return (head.match(/^ {0,3}(?:`{3,}|~{3,})/gm)?.length ?? 0) % 2 === 1;
}

/** A fence whose info string is on its way to `progress` is none of code yet. */
function holdBackFence(text: string): string {
  const start = text.lastIndexOf("\n") + 1;
  const line = text.slice(start);
  return line.startsWith("```") && "```progress".startsWith(line) && !insideFence(text.slice(0, start)) ? text.slice(0, start) : text;
}

function holdBackLink(text: string): string {
  return text
    .replace(ROW_END, (end, before: string, address: string | undefined) => (address === undefined || mayBecomeVirtual(address) ? before : end))
    .replace(/!\[[^\]\n]*(?:\](?:\([^)\n]*)?)?$/, "")
    .replace(/\[([^\]\n]*)\]\(([^)\n]*)$/, (_end, words: string, address: string) => (isButton(address) ? "" : words));
}

/** The beginning of a link at the begin of a line, or behind links only: that is how rows of buttons are written. */
const ROW_END = /((?:^|\n)(?:\[[^\]\n]*\]\([^)\n]*\)[ \t]*)*)\[[^\]\n]{0,60}(?:\](?:\(([^)\n]*))?)?$/;

/** Most addresses begin alike: in the middle of a sentence only one that can hardly be anything else is held back with its words. */
const isButton = (address: string) => address.length > "https://c".length && mayBecomeVirtual(address);

function closeMarks(text: string): string {
  const line = text.slice(text.lastIndexOf("\n") + 1);
  const withoutCode = line.replace(/(`+)(?:(?!\1).)*?\1/g, "");
  const openCode = /(`+)[^`]*$/.exec(withoutCode)?.[1];
  if (openCode !== undefined) {
    // A mark with nothing after it yet says nothing yet.
    return text.endsWith("`") ? text.replace(/`+$/, "") : `${text}${openCode}`;
  }
  const bold = withoutCode.match(/\*\*/g)?.length ?? 0;
  if (bold % 2 === 0) {
    return text;
  }
  if (text.endsWith("**")) {
    return text.slice(0, -2);
  }
  return /\s$/.test(text) ? text : `${text.replace(/\*$/, "")}**`;
}

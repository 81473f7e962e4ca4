/**
 * Makes the end of a text that is still being written fit to be shown: a link or picture whose address is not complete is held back, and
 * an emphasis or piece of code that was opened is closed, so that markers do not flicker by.
 */
export function settleTail(text: string): string {
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

function holdBackLink(text: string): string {
  return text.replace(/!\[[^\]\n]*(?:\](?:\([^)\n]*)?)?$/, "").replace(/\[([^\]\n]*)\]\([^)\n]*$/, "$1");
}

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

/**
 * Cuts a Markdown text into pieces that can be rendered one by one, so that only the last one changes while an answer streams.
 *
 * Cuts are made at blank lines outside fences, and only where what follows cannot belong to what precedes: not before an indented line, and
 * not between the items of a list or the rows of a quotation. A text with reference definitions or footnotes stays whole, because
 * these reach across blocks. Joined with a line feed, the pieces are the text again.
 */
export function splitMarkdown(text: string): string[] {
  if (REACHES_ACROSS.test(text)) {
    return [text];
  }
  const blocks: string[] = [];
  let lines: string[] = [];
  let fence: string | null = null;
  let html = false;
  let blank = false;
  let opener = "";
  for (const line of text.split("\n")) {
    const isBlank = line.trim() === "";
    if (blank && !isBlank && fence === null && !html && startsBlock(opener, line)) {
      blocks.push(lines.join("\n"));
      lines = [];
    }
    if (lines.length === 0) {
      opener = line;
      html = /^ {0,3}<(?!https?:)[a-z!?/]/i.test(line);
    }
    lines.push(line);
    if (html && isBlank) {
      html = false;
    }
    fence = nextFence(fence, line);
    blank = isBlank;
  }
  if (lines.length > 0) {
    blocks.push(lines.join("\n"));
  }
  return blocks;
}

const REACHES_ACROSS = /^ {0,3}\[[^\]\n]+\]:/m;
const LIST_ITEM = /^ {0,3}(?:[-*+]|\d{1,9}[.)])(?:\s|$)/;
const FENCE = /^\s*(?:(?:[-*+]|\d{1,9}[.)])\s+)*(`{3,}|~{3,})(.*)$/;

function startsBlock(opener: string, line: string): boolean {
  if (/^\s/.test(line)) {
    return false;
  }
  if (LIST_ITEM.test(opener) && LIST_ITEM.test(line)) {
    return false;
  }
  return !(/^ {0,3}>/.test(opener) && line.startsWith(">"));
}

/** The fence a line leaves open: its marker, or null. A closing fence has the same sign, is as long, and stands alone. */
function nextFence(open: string | null, line: string): string | null {
  const found = FENCE.exec(line);
  const marker = found?.[1];
  if (!marker) {
    return open;
  }
  const info = found[2] ?? "";
  if (open === null) {
    return marker.startsWith("`") && info.includes("`") ? null : marker;
  }
  return marker.startsWith(open) && info.trim() === "" ? null : open;
}

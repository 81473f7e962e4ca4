/** How far a long task is. */
export interface Progress {
  /** 0 to 100. */
  readonly percent: number;
  /** Whether the block is complete: no further number will come. */
  readonly closed: boolean;
}

/**
 * Reads a fenced block with the info string `progress` as it stands in the text, its fences included: one number a line, of which the last counts.
 * A line counts once it is complete, so that `4` on its way to `46` does not make the bar jump.
 */
export function readProgress(source: string): Progress {
  const lines = source.split("\n").slice(1);
  const closed = lines.some((line) => /^\s{0,3}(?:`{3,}|~{3,})\s*$/.test(line));
  const complete = closed ? lines : lines.slice(0, -1);
  const last = complete.findLast((line) => /^\s*\d+(?:\.\d+)?\s*%?\s*$/.test(line));
  return { percent: Math.min(100, Number.parseFloat(last ?? "0")), closed };
}

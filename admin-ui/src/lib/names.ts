/** Names out of whatever was typed or pasted: separated by blanks, commas or line ends. */
export function splitNames(typed: string): string[] {
  return typed.split(/[\s,，、;]+/).filter(Boolean);
}

/** The names and more of them, each once. */
export function withNames(names: readonly string[], more: readonly string[]): string[] {
  return [...new Set([...names, ...more])];
}

/** Whether all words of a search are somewhere in these texts. */
export function hasWords(texts: readonly string[], search: string): boolean {
  const haystack = texts.join(" ").toLowerCase();
  return search
    .toLowerCase()
    .split(/\s+/)
    .every((word) => haystack.includes(word));
}

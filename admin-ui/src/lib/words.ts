/** A sentence of the server, which may begin small, as it stands by itself. */
export const upperFirst = (words: string): string => words.charAt(0).toUpperCase() + words.slice(1);

/** How long something took, as exact as one wants to compare it: 642 ms, 1.24 s. */
export function latencyIn(language: string, milliseconds: number): string {
  const [value, unit, digits] = milliseconds < 1_000 ? ([milliseconds, "millisecond", 0] as const) : ([milliseconds / 1_000, "second", milliseconds < 10_000 ? 2 : 1] as const);
  return new Intl.NumberFormat(language, { style: "unit", unit, unitDisplay: "short", maximumFractionDigits: digits }).format(value);
}

/** What groups pay while somebody writes: as it was typed, empty for the list price. */
export type GroupsForm = Readonly<Record<string, string>>;

const MOST = 1_000;

/** The groups that are shown: those the server knows, and those that have a multiplier. */
export function groupNames(multipliers: Readonly<Record<string, number>>, known: readonly string[]): string[] {
  return [...new Set([...known, ...Object.keys(multipliers)])];
}

export function groupsForm(multipliers: Readonly<Record<string, number>>): GroupsForm {
  return Object.fromEntries(Object.entries(multipliers).map(([group, multiplier]) => [group, String(multiplier)]));
}

const typedNumber = (typed: string) => Number(typed.replace(",", "."));

/** The groups whose multiplier is no figure from 0 to 1,000 with at most six decimals. */
export function badGroups(form: GroupsForm): string[] {
  return Object.entries(form).flatMap(([group, typed]) => {
    const value = typedNumber(typed);
    const tooFine = (/[.,](\d+)$/.exec(typed.trim())?.[1]?.length ?? 0) > 6;
    return typed.trim() !== "" && (Number.isNaN(value) || value < 0 || value > MOST || tooFine) ? [group] : [];
  });
}

/** What is sent: the groups that do not simply pay the list price. */
export function multipliersOf(form: GroupsForm): Record<string, number> {
  return Object.fromEntries(Object.entries(form).flatMap(([group, typed]) => (typed.trim() === "" || typedNumber(typed) === 1 ? [] : [[group, typedNumber(typed)]])));
}

/** Whether two sets of multipliers mean the same; a group that is not named pays the list price. */
export function sameMultipliers(one: Readonly<Record<string, number>>, other: Readonly<Record<string, number>>): boolean {
  return [...Object.keys(one), ...Object.keys(other)].every((group) => (one[group] ?? 1) === (other[group] ?? 1));
}

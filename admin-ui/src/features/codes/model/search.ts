import { z } from "zod";

export const codeKinds = ["redeem", "gift"] as const;
export type CodeKind = (typeof codeKinds)[number];

/** What of the codes is shown, as it stands in the address. */
export const codeSearch = z.object({
  kind: z.enum(codeKinds).optional().catch(undefined),
  q: z.string().max(64).optional().catch(undefined),
  used: z.boolean().optional().catch(undefined),
  /** From 1, as people count. */
  page: z.number().int().min(1).optional().catch(undefined),
});
export type CodeSearch = z.output<typeof codeSearch>;

/** The search with a part changed: the page begins anew, and what says nothing is left out of the address. */
export function withSearch(search: CodeSearch, part: Partial<CodeSearch>): CodeSearch {
  const next = { ...search, page: undefined, ...part };
  return Object.fromEntries(Object.entries(next).filter(([, value]) => value !== undefined && value !== "")) as CodeSearch;
}

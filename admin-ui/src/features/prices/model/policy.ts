import { z } from "zod";

/** What is charged when a call does not end well. */
export const policySchema = z.object({
  client_left: z.enum(["charge", "free"]),
  upstream_cut: z.enum(["charge", "free"]),
  empty: z.enum(["charge", "free"]),
  spent: z.enum(["stop", "go_on"]),
});
export type Policy = z.output<typeof policySchema>;

/** The cases, each with its answers and the words for them. */
export const policyCases = [
  { name: "client_left", answers: [{ value: "charge", words: "leftCharge" }, { value: "free", words: "leftFree" }] },
  { name: "upstream_cut", answers: [{ value: "charge", words: "cutCharge" }, { value: "free", words: "cutFree" }] },
  { name: "empty", answers: [{ value: "charge", words: "emptyCharge" }, { value: "free", words: "emptyFree" }] },
  { name: "spent", answers: [{ value: "stop", words: "spentStop" }, { value: "go_on", words: "spentGoOn" }] },
] as const satisfies ReadonlyArray<{ name: keyof Policy; answers: ReadonlyArray<{ value: Policy[keyof Policy]; words: string }> }>;

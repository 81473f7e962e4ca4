import { z } from "zod";

const text = z
  .string()
  .nullish()
  .transform((value) => value ?? "");
const figure = z
  .union([z.number(), z.string().transform(Number)])
  .nullish()
  .transform((value) => value ?? 0);

export const outcomes = ["answered", "failed", "broken", "left"] as const;
export type Outcome = (typeof outcomes)[number];

/** A line of the request log: a call, or a change of a balance that was no call. What only administrators are told is empty for others. */
export const recordSchema = z.object({
  user_id: z.number().nullish(),
  username: text,
  /** `consume` for calls; credits that were added or taken otherwise are `topup` and `system`. */
  type: z.string().catch("consume"),
  token_name: text,
  model: text,
  input_tokens: figure,
  output_tokens: figure,
  /** Credits: what a call cost, or what was added. */
  quota: figure,
  /** In seconds. */
  duration: figure,
  detail: text,
  channel: z.number().nullish(),
  channel_name: text,
  created_at: text,
  request_id: text,
  status: z
    .union([z.number(), z.string()])
    .nullish()
    .transform((value) => String(value ?? "")),
  outcome: z.enum(outcomes).nullish().catch(null),
  fault: text,
  attempts: figure,
  first_token_ms: z.number().nullish(),
  streamed: z.boolean().nullish(),
  cached_tokens: figure,
  reasoning_tokens: figure,
  estimated: z.boolean().nullish(),
  /** The item of the plan that paid; empty for credits. */
  paid_by: text,
  written_off: figure,
  task_id: text,
  upstream_model: text,
  plugin: text,
});
export type RequestRecord = z.output<typeof recordSchema>;

export const isCall = ({ type }: RequestRecord): boolean => type === "consume";

/** The item of the plan that paid for a call; empty where credits did. */
export const planItemOf = ({ paid_by: paidBy }: Pick<RequestRecord, "paid_by">): string => (paidBy === "credits" ? "" : paidBy);

const USUAL_SIZE = 10;

export const recordsSchema = z.object({
  data: z.object({
    total: z.number().catch(0),
    /** Whether there are more lines than can be turned through. */
    more: z.boolean().catch(false),
    size: z.number().catch(USUAL_SIZE),
    records: z
      .array(recordSchema)
      .nullish()
      .transform((records) => records ?? []),
  }),
});

export const statsSchema = z.object({
  data: z.object({
    billing_today: figure,
    billing_month: figure,
    request_today: figure,
    request_month: figure,
    rpm: figure,
    tpm: figure,
  }),
});
export type Stats = z.output<typeof statsSchema>["data"];

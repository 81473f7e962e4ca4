import { z } from "zod";

const text = z
  .string()
  .nullish()
  .transform((value) => value ?? "");

export const codeSchema = z.object({
  code: z.string(),
  /** In credits. */
  quota: z.coerce.number(),
  /** Of gift codes only: a user may use one of a type. */
  type: text,
  /** Whether it is used up. */
  used: z.boolean().catch(false),
  uses: z.number().catch(0),
  max_uses: z.number().catch(1),
  expires_at: text,
  created_at: text,
  /** When it was used last. */
  updated_at: text,
  /** Who used it last; `-` for nobody. */
  username: text,
  batch: text,
});
export type Code = z.output<typeof codeSchema>;

export type CodeState = "unused" | "partly" | "used" | "expired";

export function stateOf({ used, uses }: Code, expires: number | null, now: number): CodeState {
  if (used) {
    return "used";
  }
  if (expires !== null && expires <= now) {
    return "expired";
  }
  return uses > 0 ? "partly" : "unused";
}

export interface CodeOrder {
  readonly type: string;
  readonly quota: string;
  readonly number: string;
  readonly maxUses: string;
  /** As a field for local dates and times holds it; empty for never. */
  readonly expires: string;
}

export const newOrder: CodeOrder = { type: "", quota: "5", number: "1", maxUses: "1", expires: "" };

export const MOST_CODES = 10_000;
export const MOST_USES = 1_000_000;

export type OrderField = keyof CodeOrder;

const isWhole = (typed: string, most: number) => /^\d+$/.test(typed.trim()) && Number(typed) >= 1 && Number(typed) <= most;

/** The fields of an order that cannot be. */
export function badFields(order: CodeOrder, gift: boolean, now: number): OrderField[] {
  const quota = Number(order.quota.replace(",", "."));
  const checks: ReadonlyArray<[OrderField, boolean]> = [
    ["type", !gift || /^[A-Za-z0-9_-]{1,32}$/.test(order.type.trim())],
    ["quota", order.quota.trim() !== "" && quota >= 0.000001],
    ["number", isWhole(order.number, MOST_CODES)],
    ["maxUses", isWhole(order.maxUses, MOST_USES)],
    ["expires", order.expires === "" || new Date(order.expires).getTime() > now],
  ];
  return checks.flatMap(([field, good]) => (good ? [] : [field]));
}

/** What is sent. */
export function bodyOf(order: CodeOrder, gift: boolean): Record<string, unknown> {
  return {
    ...(gift ? { type: order.type.trim() } : {}),
    quota: Number(order.quota.replace(",", ".")),
    number: Number(order.number),
    max_uses: Number(order.maxUses),
    ...(order.expires ? { expires_at: new Date(order.expires).toISOString() } : {}),
  };
}

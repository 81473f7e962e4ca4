import { useMutation } from "@tanstack/react-query";
import type { z } from "zod";
import { api } from "@/lib/api";
import type { Channel } from "../model/channel";
import { type BalanceReport, balancesSchema, type Listing, listingSchema, type Order, trialSchema } from "../model/trial";

const ROOT = "/api/admin/channel";

/** What is tried: a channel as it is stored, or as it stands in the form. */
export type Subject = { id: number; form?: never } | { form: Channel; id?: never };

interface Wanted {
  subject: Subject;
  order: Order;
  signal: AbortSignal;
}

/** One live chat. Nothing of it is billed or counted. */
export function useTrial() {
  return useMutation({
    meta: { showsError: true },
    mutationFn: ({ subject, order, signal }: Wanted) =>
      subject.form
        ? api(`${ROOT}/try`, { method: "POST", body: tried(subject.form, order), schema: trialSchema, signal })
        : api(`${ROOT}/${subject.id}/test`, { method: "POST", body: order, schema: trialSchema, signal }),
  });
}

/** The models that the upstream has for the channel's keys, as it says just now. */
export const fetchModels = (subject: Subject, signal: AbortSignal): Promise<Listing> => look(subject, "models", null, listingSchema, signal);

/** What is left on the account behind a key; null for a channel without keys. */
export const fetchBalance = (subject: Subject, key: number | null, signal: AbortSignal): Promise<BalanceReport> =>
  look(subject, "balance", key, balancesSchema, signal);

function look<S extends z.ZodType>(subject: Subject, what: "models" | "balance", key: number | null, schema: S, signal: AbortSignal): Promise<z.output<S>> {
  if (subject.form) {
    return api(`${ROOT}/try/${what}`, { method: "POST", body: tried(subject.form, key === null ? {} : { key }), schema, signal });
  }
  return api(`${ROOT}/${subject.id}/${what}`, { query: { key: key ?? undefined }, schema, signal });
}

/** A channel that is being written may have no name yet, which is no reason not to try it. */
const tried = (form: Channel, trial: Order) => ({ ...form, name: form.name || form.type, trial });

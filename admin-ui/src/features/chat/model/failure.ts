import { z } from "zod";

/**
 * What kept an answer from coming, in the terms a person can act on.
 *
 * - `no-channel`: no channel offers the model;
 * - `credits`: the balance is too low;
 * - `price`: the model has no price yet, so it is closed to users;
 * - `key`: the API key is refused;
 * - `denied`: the account or the site may not use this;
 * - `busy`: a limit was hit, ours or the provider's;
 * - `rejected`: the request itself is at fault (too long, malformed, filtered);
 * - `upstream`: the provider failed;
 * - `network`: no answer arrived, or it broke off before its first word;
 * - `unreadable`: an answer arrived that is not in the agreed format.
 */
export const failureKinds = ["no-channel", "credits", "price", "key", "denied", "busy", "rejected", "upstream", "network", "unreadable"] as const;
export type FailureKind = (typeof failureKinds)[number];

export interface Failure {
  readonly kind: FailureKind;
  /** The server's own words; empty when it said nothing. */
  readonly detail: string;
}

const errorObjectSchema = z.object({
  message: z.string().optional(),
  type: z.string().nullish(),
  code: z.union([z.string(), z.number()]).nullish(),
});

/** The error shape of OpenAI, a bare `{message}`, or a problem document. */
const errorBodySchema = z.object({
  error: z.union([z.string(), errorObjectSchema]).optional(),
  message: z.string().optional(),
  detail: z.string().optional(),
});

interface ErrorWords {
  message: string;
  type: string;
  code: string;
}

export function wordsOfError(body: unknown): ErrorWords | null {
  const parsed = errorBodySchema.safeParse(body);
  if (!parsed.success) {
    return null;
  }
  const { error, message, detail } = parsed.data;
  if (typeof error === "string") {
    return { message: error, type: "", code: "" };
  }
  if (error) {
    return { message: error.message ?? "", type: error.type ?? "", code: String(error.code ?? "") };
  }
  const words = detail ?? message;
  return words === undefined ? null : { message: words, type: "", code: "" };
}

/**
 * Sorts an error of the relay. The words are asked before the status, because the older contract answers every fault with 503 and tells
 * them apart by text and type only.
 *
 * @param status the HTTP status, or 0 for an error object inside a stream, which has none
 */
export function failureOf(status: number, body: unknown): Failure {
  const words = wordsOfError(body);
  const detail = words?.message ?? "";
  const text = detail.toLowerCase();
  const label = `${words?.type ?? ""} ${words?.code ?? ""}`.toLowerCase();
  const kind = kindOfWords(text, label) ?? kindOfStatus(status);
  return { kind, detail };
}

function kindOfWords(text: string, label: string): FailureKind | null {
  if (/cannot find channel|no (available )?channel|model_not_found/.test(`${text} ${label}`)) {
    return "no-channel";
  }
  if (/price of the model is not set|price is not set/.test(text)) {
    return "price";
  }
  if (/insufficient_quota|insufficient_credits/.test(label) || /quota is not enough|not enough (credits|quota|money)/.test(text)) {
    return "credits";
  }
  if (/authentication_error|invalid_api_key/.test(label)) {
    return "key";
  }
  if (/access_denied|permission/.test(label)) {
    return "denied";
  }
  if (/rate_limit/.test(label)) {
    return "busy";
  }
  if (/invalid_request|context_length|content_filter/.test(label)) {
    return "rejected";
  }
  return null;
}

function kindOfStatus(status: number): FailureKind {
  switch (status) {
    case 401:
      return "key";
    case 402:
      return "credits";
    case 403:
      return "denied";
    case 404:
      return "no-channel";
    case 429:
      return "busy";
    default:
      return status >= 400 && status < 500 ? "rejected" : "upstream";
  }
}

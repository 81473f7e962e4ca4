import { z } from "zod";
import { session } from "./session";

/**
 * Why a request did not give what was asked for.
 *
 * - `network`: no answer arrived;
 * - `session`: the session is not (or no longer) good;
 * - `refused`: the server understood and said no, in words;
 * - `failed`: the server could not do it (5xx);
 * - `shape`: an answer arrived that this application does not understand.
 */
export type ApiErrorKind = "network" | "session" | "refused" | "failed" | "shape";

export class ApiError extends Error {
  readonly kind: ApiErrorKind;
  /** HTTP status, 0 when no answer arrived. */
  readonly status: number;
  /** The server's id of the request, for its log; empty when it named none. */
  readonly requestId: string;
  /** The whole answer, for the few places that read more of it than its words. */
  readonly answer: unknown;

  constructor(kind: ApiErrorKind, message: string, status = 0, requestId = "", options?: ErrorOptions & { answer?: unknown }) {
    super(message, options);
    this.name = "ApiError";
    this.kind = kind;
    this.status = status;
    this.requestId = requestId;
    this.answer = options?.answer;
  }
}

/** A problem document (RFC 9457), or the older `{status:false, error|message}`; both may be sparse. */
const problemSchema = z.object({
  title: z.string().optional(),
  detail: z.string().optional(),
  instance: z.string().optional(),
  error: z.union([z.string(), z.object({ message: z.string().optional() })]).optional(),
  message: z.string().nullish(),
});

function wordsOf(body: unknown, fallback: string): string {
  const parsed = problemSchema.safeParse(body);
  if (!parsed.success) {
    return fallback;
  }
  const { detail, title, error, message } = parsed.data;
  const errorText = typeof error === "string" ? error : error?.message;
  return detail || errorText || message || title || fallback;
}

export interface ApiRequest<S extends z.ZodType> {
  method?: "GET" | "POST" | "PUT" | "DELETE";
  /** Sent as JSON. */
  body?: unknown;
  /** Sent as multipart form data. */
  form?: FormData;
  query?: Record<string, string | number | undefined>;
  headers?: Readonly<Record<string, string>>;
  schema: S;
  signal?: AbortSignal | undefined;
  /** False for sign-in itself, which has no session to lose. */
  authenticated?: boolean;
  /** Sent instead of the session's token, for `/v1`. */
  bearer?: string;
}

/** Sends one request to the server and returns its answer, checked against the schema. Rejects with {@link ApiError} only (or an abort). */
export async function api<S extends z.ZodType>(path: string, request: ApiRequest<S>): Promise<z.output<S>> {
  const { method = "GET", body, form, query, headers: more, schema, signal, authenticated = true, bearer } = request;
  const headers = new Headers({ Accept: "application/json", ...more });
  const token = authenticated && !bearer ? session.current().token : null;
  if (bearer || token) {
    headers.set("Authorization", `Bearer ${bearer || token}`);
  }
  if (body !== undefined) {
    headers.set("Content-Type", "application/json");
  }
  const init: RequestInit = { method, headers };
  if (signal) {
    init.signal = signal;
  }
  if (form) {
    init.body = form;
  } else if (body !== undefined) {
    init.body = JSON.stringify(body);
  }

  let response: Response;
  let text: string;
  try {
    response = await fetch(withQuery(path, query), init);
    text = await response.text();
  } catch (cause) {
    if (signal?.aborted) {
      throw cause;
    }
    throw new ApiError("network", "the server cannot be reached", 0, "", { cause });
  }

  const requestId = response.headers.get("x-request-id") ?? "";
  let answer: unknown;
  try {
    answer = text === "" ? {} : JSON.parse(text);
  } catch (cause) {
    const kind = response.ok ? "shape" : "failed";
    throw new ApiError(kind, `${method} ${path} did not answer with JSON (status ${response.status})`, response.status, requestId, { cause });
  }
  if (!response.ok) {
    const words = wordsOf(answer, `status ${response.status}`);
    if (response.status === 401 && token && session.current().token === token) {
      session.close(true);
      throw new ApiError("session", words, 401, requestId);
    }
    throw new ApiError(response.status >= 500 ? "failed" : "refused", words, response.status, requestId, { answer });
  }
  if (isRefusal(answer)) {
    // The older routes answer a session that has ended like any other refusal, by these words alone.
    if (token && wordsOf(answer, "") === "user not found") {
      session.doubt();
    }
    throw new ApiError("refused", wordsOf(answer, "the server gave no reason"), response.status, requestId);
  }
  const parsed = schema.safeParse(answer);
  if (!parsed.success) {
    throw new ApiError("shape", `${method} ${path}: ${z.prettifyError(parsed.error)}`, response.status, requestId, { cause: parsed.error });
  }
  return parsed.data;
}

/**
 * Fetches a file with the session's token, which a plain link could not carry. Rejects with {@link ApiError} only.
 *
 * @returns its content, and its name where the server gives it one
 */
export async function fetchFile(path: string, query?: ApiRequest<z.ZodType>["query"]): Promise<{ name: string | null; content: Blob }> {
  const { token } = session.current();
  let response: Response;
  let content: Blob;
  try {
    response = await fetch(withQuery(path, query), { headers: new Headers({ Accept: "text/csv", ...(token ? { Authorization: `Bearer ${token}` } : {}) }) });
    content = await response.blob();
  } catch (cause) {
    throw new ApiError("network", "the server cannot be reached", 0, "", { cause });
  }
  // A refusal is never a file, whatever its status.
  if (!response.ok || response.headers.get("content-type")?.includes("json")) {
    const kind = response.status === 401 ? "session" : response.status >= 500 ? "failed" : "refused";
    const answer: unknown = await content.text().then(JSON.parse).catch(() => null);
    throw new ApiError(kind, wordsOf(answer, `status ${response.status}`), response.status, response.headers.get("x-request-id") ?? "");
  }
  return { name: /filename="([^"/\\]+)"/.exec(response.headers.get("content-disposition") ?? "")?.[1] ?? null, content };
}

function isRefusal(answer: unknown): boolean {
  return typeof answer === "object" && answer !== null && "status" in answer && answer.status === false;
}

function withQuery(path: string, query: ApiRequest<z.ZodType>["query"]): string {
  const filled = Object.entries(query ?? {}).filter((entry): entry is [string, string | number] => entry[1] !== undefined);
  if (filled.length === 0) {
    return path;
  }
  return `${path}?${new URLSearchParams(filled.map(([key, value]) => [key, String(value)]))}`;
}

/** For routes whose answer says nothing but that it was done. */
export const doneSchema = z.object({ status: z.boolean().optional() });

import { ApiError } from "@/lib/api";
import { readEvents } from "@/lib/sse";
import type { AnswerEvent } from "../model/answer";
import { failureOf } from "../model/failure";

export interface ChatRequest {
  model: string;
  messages: ReadonlyArray<{ role: string; content: string }>;
}

/**
 * Asks the relay and reports everything that happens as events of an answer. Never rejects: whatever goes wrong is an event too.
 *
 * @param apiKey gives the key; `fresh` asks for it anew, after the server refused the one at hand
 */
export async function sendChat(
  request: ChatRequest,
  apiKey: (fresh: boolean) => Promise<string>,
  signal: AbortSignal,
  onEvent: (event: AnswerEvent) => void,
  now: () => number = Date.now,
): Promise<void> {
  try {
    let response = await post(request, await apiKey(false), signal);
    if (response.status === 401) {
      response = await post(request, await apiKey(true), signal);
    }
    if (!response.ok || !response.body) {
      onEvent({ kind: "refused", failure: failureOf(response.status, await jsonOf(response)), at: now() });
      return;
    }
    await readEvents(response.body, (event) => onEvent({ kind: "data", data: event.data, at: now() }));
    onEvent({ kind: "closed", at: now() });
  } catch (error) {
    if (error instanceof ApiError && error.kind !== "network") {
      onEvent({ kind: "refused", failure: { kind: "key", detail: error.message }, at: now() });
      return;
    }
    onEvent({ kind: signal.aborted ? "stopped" : "broken", at: now() });
  }
}

function post(request: ChatRequest, key: string, signal: AbortSignal): Promise<Response> {
  return fetch("/v1/chat/completions", {
    method: "POST",
    headers: { "Content-Type": "application/json", Accept: "text/event-stream, application/json", Authorization: `Bearer ${key}` },
    body: JSON.stringify({ ...request, stream: true, stream_options: { include_usage: true } }),
    signal,
  });
}

async function jsonOf(response: Response): Promise<unknown> {
  try {
    return await response.json();
  } catch {
    return null;
  }
}

import { session } from "./session";
import { readEvents, type SseEvent } from "./sse";

export type LiveState = "connecting" | "live" | "waiting";

const FIRST_WAIT = 1_000;
const LONGEST_WAIT = 30_000;

interface Following {
  onEvent: (event: SseEvent) => void;
  onState: (state: LiveState) => void;
  /** Asked for after each connection: what happened while there was none is not in the stream. */
  onConnected?: () => void;
}

/**
 * Follows an event stream of the server for as long as the signal lets it, connecting again with growing pauses. `EventSource` is no help
 * here, because it cannot send an `Authorization` header.
 */
export async function follow(path: string, signal: AbortSignal, following: Following): Promise<void> {
  let wait = FIRST_WAIT;
  while (!signal.aborted) {
    following.onState("connecting");
    try {
      const response = await fetch(path, {
        headers: { Accept: "text/event-stream", Authorization: `Bearer ${session.current().token ?? ""}` },
        signal,
      });
      if (response.ok && response.body && isEventStream(response)) {
        following.onState("live");
        following.onConnected?.();
        wait = FIRST_WAIT;
        await readEvents(
          response.body,
          (event) => following.onEvent(event),
          (milliseconds) => {
            wait = Math.min(Math.max(milliseconds, FIRST_WAIT), LONGEST_WAIT);
          },
        );
      }
    } catch {
      // Whatever went wrong, the answer is the same: wait and connect again.
    }
    if (signal.aborted) {
      return;
    }
    following.onState("waiting");
    await pause(wait * (0.75 + Math.random() / 2), signal);
    wait = Math.min(wait * 2, LONGEST_WAIT);
  }
}

function isEventStream(response: Response): boolean {
  return (response.headers.get("content-type") ?? "").startsWith("text/event-stream");
}

function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, milliseconds);
    signal.addEventListener(
      "abort",
      () => {
        clearTimeout(timer);
        resolve();
      },
      { once: true },
    );
  });
}

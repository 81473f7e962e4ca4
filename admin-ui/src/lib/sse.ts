/** One event of a `text/event-stream`, as the HTML standard (section 9.2) dispatches it. */
export interface SseEvent {
  /** The event's name; `message` when the stream names none. */
  readonly name: string;
  readonly data: string;
  /** The last event id seen so far, empty when there was none. */
  readonly id: string;
}

export interface SseParser {
  /** Takes the next piece of text, cut wherever the network cut it. */
  push(text: string): void;
  /** The stream is over: an event that lacks only its closing blank line is still delivered. */
  end(): void;
}

/**
 * Parses a `text/event-stream` piece by piece. Pure: knows no network and no clock.
 *
 * The standard throws an unfinished last event away; here it is delivered by {@link SseParser.end}, because some upstreams close the
 * connection right after their last line and the text in it is part of the answer.
 */
export function createSseParser(onEvent: (event: SseEvent) => void, onRetry?: (milliseconds: number) => void): SseParser {
  let line = "";
  let afterCarriageReturn = false;
  let atStart = true;
  let name = "";
  let data: string[] = [];
  let id = "";

  function dispatch(): void {
    if (data.length > 0) {
      onEvent({ name: name || "message", data: data.join("\n"), id });
    }
    name = "";
    data = [];
  }

  function takeLine(text: string): void {
    if (text === "") {
      dispatch();
      return;
    }
    const colon = text.indexOf(":");
    if (colon === 0) {
      return; // a comment, sent to keep the connection warm
    }
    const field = colon < 0 ? text : text.slice(0, colon);
    let value = colon < 0 ? "" : text.slice(colon + 1);
    if (value.startsWith(" ")) {
      value = value.slice(1);
    }
    if (field === "data") {
      data.push(value);
    } else if (field === "event") {
      name = value;
    } else if (field === "id" && !value.includes("\0")) {
      id = value;
    } else if (field === "retry" && /^\d+$/.test(value)) {
      onRetry?.(Number(value));
    }
  }

  return {
    push(text) {
      let rest = text;
      if (atStart && rest.length > 0) {
        atStart = false;
        if (rest.charCodeAt(0) === 0xfeff) {
          rest = rest.slice(1);
        }
      }
      let from = 0;
      for (let at = 0; at < rest.length; at++) {
        const code = rest.charCodeAt(at);
        if (code !== 0x0a && code !== 0x0d) {
          afterCarriageReturn = false;
          continue;
        }
        if (code === 0x0a && afterCarriageReturn) {
          afterCarriageReturn = false; // the second half of a CRLF whose first half ended the line
          from = at + 1;
          continue;
        }
        afterCarriageReturn = code === 0x0d;
        takeLine(line + rest.slice(from, at));
        line = "";
        from = at + 1;
      }
      line += rest.slice(from);
    },
    end() {
      if (line !== "") {
        takeLine(line);
        line = "";
      }
      dispatch();
    },
  };
}

/** Reads a response body to its end and gives every event to `onEvent`; rejects when the connection breaks or is aborted. */
export async function readEvents(
  body: ReadableStream<Uint8Array>,
  onEvent: (event: SseEvent) => void,
  onRetry?: (milliseconds: number) => void,
): Promise<void> {
  const parser = createSseParser(onEvent, onRetry);
  const decoder = new TextDecoder();
  const reader = body.getReader();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) {
      break;
    }
    parser.push(decoder.decode(value, { stream: true }));
  }
  parser.push(decoder.decode());
  parser.end();
}

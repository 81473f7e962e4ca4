import { describe, expect, it } from "vitest";
import { createSseParser, readEvents, type SseEvent } from "./sse";

function parse(...pieces: string[]): SseEvent[] {
  const events: SseEvent[] = [];
  const parser = createSseParser((event) => events.push(event));
  for (const piece of pieces) {
    parser.push(piece);
  }
  parser.end();
  return events;
}

const data = (...pieces: string[]) => parse(...pieces).map((event) => event.data);

const STREAM =
  ": connected\r\n\r\n" +
  'data: {"a":"Zürich 你好 🧵"}\r\n\r\n' +
  "event: plugin\nid: 7\ndata: first\ndata: second\n\n" +
  "data:no blank\rdata:  two blanks\r\r" +
  "data\n\n" +
  "data: [DONE]\n\n";

const EXPECTED: SseEvent[] = [
  { name: "message", data: '{"a":"Zürich 你好 🧵"}', id: "" },
  { name: "plugin", data: "first\nsecond", id: "7" },
  { name: "message", data: "no blank\n two blanks", id: "7" },
  { name: "message", data: "", id: "7" },
  { name: "message", data: "[DONE]", id: "7" },
];

describe("the event stream parser", () => {
  it("reads fields, comments and all three line ends", () => {
    expect(parse(STREAM)).toEqual(EXPECTED);
  });

  it("gives the same events wherever the text is cut in two", () => {
    for (let at = 0; at <= STREAM.length; at++) {
      expect(parse(STREAM.slice(0, at), STREAM.slice(at)), `cut at ${at}`).toEqual(EXPECTED);
    }
  });

  it("gives the same events one character at a time", () => {
    expect(parse(...STREAM.split(""))).toEqual(EXPECTED);
  });

  it("does not take a CRLF cut in the middle for two line ends", () => {
    expect(data("data: a\r", "\ndata: b\r", "\n\r", "\n")).toEqual(["a\nb"]);
  });

  it("drops a byte order mark", () => {
    expect(data("\uFEFFdata: a\n\n")).toEqual(["a"]);
  });

  it("delivers a last event whose blank line never came", () => {
    expect(data("data: a\n\ndata: b")).toEqual(["a", "b"]);
    expect(data("data: a\n\ndata: b\n")).toEqual(["a", "b"]);
  });

  it("ignores events without data, unknown fields and ids with a NUL", () => {
    expect(parse("event: ping\n\nfoo: bar\nid: x\0y\ndata: a\n\n")).toEqual([{ name: "message", data: "a", id: "" }]);
  });

  it("reports the reconnection time only when it is a whole number", () => {
    const waits: number[] = [];
    const parser = createSseParser(
      () => {},
      (milliseconds) => waits.push(milliseconds),
    );
    parser.push("retry: 2500\nretry: soon\n\n");
    expect(waits).toEqual([2500]);
  });
});

describe("reading a body", () => {
  it("decodes characters whose bytes arrive apart, at every byte offset", async () => {
    const bytes = new TextEncoder().encode(STREAM);
    for (let at = 0; at <= bytes.length; at++) {
      const body = new ReadableStream<Uint8Array>({
        start(controller) {
          controller.enqueue(bytes.slice(0, at));
          controller.enqueue(bytes.slice(at));
          controller.close();
        },
      });
      const events: SseEvent[] = [];
      await readEvents(body, (event) => events.push(event));
      expect(events, `cut at byte ${at}`).toEqual(EXPECTED);
    }
  });

  it("rejects when the connection breaks and keeps what came before", async () => {
    const events: string[] = [];
    await expect(
      readEvents(
        new ReadableStream<Uint8Array>({
          start(controller) {
            controller.enqueue(new TextEncoder().encode("data: a\n\ndata: b"));
            setTimeout(() => controller.error(new TypeError("connection reset")), 0);
          },
        }),
        (event) => events.push(event.data),
      ),
    ).rejects.toThrow("connection reset");
    expect(events).toEqual(["a"]);
  });
});

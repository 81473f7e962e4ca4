import { describe, expect, it } from "vitest";
import { createSseParser } from "@/lib/sse";
import { type Answer, beginAnswer, reduceAnswer, speedOf } from "./answer";

const chunk = (delta: object, finishReason: string | null = null, more: object = {}) =>
  JSON.stringify({ id: "chatcmpl-1", object: "chat.completion.chunk", choices: [{ index: 0, delta, finish_reason: finishReason }], ...more });

const usageChunk = JSON.stringify({
  choices: [],
  usage: {
    prompt_tokens: 9,
    completion_tokens: 40,
    total_tokens: 49,
    prompt_tokens_details: { cached_tokens: 4 },
    completion_tokens_details: { reasoning_tokens: 12 },
  },
});

/** Feeds data events, one every 10 ms from 1000 on. */
function run(...data: string[]): Answer {
  return data.reduce((answer, item, at) => reduceAnswer(answer, { kind: "data", data: item, at: 1010 + at * 10 }), beginAnswer(1000));
}

const close = (answer: Answer) => reduceAnswer(answer, { kind: "closed", at: 2000 });
const snap = (answer: Answer) => reduceAnswer(answer, { kind: "broken", at: 2000 });

describe("an answer", () => {
  it("gathers text, reasoning, usage, cost and times", () => {
    const answer = run(
      chunk({ role: "assistant", content: "" }),
      chunk({ reasoning_content: "Let me " }),
      chunk({ reasoning_content: "think." }),
      chunk({ content: "Hel" }),
      chunk({ content: "lo" }),
      chunk({}, "stop", { quota: 0.0012 }),
      usageChunk,
      "[DONE]",
    );
    expect(answer).toEqual({
      phase: "ended",
      outcome: "complete",
      content: "Hello",
      reasoning: "Let me think.",
      startedAt: 1000,
      firstTokenAt: 1020,
      reasoningEndedAt: 1040,
      endedAt: 1080,
      finishReason: "stop",
      cost: 0.0012,
      usage: { input: 9, output: 40, cached: 4, reasoning: 12 },
    });
  });

  it("is the same wherever the bytes of its stream were cut", () => {
    const stream = [chunk({ content: "Grüße " }), chunk({ reasoning_content: "…" }), chunk({ content: "你好" }, "stop"), usageChunk, "[DONE]"]
      .map((data) => `: ping\r\ndata: ${data}\r\n\r\n`)
      .join("");
    const answerOf = (...pieces: string[]) => {
      let answer = beginAnswer(0);
      const parser = createSseParser((event) => {
        answer = reduceAnswer(answer, { kind: "data", data: event.data, at: 1 });
      });
      pieces.forEach((piece) => parser.push(piece));
      parser.end();
      return reduceAnswer(answer, { kind: "closed", at: 2 });
    };
    const whole = answerOf(stream);
    expect(whole).toMatchObject({ content: "Grüße 你好", reasoning: "…", outcome: "complete" });
    for (let at = 1; at < stream.length; at++) {
      expect(answerOf(stream.slice(0, at), stream.slice(at)), `cut at ${at}`).toEqual(whole);
    }
  });

  it("is complete without [DONE] when the model had finished", () => {
    expect(close(run(chunk({ content: "a" }), chunk({}, "stop"))).outcome).toBe("complete");
    expect(snap(run(chunk({ content: "a" }, "length")))).toMatchObject({ outcome: "complete", finishReason: "length" });
  });

  it("is cut without [DONE] when the model had not finished, and keeps its text", () => {
    expect(close(run(chunk({ content: "half a sen" })))).toMatchObject({ outcome: "cut", content: "half a sen" });
    expect(snap(run(chunk({ reasoning_content: "hm" })))).toMatchObject({ outcome: "cut", reasoningEndedAt: 2000 });
  });

  it("fails when the stream brings nothing", () => {
    expect(close(beginAnswer(0)).failure?.kind).toBe("unreadable");
    expect(snap(beginAnswer(0)).failure?.kind).toBe("network");
  });

  it("fails on an error object inside the stream and keeps the text before it", () => {
    const answer = run(
      chunk({ content: "so far" }),
      JSON.stringify({ error: { message: "slow down", type: "rate_limit_error", code: null } }),
      "[DONE]",
    );
    expect(answer).toMatchObject({ outcome: "failed", content: "so far", failure: { kind: "busy", detail: "slow down" } });
    expect(run(JSON.stringify({ error: "boom" })).failure).toEqual({ kind: "upstream", detail: "boom" });
  });

  it("keeps the text when the reader stops it", () => {
    const answer = reduceAnswer(run(chunk({ content: "so far" })), { kind: "stopped", at: 1500 });
    expect(answer).toMatchObject({ outcome: "stopped", content: "so far", endedAt: 1500 });
  });

  it("takes nothing more once it has ended", () => {
    const ended = run(chunk({ content: "a" }), "[DONE]");
    expect(run(chunk({ content: "a" }), "[DONE]", chunk({ content: "b" }))).toEqual(ended);
    expect(reduceAnswer(ended, { kind: "stopped", at: 9 })).toBe(ended);
  });

  it("survives events it cannot read, null deltas and heartbeats in data", () => {
    const answer = run("not json", "{}", "[]", chunk({ content: null }), JSON.stringify({ choices: null }), chunk({ content: "a" }, "stop"), "[DONE]");
    expect(answer).toMatchObject({ outcome: "complete", content: "a", firstTokenAt: 1060 });
  });

  it("takes the last usage when every chunk carries one", () => {
    const usage = (output: number) => ({ usage: { prompt_tokens: 9, completion_tokens: output, total_tokens: 9 + output } });
    expect(run(chunk({ content: "a" }, null, usage(1)), chunk({ content: "b" }, "stop", usage(2)), "[DONE]").usage).toEqual({ input: 9, output: 2 });
  });
});

describe("the speed of an answer", () => {
  it("counts from the first token", () => {
    expect(speedOf(100, 1000, 3000)).toBe(50);
  });
  it("is unknown without usage or for a span too short to tell", () => {
    expect(speedOf(undefined, 1000, 3000)).toBeNull();
    expect(speedOf(100, undefined, 3000)).toBeNull();
    expect(speedOf(100, 1000, 1010)).toBeNull();
  });
});

import { describe, expect, it, vi } from "vitest";
import type { Answer, AnswerEvent } from "./answer";
import { RunningAnswers } from "./running-answers";

const text = (content: string): AnswerEvent => ({ kind: "data", data: JSON.stringify({ choices: [{ delta: { content } }] }), at: 0 });
const done: AnswerEvent = { kind: "data", data: "[DONE]", at: 0 };

/** A runner whose frames and clock are turned by hand, and a stream fed by hand. */
function bench() {
  const frames: Array<() => void> = [];
  const kept: Array<[string, Answer]> = [];
  const clock = { now: 0 };
  const answers = new RunningAnswers({
    onKeep: (_conversation, message, answer) => kept.push([message, answer]),
    nextFrame: (callback) => frames.push(callback),
    now: () => clock.now,
  });
  const start = (conversation: string, message: string) => {
    const stream: { emit: (event: AnswerEvent) => void; signal: AbortSignal } = { emit: () => {}, signal: new AbortController().signal };
    answers.start(conversation, message, async (signal, onEvent) => {
      stream.emit = onEvent;
      stream.signal = signal;
    });
    return stream;
  };
  const drawFrame = () => frames.splice(0).forEach((callback) => callback());
  return { answers, start, drawFrame, frames, kept, clock };
}

describe("running answers", () => {
  it("tell their listeners once a frame, however much arrives", () => {
    const { answers, start, drawFrame, frames } = bench();
    const stream = start("c", "m");
    const listener = vi.fn();
    answers.subscribe(listener);
    for (let i = 0; i < 100; i++) {
      stream.emit(text("x"));
    }
    expect(frames).toHaveLength(1);
    expect(listener).not.toHaveBeenCalled();
    drawFrame();
    expect(listener).toHaveBeenCalledTimes(1);
    expect(answers.of("c")?.answer.content).toHaveLength(100);
  });

  it("give the same object until the next frame", () => {
    const { answers, start } = bench();
    const stream = start("c", "m");
    const before = answers.of("c");
    stream.emit(text("x"));
    expect(answers.of("c")).toBe(before);
  });

  it("are kept every two seconds and once at the end", () => {
    const { start, kept, clock } = bench();
    const stream = start("c", "m");
    stream.emit(text("a"));
    clock.now = 2_000;
    stream.emit(text("b"));
    clock.now = 2_500;
    stream.emit(text("c"));
    stream.emit(done);
    expect(kept.map(([message, answer]) => [message, answer.content, answer.outcome])).toEqual([
      ["m", "ab", undefined],
      ["m", "abc", "complete"],
    ]);
  });

  it("leave the list one frame after they have ended, and free their connection", () => {
    const { answers, start, drawFrame } = bench();
    const stream = start("c", "m");
    stream.emit(done);
    expect(answers.of("c")?.answer.phase).toBe("ended");
    drawFrame();
    expect(answers.of("c")).toBeUndefined();
    expect(stream.signal.aborted).toBe(true);
  });

  it("stop at once and keep what came, and nothing that comes late", () => {
    const { answers, start, kept } = bench();
    const stream = start("c", "m");
    stream.emit(text("so far"));
    answers.stop("c");
    stream.emit(text(" and later"));
    expect(stream.signal.aborted).toBe(true);
    expect(kept.map(([, answer]) => [answer.content, answer.outcome])).toEqual([["so far", "stopped"]]);
  });

  it("give way to a new answer in the same conversation and leave others alone", () => {
    const { answers, start, kept, drawFrame } = bench();
    start("other", "o");
    start("c", "first");
    start("c", "second");
    expect(kept.map(([message, answer]) => [message, answer.outcome])).toEqual([["first", "stopped"]]);
    drawFrame();
    expect(answers.of("c")?.messageId).toBe("second");
    expect(answers.of("other")?.messageId).toBe("o");
  });
});

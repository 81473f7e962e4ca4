import { z } from "zod";
import { type Failure, failureOf } from "./failure";

/**
 * How an answer ended.
 *
 * - `complete`: the model said all it had to say (or reached its limit, see the finish reason);
 * - `stopped`: the reader stopped it;
 * - `cut`: the stream ended in the middle; what came is kept;
 * - `failed`: an error came instead of the answer, or after a part of it.
 */
export type Outcome = "complete" | "stopped" | "cut" | "failed";

export interface TokenUsage {
  readonly input: number;
  readonly output: number;
  readonly cached?: number;
  readonly reasoning?: number;
}

/** An answer as far as it has come. Times are epoch milliseconds. */
export interface Answer {
  readonly phase: "waiting" | "reasoning" | "writing" | "ended";
  readonly content: string;
  readonly reasoning: string;
  readonly startedAt: number;
  readonly firstTokenAt?: number;
  readonly reasoningEndedAt?: number;
  readonly endedAt?: number;
  readonly usage?: TokenUsage;
  /** What the answer costs in credits, when the server says so. */
  readonly cost?: number;
  readonly finishReason?: string;
  readonly outcome?: Outcome;
  readonly failure?: Failure;
}

export type AnswerEvent =
  | { readonly kind: "data"; readonly data: string; readonly at: number }
  /** The connection closed in good order. */
  | { readonly kind: "closed"; readonly at: number }
  /** The connection broke. */
  | { readonly kind: "broken"; readonly at: number }
  | { readonly kind: "stopped"; readonly at: number }
  | { readonly kind: "refused"; readonly failure: Failure; readonly at: number };

const count = z.number().nonnegative().catch(0);

const usageSchema = z.object({
  prompt_tokens: count,
  completion_tokens: count,
  prompt_tokens_details: z.object({ cached_tokens: z.number().nullish() }).nullish(),
  completion_tokens_details: z.object({ reasoning_tokens: z.number().nullish() }).nullish(),
});

const chunkSchema = z.object({
  choices: z
    .array(
      z.object({
        delta: z
          .object({
            content: z.string().nullish(),
            reasoning_content: z.string().nullish(),
          })
          .nullish(),
        finish_reason: z.string().nullish(),
      }),
    )
    .nullish(),
  usage: usageSchema.nullish().catch(null),
  quota: z.number().nullish(),
  error: z.unknown().optional(),
});

type Chunk = z.infer<typeof chunkSchema>;

export function beginAnswer(at: number): Answer {
  return { phase: "waiting", content: "", reasoning: "", startedAt: at };
}

/** The next state of an answer. Pure; an answer that has ended takes no further event. */
export function reduceAnswer(answer: Answer, event: AnswerEvent): Answer {
  if (answer.phase === "ended") {
    return answer;
  }
  switch (event.kind) {
    case "data":
      return takeData(answer, event.data, event.at);
    case "closed":
    case "broken":
      return takeClose(answer, event.kind, event.at);
    case "stopped":
      return end(answer, "stopped", event.at);
    case "refused":
      return { ...end(answer, "failed", event.at), failure: event.failure };
  }
}

function takeData(answer: Answer, data: string, at: number): Answer {
  if (data.trim() === "[DONE]") {
    // A stream that says it is done without having said anything else is an empty answer, not a broken one.
    return end(answer, "complete", at);
  }
  const chunk = readChunk(data);
  if (!chunk) {
    return answer;
  }
  if (chunk.error) {
    return { ...end(answer, "failed", at), failure: failureOf(0, { error: chunk.error }) };
  }
  return takeChunk(answer, chunk, at);
}

function readChunk(data: string): Chunk | null {
  try {
    const parsed = chunkSchema.safeParse(JSON.parse(data));
    return parsed.success ? parsed.data : null;
  } catch {
    return null; // one unreadable event is no reason to lose the rest of the answer
  }
}

function takeChunk(answer: Answer, chunk: Chunk, at: number): Answer {
  const choice = chunk.choices?.[0];
  const content = choice?.delta?.content ?? "";
  const reasoning = choice?.delta?.reasoning_content ?? "";
  let next: Answer = answer;
  if (reasoning !== "") {
    next = { ...next, phase: "reasoning", reasoning: next.reasoning + reasoning };
  }
  if (content !== "") {
    const reasoningEnds = next.reasoning !== "" && next.reasoningEndedAt === undefined;
    next = { ...next, phase: "writing", content: next.content + content, ...(reasoningEnds ? { reasoningEndedAt: at } : {}) };
  }
  if (next !== answer && next.firstTokenAt === undefined) {
    next = { ...next, firstTokenAt: at };
  }
  if (choice?.finish_reason) {
    next = { ...next, finishReason: choice.finish_reason };
  }
  if (chunk.usage) {
    next = { ...next, usage: toUsage(chunk.usage) };
  }
  if (typeof chunk.quota === "number") {
    next = { ...next, cost: chunk.quota };
  }
  return next;
}

function toUsage(usage: z.infer<typeof usageSchema>): TokenUsage {
  const cached = usage.prompt_tokens_details?.cached_tokens;
  const reasoning = usage.completion_tokens_details?.reasoning_tokens;
  return {
    input: usage.prompt_tokens,
    output: usage.completion_tokens,
    ...(cached ? { cached } : {}),
    ...(reasoning ? { reasoning } : {}),
  };
}

/** The stream is over without `[DONE]`: complete if the model had said that it finished, otherwise cut, or failed when nothing came. */
function takeClose(answer: Answer, kind: "closed" | "broken", at: number): Answer {
  if (answer.finishReason !== undefined) {
    return end(answer, "complete", at);
  }
  if (answer.content !== "" || answer.reasoning !== "") {
    return end(answer, "cut", at);
  }
  const failure: Failure = { kind: kind === "broken" ? "network" : "unreadable", detail: "" };
  return { ...end(answer, "failed", at), failure };
}

function end(answer: Answer, outcome: Outcome, at: number): Answer {
  const reasoningEnds = answer.reasoning !== "" && answer.reasoningEndedAt === undefined;
  return { ...answer, phase: "ended", outcome, endedAt: at, ...(reasoningEnds ? { reasoningEndedAt: at } : {}) };
}

/** Output tokens per second after the first one, or null when it cannot be told. */
export function speedOf(output: number | undefined, firstTokenAt: number | undefined, endedAt: number | undefined): number | null {
  if (!output || firstTokenAt === undefined || endedAt === undefined || endedAt - firstTokenAt < 100) {
    return null;
  }
  return output / ((endedAt - firstTokenAt) / 1000);
}

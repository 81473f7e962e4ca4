import { type Answer, type AnswerEvent, beginAnswer, reduceAnswer } from "./answer";

export interface RunningAnswer {
  readonly messageId: string;
  readonly answer: Answer;
}

/** Sends a request and reports events until the answer has ended or the signal is aborted. Must not reject. */
export type Sender = (signal: AbortSignal, onEvent: (event: AnswerEvent) => void) => Promise<void>;

export interface RunningAnswersOptions {
  /** Keeps an answer: now and then while it runs, and once when it has ended. */
  onKeep: (conversationId: string, messageId: string, answer: Answer) => void;
  /** Calls back before the next frame is drawn. */
  nextFrame?: (callback: () => void) => void;
  now?: () => number;
}

interface Entry {
  current: RunningAnswer;
  readonly stop: AbortController;
}

/** A reload loses at most this much of a running answer. */
const KEEP_EVERY = 2_000;

/**
 * The answers being written, at most one a conversation. They live outside the component tree, so that an answer goes on while another
 * conversation is on screen. Listeners are told at most once a frame, however many events arrive in it.
 */
export class RunningAnswers {
  readonly #running = new Map<string, Entry>();
  readonly #listeners = new Set<() => void>();
  readonly #onKeep: RunningAnswersOptions["onKeep"];
  readonly #nextFrame: (callback: () => void) => void;
  readonly #now: () => number;
  #published = new Map<string, RunningAnswer>();
  #frameAsked = false;

  constructor({ onKeep, nextFrame = nextVisibleFrame, now = Date.now }: RunningAnswersOptions) {
    this.#onKeep = onKeep;
    this.#nextFrame = nextFrame;
    this.#now = now;
  }

  start(conversationId: string, messageId: string, send: Sender): void {
    this.stop(conversationId);
    const stop = new AbortController();
    const entry: Entry = { current: { messageId, answer: beginAnswer(this.#now()) }, stop };
    this.#running.set(conversationId, entry);
    this.#publish();
    let kept = this.#now();
    const take = (event: AnswerEvent) => {
      const before = entry.current.answer;
      const answer = reduceAnswer(before, event);
      if (answer === before) {
        return;
      }
      entry.current = { messageId, answer };
      if (answer.phase === "ended") {
        this.#onKeep(conversationId, messageId, answer);
        this.#publish();
        this.#leave(conversationId, entry);
        stop.abort(); // an ended answer needs no more of its stream
        return;
      }
      if (this.#now() - kept >= KEEP_EVERY) {
        kept = this.#now();
        this.#onKeep(conversationId, messageId, answer);
      }
      this.#askFrame();
    };
    stop.signal.addEventListener("abort", () => take({ kind: "stopped", at: this.#now() }), { once: true });
    void send(stop.signal, take);
  }

  stop(conversationId: string): void {
    this.#running.get(conversationId)?.stop.abort();
  }

  stopAll(): void {
    [...this.#running.keys()].forEach((conversationId) => this.stop(conversationId));
  }

  /** The answer being written in a conversation (or ended in this very frame); the same object until the next publication. */
  of(conversationId: string): RunningAnswer | undefined {
    return this.#published.get(conversationId);
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** Takes an ended answer off the list one frame later, when whoever keeps it has it on screen: without that frame it would flicker. */
  #leave(conversationId: string, entry: Entry): void {
    this.#nextFrame(() => {
      if (this.#running.get(conversationId) === entry) {
        this.#running.delete(conversationId);
        this.#publish();
      }
    });
  }

  #askFrame(): void {
    if (this.#frameAsked) {
      return;
    }
    this.#frameAsked = true;
    this.#nextFrame(() => {
      this.#frameAsked = false;
      this.#publish();
    });
  }

  #publish(): void {
    this.#published = new Map([...this.#running].map(([conversationId, entry]) => [conversationId, entry.current]));
    this.#listeners.forEach((listener) => listener());
  }
}

/** A page in the background draws no frames; its answers are still to be seen in its title and by whoever comes back. */
function nextVisibleFrame(callback: () => void): void {
  if (document.visibilityState === "visible") {
    requestAnimationFrame(callback);
  } else {
    setTimeout(callback, 250);
  }
}

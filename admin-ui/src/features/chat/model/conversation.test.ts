import { describe, expect, it } from "vitest";
import { type Conversation, groupByDate, type Message, pathOf, promptOf, showBranch, shownOf, startConversation, titleFrom, withMessage, withoutEmptyAnswer } from "./conversation";

const message = (id: string, parentId: string | null, role: Message["role"], createdAt: number, content = id): Message => ({
  id,
  parentId,
  role,
  createdAt,
  content,
});

/** q1 → a1 → q2 → a2, and a1' beside a1. */
function branched(): Conversation {
  return [
    message("q1", null, "user", 1),
    message("a1", "q1", "assistant", 2),
    message("q2", "a1", "user", 3),
    message("a2", "q2", "assistant", 4),
    message("a1'", "q1", "assistant", 5),
  ].reduce((conversation, next) => withMessage(conversation, next, next.createdAt), startConversation("Hello", "m", 0));
}

const ids = (messages: readonly Message[]) => messages.map((item) => item.id);

describe("a conversation", () => {
  it("shows the branch that was added last", () => {
    expect(ids(pathOf(branched()))).toEqual(["q1", "a1'"]);
  });

  it("switches between branches and goes down to the newest end", () => {
    expect(ids(pathOf(showBranch(branched(), "a1")))).toEqual(["q1", "a1", "q2", "a2"]);
  });

  it("knows the versions of each message, oldest first, and none where it stands alone", () => {
    const shown = shownOf(branched());
    expect(shown.map(({ message, versions }) => [message.id, ids(versions)])).toEqual([
      ["q1", []],
      ["a1'", ["a1", "a1'"]],
    ]);
    const renewed = shownOf(withMessage(branched(), message("x", "a1'", "user", 9), 9));
    expect(renewed[0]?.versions).toBe(shown[0]?.versions);
  });

  it("stays on its branch when a message is only renewed", () => {
    const renewed = withMessage(branched(), message("a1", "q1", "assistant", 2, "longer"), 9);
    expect(ids(pathOf(renewed))).toEqual(["q1", "a1'"]);
    expect(renewed.messages["a1"]?.content).toBe("longer");
  });

  it("leaves answers that never came out of the prompt", () => {
    expect(promptOf([message("q", null, "user", 1, "hi"), message("a", "q", "assistant", 2, "")])).toEqual([{ role: "user", content: "hi" }]);
  });
});

describe("trying again", () => {
  it("puts the new answer in the place of one that never came", () => {
    const empty = withMessage(branched(), message("a1''", "q1", "assistant", 6, ""), 6);
    const tidied = withoutEmptyAnswer(empty, empty.messages["a1''"]!);
    expect(ids(pathOf(tidied))).toEqual(["q1"]);
    expect(Object.keys(tidied.messages)).not.toContain("a1''");
  });

  it("keeps answers with words in them, and those that were replied to", () => {
    const conversation = branched();
    expect(withoutEmptyAnswer(conversation, conversation.messages["a1'"]!)).toBe(conversation);
    const hollow = withMessage(conversation, message("a1", "q1", "assistant", 2, ""), 9);
    expect(withoutEmptyAnswer(hollow, hollow.messages["a1"]!)).toBe(hollow);
  });
});

describe("a title", () => {
  it("is the first line, cut at a word", () => {
    expect(titleFrom("  Hello there\nsecond line")).toBe("Hello there");
    expect(titleFrom("word ".repeat(30))).toBe(`${"word ".repeat(11)}word…`);
    expect(titleFrom("长".repeat(80))).toBe(`${"长".repeat(60)}…`);
  });
});

describe("the sidebar's groups", () => {
  it("go by the local calendar, pinned first and newest first", () => {
    const now = new Date(2026, 10, 24, 9, 0).getTime();
    const at = (...date: [number, number, number, number]) => new Date(...date).getTime();
    const summary = (id: string, updatedAt: number, pinned = false) => ({ id, title: id, updatedAt, pinned });
    const groups = groupByDate(
      [
        summary("old", at(2026, 7, 2, 1)),
        summary("late yesterday", at(2026, 10, 23, 23)),
        summary("early today", at(2026, 10, 24, 0)),
        summary("now", now),
        summary("last week", at(2026, 10, 18, 1)),
        summary("last month", at(2026, 9, 30, 1)),
        summary("pinned", at(2020, 0, 1, 1), true),
      ],
      now,
    );
    expect(groups.map(({ group, items }) => [group, items.map((item) => item.id)])).toEqual([
      ["pinned", ["pinned"]],
      ["today", ["now", "early today"]],
      ["yesterday", ["late yesterday"]],
      ["week", ["last week"]],
      ["month", ["last month"]],
      [`m:${at(2026, 7, 1, 0)}`, ["old"]],
    ]);
  });
});

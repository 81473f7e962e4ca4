package io.patchbay.dialects.openai;

import io.patchbay.dialects.scan.JsonCursor;

/** Scans the choices of a chunk or of a whole answer. */
final class ChoiceScan {
    static final int NO_INDEX = -1;
    /** Choices and calls beyond this are nonsense. */
    static final int MAX_INDEX = 1_000;

    private final Members members;
    private final JsonCursor cursor;
    private final Findings found;

    private boolean wild;
    private int usageFrom;
    private int usageTo;
    private int choices;
    private boolean misplaced;

    ChoiceScan(Members members, Findings found) {
        this.members = members;
        this.cursor = members.cursor();
        this.found = found;
    }

    void clear() {
        wild = false;
        usageFrom = 0;
        usageTo = 0;
        choices = -1;
        misplaced = false;
    }

    /** Returns whether a choice is no object, or an index is beyond all reason. */
    boolean wild() {
        return wild;
    }

    /** Returns the number of choices, -1 when none were scanned. */
    int choices() {
        return choices;
    }

    /** Returns whether a choice holds its content elsewhere than asked for: a whole message where a delta belongs. */
    boolean misplaced() {
        return misplaced;
    }

    /** Returns where the usage object of a choice begins; 0 when there is none. */
    int usageFrom() {
        return usageFrom;
    }

    int usageTo() {
        return usageTo;
    }

    /** Scans the array under the cursor. */
    void scan(String holder) {
        choices = 0;
        cursor.enterArray();
        boolean first = true;
        while (cursor.nextElement(first)) {
            first = false;
            if (cursor.peek() == '{') {
                choice(holder);
            } else {
                cursor.skip();
                wild = true;
            }
            choices++;
        }
        wild |= choices > MAX_INDEX;
    }

    private void choice(String holder) {
        int here = found.add(Findings.CHOICE, choices, cursor.at());
        cursor.enterObject();
        int finishFrom = 0;
        int finishTo = 0;
        int insteadFrom = 0;
        int insteadTo = 0;
        boolean held = false;
        boolean message = false;
        int seen = 0;
        boolean first = true;
        while (members.next(first)) {
            first = false;
            int from = cursor.at();
            if (members.is(holder)) {
                seen = members.see(seen, 1);
                if (cursor.peek() == '{') {
                    held = true;
                    holder();
                } else {
                    cursor.skip();
                    insteadFrom = from;
                    insteadTo = cursor.at();
                }
            } else if (members.is("index")) {
                seen = members.see(seen, 2);
                cursor.skip();
                if (Members.isDigit(members.at(from))) {
                    found.a(here, index(from, cursor.at()));
                }
            } else if (members.is("finish_reason")) {
                seen = members.see(seen, 4);
                if (members.string()) {
                    finishFrom = cursor.stringFrom();
                    finishTo = cursor.stringTo();
                }
            } else if (members.is("usage") && cursor.peek() == '{') {
                cursor.skip();
                usageFrom = from;
                usageTo = cursor.at();
            } else {
                message |= members.is("message");
                cursor.skip();
            }
        }
        if (!held) {
            misplaced |= message;
            found.add(Findings.NO_DELTA, insteadFrom, insteadTo);
        }
        if (finishTo > finishFrom) {
            found.add(Findings.FINISH, finishFrom, finishTo);
        }
    }

    private void holder() {
        cursor.enterObject();
        int seen = 0;
        boolean first = true;
        while (members.next(first)) {
            first = false;
            switch (members.initial()) {
                case 'c' -> {
                    if (members.is("content")) {
                        seen = members.see(seen, 1);
                        textOrParts();
                        continue;
                    }
                }
                case 'r' -> {
                    if (members.is("role")) {
                        seen = members.see(seen, 2);
                        if (!members.string() && members.at(cursor.at() - 1) == '"') {
                            found.add(Findings.NO_ROLE, cursor.at() - 1, cursor.at() - 1);
                        }
                        continue;
                    }
                    if (members.is("refusal")) {
                        seen = members.see(seen, 4);
                        span(Findings.TEXT);
                        continue;
                    }
                    if (members.is("reasoning_content")) {
                        seen = members.see(seen, 8);
                        span(Findings.REASONING_CONTENT);
                        continue;
                    }
                    if (members.is("reasoning")) {
                        seen = members.see(seen, 16);
                        span(Findings.REASONING);
                        continue;
                    }
                }
                case 't' -> {
                    if (members.is("tool_calls") && cursor.peek() == '[') {
                        seen = members.see(seen, 32);
                        calls();
                        continue;
                    }
                }
                case 'f' -> {
                    if (members.is("function_call") && cursor.peek() == '{') {
                        seen = members.see(seen, 64);
                        found.add(Findings.CALL, 0, 0);
                        called();
                        continue;
                    }
                }
                case 'a', 'i' -> {
                    if (members.is("audio") || members.is("images")) {
                        byte begin = cursor.peek();
                        int from = cursor.at();
                        cursor.skip();
                        if ((begin == '{' || begin == '[') && cursor.at() - from > 2) {
                            found.add(Findings.MEDIA, from, cursor.at());
                        }
                        continue;
                    }
                }
                default -> {}
            }
            cursor.skip();
        }
    }

    private void textOrParts() {
        if (cursor.peek() != '[') {
            span(Findings.TEXT);
            return;
        }
        int from = cursor.at();
        cursor.skip();
        found.add(Findings.PARTS, from, cursor.at());
    }

    private void calls() {
        cursor.enterArray();
        boolean first = true;
        while (cursor.nextElement(first)) {
            first = false;
            if (cursor.peek() == '{') {
                call();
            } else {
                cursor.skip();
            }
        }
    }

    private void call() {
        int here = found.add(Findings.CALL, NO_INDEX, 0);
        cursor.enterObject();
        int seen = 0;
        boolean first = true;
        while (members.next(first)) {
            first = false;
            int from = cursor.at();
            if (members.is("index")) {
                seen = members.see(seen, 1);
                cursor.skip();
                if (Members.isDigit(members.at(from))) {
                    found.a(here, index(from, cursor.at()));
                }
            } else if (members.is("id")) {
                seen = members.see(seen, 2);
                span(Findings.CALL_ID);
            } else if ((members.is("function") || members.is("custom")) && cursor.peek() == '{') {
                seen = members.see(seen, 4);
                called();
            } else {
                cursor.skip();
            }
        }
    }

    /** Reads name and arguments of a function, or name and input of a custom tool. */
    private void called() {
        cursor.enterObject();
        int seen = 0;
        boolean first = true;
        while (members.next(first)) {
            first = false;
            if (members.is("name")) {
                seen = members.see(seen, 1);
                span(Findings.CALL_NAME);
            } else if (members.is("arguments") || members.is("input")) {
                seen = members.see(seen, 2);
                byte begin = cursor.peek();
                int from = cursor.at();
                if (begin == '{' || begin == '[') {
                    cursor.skip();
                    found.add(Findings.CALL_TREE, from, cursor.at());
                } else {
                    span(Findings.CALL_TEXT);
                }
            } else {
                cursor.skip();
            }
        }
    }

    /** Notes the content of a string that is not empty; skips anything else. */
    private void span(int kind) {
        if (members.string()) {
            found.add(kind, cursor.stringFrom(), cursor.stringTo());
        }
    }

    private int index(int from, int to) {
        long number = members.number(from, to);
        if (number > MAX_INDEX) {
            wild = true;
        }
        return (int) Math.min(number, MAX_INDEX);
    }
}

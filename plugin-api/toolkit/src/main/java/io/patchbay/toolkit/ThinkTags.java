package io.patchbay.toolkit;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Takes thinking out of an answer in which it is wrapped in tags: {@code <think>…</think>}, and the block
 * {@code <details …><summary> Thinking... </summary>…</details>} that pages show folded. It may come in pieces cut
 * anywhere. One object serves one run.
 */
public final class ThinkTags {
    /** Longer than any opening tag that was seen; what waits longer for its end is no tag. */
    private static final int LONGEST_TAG = 200;

    private static final Pattern OPENING =
            Pattern.compile("<think>|<details[^>]{0,120}>\\s{0,9}<summary>\\s{0,9}Thinking\\.{0,3}\\s{0,9}</summary>");

    private final ChatWriter writer;
    private String held = "";
    private String closing = "";

    /** Creates a splitter that tells text and thinking to that writer. */
    public ThinkTags(ChatWriter writer) {
        this.writer = writer;
    }

    /** Adds a piece of the answer. */
    public void text(String piece) {
        String answer = held + piece;
        Matcher opening = OPENING.matcher(answer);
        int at = 0;
        while (true) {
            if (closing.isEmpty()) {
                if (!opening.find(at)) {
                    break;
                }
                tell(answer.substring(at, opening.start()));
                closing = opening.group().equals("<think>") ? "</think>" : "</details>";
                at = opening.end();
            } else {
                int end = answer.indexOf(closing, at);
                if (end < 0) {
                    break;
                }
                tell(answer.substring(at, end));
                at = end + closing.length();
                closing = "";
            }
        }
        int safe = closing.isEmpty() ? beforeOpening(answer, at) : beforeClosing(answer, at);
        tell(answer.substring(at, safe));
        held = answer.substring(safe);
    }

    /** Tells what was held back because it could have become a tag; called when the answer is complete. */
    public void end() {
        tell(held);
        held = "";
    }

    private static int beforeOpening(String answer, int at) {
        int from = answer.indexOf('<', Math.max(at, answer.length() - LONGEST_TAG));
        while (from >= 0 && !mayOpen(answer.substring(from))) {
            from = answer.indexOf('<', from + 1);
        }
        return from < 0 ? answer.length() : from;
    }

    /** Returns whether the text can still become an opening tag: that is what {@code hitEnd} says of a failed match. */
    private static boolean mayOpen(String rest) {
        Matcher matcher = OPENING.matcher(rest);
        return !matcher.matches() && matcher.hitEnd();
    }

    private int beforeClosing(String answer, int at) {
        int from = Math.max(at, answer.length() - closing.length() + 1);
        while (!closing.startsWith(answer.substring(from))) {
            from++;
        }
        return from;
    }

    private void tell(String text) {
        if (closing.isEmpty()) {
            writer.text(text);
        } else {
            writer.reasoning(text);
        }
    }
}

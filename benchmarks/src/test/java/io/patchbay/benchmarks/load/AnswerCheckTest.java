package io.patchbay.benchmarks.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** A wrong answer is noticed, however it is cut, and a right one is not called wrong. */
final class AnswerCheckTest {
    private static final String ROLE = event("{\"role\":\"assistant\",\"content\":\"\"}");
    private static final String DONE = "data: [DONE]\n\n";
    private static final String GOOD = ROLE + word("a") + ": heartbeat\n\n" + word("\\\"content\\\":\\\"\\\"")
            + word(" c").replace("\n", "\r\n") + DONE;

    private static String event(String delta) {
        return "data: {\"choices\":[{\"index\":0,\"delta\":" + delta + ",\"finish_reason\":null}]}\n\n";
    }

    private static String word(String text) {
        return event("{\"content\":\"" + text + "\"}");
    }

    private static AnswerCheck check(boolean stream, String... pieces) {
        AnswerCheck check = new AnswerCheck(stream);
        check.reset();
        for (String piece : pieces) {
            // What stands around the piece must not be looked at.
            byte[] bytes = ("##" + piece + "##").getBytes(StandardCharsets.UTF_8);
            check.body(bytes, 2, bytes.length - 2);
        }
        return check;
    }

    @Test
    void aGoodStreamCutAnywhere() {
        for (int cut = 0; cut <= GOOD.length(); cut++) {
            AnswerCheck check = check(true, GOOD.substring(0, cut), GOOD.substring(cut));
            assertThat(check.verdict(3)).as("cut at %d", cut).isNull();
            assertThat(check.events()).isEqualTo(3);
        }
    }

    @Test
    void aStreamWithoutItsEndIsIncomplete() {
        for (int length = 0; length < GOOD.length() - 1; length++) {
            assertThat(check(true, GOOD.substring(0, length)).verdict(3))
                    .as("first %d characters", length)
                    .isEqualTo(FailureKind.INCOMPLETE);
        }
    }

    @Test
    void aStreamWithAnEventMissingOrTwiceHasAWrongCount() {
        assertThat(check(true, ROLE, word("a"), DONE).verdict(2)).isEqualTo(FailureKind.WRONG_COUNT);
        assertThat(check(true, ROLE, word("a"), word("a"), word("b"), DONE).verdict(2))
                .isEqualTo(FailureKind.WRONG_COUNT);
        assertThat(check(true, ROLE, word("a"), word(""), DONE).verdict(2)).isEqualTo(FailureKind.WRONG_COUNT);
    }

    @Test
    void aStreamThatTellsAnErrorHasFailed() {
        String error = "data: {\"error\":{\"message\":\"broken\"}}\n\n";
        assertThat(check(true, ROLE, word("a"), error, DONE).verdict(1)).isEqualTo(FailureKind.ERROR_EVENT);
    }

    @Test
    void aWholeAnswerMustEndAsJsonDoes() {
        assertThat(check(false, "{\"a\":", "1}", "\n").verdict(0)).isNull();
        assertThat(check(false, "{\"a\":1").verdict(0)).isEqualTo(FailureKind.INCOMPLETE);
        assertThat(check(false, "").verdict(0)).isEqualTo(FailureKind.INCOMPLETE);
    }

    @Test
    void nothingIsLeftOfTheAnswerBefore() {
        AnswerCheck check = check(true, ROLE + word("a") + "data: {\"choi");
        check.reset();
        byte[] good = GOOD.getBytes(StandardCharsets.UTF_8);
        check.body(good, 0, good.length);
        assertThat(check.verdict(3)).isNull();
    }
}

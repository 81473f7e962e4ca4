package io.patchbay.relay.routing;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.spi.Bytes;
import org.junit.jupiter.api.Test;

final class CallThreadsTest {
    private static CallThread of(String messages) {
        return CallThreads.of(1, "m", "", Bytes.of(messages));
    }

    private static final String FIRST =
            "[{\"role\":\"system\",\"content\":\"s\"},{\"role\":\"user\",\"content\":\"hi\"}]";
    private static final String SECOND =
            "[ {\"role\":\"system\",\"content\":\"s\"},\n {\"role\":\"user\",\"content\":\"hi\"},"
                    + "{\"role\":\"assistant\",\"content\":\"hello\"},{\"role\":\"user\",\"content\":\"more\"}]";

    @Test
    void aCallThatAddsToTheMessagesOfAnotherFollowsIt() {
        assertThat(of(SECOND).earlier()).contains(of(FIRST).own());
    }

    @Test
    void theSameQuestionTwiceIsNoConversation() {
        assertThat(of(FIRST).earlier()).doesNotContain(of(FIRST).own());
        assertThat(of(FIRST).own()).isEqualTo(of(FIRST).own());
    }

    @Test
    void twoUsersAndTwoModelsNeverShareOne() {
        CallThread other = CallThreads.of(2, "m", "", Bytes.of(FIRST));
        CallThread model = CallThreads.of(1, "n", "", Bytes.of(FIRST));

        assertThat(of(SECOND).earlier()).doesNotContain(other.own(), model.own());
    }

    @Test
    void aNamedConversationIsItself() {
        CallThread named = CallThreads.of(1, "m", "chat-7", Bytes.of(FIRST));

        assertThat(named.earlier()).containsExactly(named.own());
        assertThat(CallThreads.of(2, "m", "chat-7", null)).isNotEqualTo(named);
    }

    @Test
    void whatIsNoListOfMessagesStandsAlone() {
        assertThat(of("{}")).isEqualTo(CallThread.NONE);
        assertThat(of("[")).isEqualTo(CallThread.NONE);
        assertThat(of("[]")).isEqualTo(CallThread.NONE);
        assertThat(CallThreads.of(1, "m", "", null)).isEqualTo(CallThread.NONE);
    }

    @Test
    void looksForAtMostSixteenBeginnings() {
        StringBuilder many = new StringBuilder("[");
        for (int i = 0; i < 100; i++) {
            many.append(i == 0 ? "" : ",")
                    .append("{\"role\":\"user\",\"content\":\"")
                    .append(i)
                    .append("\"}");
        }

        assertThat(of(many.append(']').toString()).earlier()).hasSize(16);
    }
}

package io.patchbay.toolkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.spi.json.Json;
import io.patchbay.testkit.host.TestChatCall;
import io.patchbay.testkit.host.TestTurn;
import java.time.Instant;
import org.junit.jupiter.api.Test;

final class RequestFieldsTest {
    private static RequestFields chat(String members) {
        return RequestFields.of(TestChatCall.of(
                        "{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]," + members + "}")
                .request());
    }

    @Test
    void whatNobodyTookIsToldInOrder() {
        RequestFields fields = chat("\"top_p\":0.5,\"seed\":7,\"size\":\"1x1\",\"tools\":[{\"type\":\"function\","
                + "\"function\":{\"name\":\"f\"}}]");
        fields.take("seed");
        fields.lose("messages.image_url");

        assertThat(fields.rest()).containsExactly("messages.image_url", "size", "tools", "top_p");
        TestTurn<Object> turn = new TestTurn<>(Instant.EPOCH, 1);
        fields.reportRest(turn);
        assertThat(turn.dropped()).isEqualTo(fields.rest());
    }

    @Test
    void whatAsksForNothingSpecialIsNotMissed() {
        assertThat(chat("\"n\":1,\"presence_penalty\":0,\"user\":null,\"stream_options\":{}")
                        .rest())
                .isEmpty();
        assertThat(chat("\"n\":2").rest()).containsExactly("n");
    }

    @Test
    void settingsOfOtherCallsAreReadAlike() {
        RequestFields fields = RequestFields.of(Json.parse("{\"size\":\"1024x1024\",\"n\":1,\"quality\":\"high\"}")
                .asObject());

        assertThat(fields.text("size")).isEqualTo("1024x1024");
        assertThat(fields.rest()).containsExactly("quality");
    }
}

package io.patchbay.toolkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.spi.FaultKind;
import io.patchbay.spi.http.Answer;
import io.patchbay.testkit.host.TestAnswer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class FaultsTest {
    @Test
    void theRefusedFieldIsReadFromParam() {
        assertThat(Faults.refusedField(answer(
                        400,
                        "{\"error\":{\"code\":\"unsupported_value\",\"param\":\"temperature\",\"message\":\"no\"}}")))
                .isEqualTo("temperature");
    }

    @Test
    void theRefusedFieldIsReadFromTheWordsOfServersWithoutCodes() {
        assertThat(refusedBy("Unrecognized request argument supplied: top_k")).isEqualTo("top_k");
        assertThat(refusedBy("Unknown parameter: 'min_p'.")).isEqualTo("min_p");
        assertThat(refusedBy("Unsupported parameter: 'max_tokens' is not supported with this model."))
                .isEqualTo("max_tokens");
        assertThat(refusedBy("property 'logprobs' is unsupported")).isEqualTo("logprobs");
    }

    @Test
    void otherRefusalsNameNoField() {
        assertThat(refusedBy("messages is too long")).isNull();
        assertThat(Faults.refusedField(answer(400, "no json"))).isNull();
        assertThat(Faults.refusedField(
                        answer(401, "{\"error\":{\"code\":\"unsupported_value\",\"param\":\"temperature\"}}")))
                .isNull();
        assertThat(Faults.refusedField(answer(
                        400, "{\"error\":{\"code\":\"invalid_type\",\"param\":\"temperature\",\"message\":\"no\"}}")))
                .isNull();
    }

    @Test
    void theSuggestedFieldIsRead() {
        Answer answer = answer(400, "{\"error\":{\"message\":\"Use 'max_completion_tokens' instead.\"}}");

        assertThat(Faults.suggestedField(answer)).isEqualTo("max_completion_tokens");
    }

    @Test
    void theVendorsOwnCodesComeBeforeTheHostsReading() {
        var table = Faults.byCode(Map.of("1113", FaultKind.QUOTA, "odd_type", FaultKind.CONTENT));

        assertThat(table.apply(answer(400, "{\"error\":{\"code\":1113,\"message\":\"no\"}}"))
                        .kind())
                .isEqualTo(FaultKind.QUOTA);
        assertThat(table.apply(answer(400, "{\"code\":\"1113\",\"message\":\"no\"}"))
                        .kind())
                .isEqualTo(FaultKind.QUOTA);
        assertThat(table.apply(answer(400, "{\"error\":{\"type\":\"odd_type\",\"message\":\"no\"}}"))
                        .kind())
                .isEqualTo(FaultKind.CONTENT);
        assertThat(table.apply(answer(401, "{\"error\":{\"message\":\"no\"}}")).kind())
                .isEqualTo(FaultKind.KEY_DEAD);
        assertThat(table.apply(answer(503, "<html>")).kind()).isEqualTo(FaultKind.RETRY);
    }

    private static String refusedBy(String message) {
        return Faults.refusedField(answer(400, "{\"error\":{\"message\":\"" + message + "\"}}"));
    }

    private static Answer answer(int status, String body) {
        return new TestAnswer(
                status,
                Map.of("content-type", "application/json"),
                body.getBytes(StandardCharsets.UTF_8),
                Instant.EPOCH);
    }
}

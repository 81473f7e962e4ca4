package io.patchbay.relay.openai;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.billing.tokens.TokenCounter;
import io.patchbay.dialects.wire.WireBody;
import io.patchbay.relay.call.InputTokens;
import io.patchbay.spi.Dialect;
import io.patchbay.spi.json.JsonValue;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class InputEstimateTest {
    private static final String MODEL = "gpt-4o";

    private final TokenCounter counter = new TokenCounter();

    private InputTokens tokens(String model, String json) {
        return InputEstimate.of(
                WireBody.read(Dialect.OPENAI_CHAT, json.getBytes(StandardCharsets.UTF_8)), model, counter);
    }

    private InputTokens messages(String messages) {
        return tokens(MODEL, "{\"messages\":[" + messages + "]}");
    }

    private long text(String text) {
        return counter.text(MODEL, text);
    }

    /** The example of OpenAI's guide to counting tokens, and what its service reported for it. */
    @ParameterizedTest
    @CsvSource({"gpt-3.5-turbo-0613, 129", "gpt-4-0613, 129", "gpt-4, 129", "gpt-4o, 124", "gpt-4o-mini, 124"})
    void countsAsTheServiceReports(String model, long reported) {
        InputTokens tokens = tokens(model, """
                {"messages":[
                 {"role":"system","content":"You are a helpful, pattern-following assistant that translates corporate jargon into plain English."},
                 {"role":"system","name":"example_user","content":"New synergies will help drive top-line growth."},
                 {"role":"system","name":"example_assistant","content":"Things working well together will increase revenue."},
                 {"role":"system","name":"example_user","content":"Let's circle back when we have more bandwidth to touch base on opportunities for increased leverage."},
                 {"role":"system","name":"example_assistant","content":"Let's talk later when we're less busy about how to do better."},
                 {"role":"user","content":"This late pivot means we don't have time to boil the ocean for the client deliverable."}]}""");
        assertThat(tokens.estimate()).isEqualTo(reported);
        assertThat(tokens.exact()).isEqualTo(reported);
    }

    @Test
    void countsMessagesAsTheOriginalDoes() {
        // Each message: what its content and its role have, and 3; and 3 for all.
        assertThat(messages("{\"role\":\"user\",\"content\":\"hello world\"}").exact())
                .isEqualTo(2 + 1 + 3 + 3);
        assertThat(tokens("gpt-3.5-turbo-0301", "{\"messages\":[{\"role\":\"user\",\"content\":\"hello world\"}]}")
                        .exact())
                .isEqualTo(2 + 1 + 4 + 3);
        assertThat(messages("{\"role\":\"user\",\"content\":\"\"},{\"role\":\"assistant\",\"content\":null}")
                        .exact())
                .isEqualTo(4 + 4 + 3);
    }

    @Test
    void countsWhatWasCalled() {
        String call = "{\"role\":\"assistant\",\"content\":null,\"tool_calls\":[{\"id\":\"call_aaaaaaaaaaaaaaaa\","
                + "\"type\":\"function\",\"function\":{\"name\":\"find_city\",\"arguments\":\"{\\\"q\\\":\\\"Oslo\\\"}\"}},"
                + "{\"type\":\"custom\",\"custom\":{\"name\":\"shell\",\"input\":\"ls -l\"}}]}";
        assertThat(messages(call).exact())
                .isEqualTo(4 + 3 + text("find_city") + text("{\"q\":\"Oslo\"}") + text("shell") + text("ls -l"));
        assertThat(messages("{\"role\":\"assistant\",\"function_call\":{\"name\":\"f\",\"arguments\":\"{}\"}}")
                        .exact())
                .isEqualTo(4 + 3 + text("f") + text("{}"));
        assertThat(messages("{\"role\":\"tool\",\"tool_call_id\":\"call_aaaaaaaaaaaaaaaaaaaa\",\"content\":\"rain\"}")
                        .exact())
                .isEqualTo(4 + 3 + text("rain"));
    }

    @Test
    void countsWhatCanBeCalled() {
        String tools =
                "[{\"type\":\"function\",\"function\":{\"name\":\"find_city\",\"parameters\":{\"type\":\"object\"}}}]";
        String message = "\"messages\":[{\"role\":\"user\",\"content\":\"hello world\"}]";
        assertThat(tokens(MODEL, "{" + message + ",\"tools\":" + tools + "}").exact())
                .isEqualTo(9 + text(tools));
        assertThat(tokens(MODEL, "{" + message + ",\"functions\":" + tools + "}")
                        .exact())
                .isEqualTo(9 + text(tools));
    }

    @Test
    void picturesAndSoundsAreNeverCountedAsText() {
        String base64 = "iVBORw0KGgo".repeat(50_000);
        InputTokens tokens = messages("{\"role\":\"user\",\"content\":[{\"type\":\"text\",\"text\":\"hello world\"},"
                + "{\"type\":\"image_url\",\"image_url\":{\"url\":\"data:image/png;base64," + base64 + "\"}},"
                + "{\"type\":\"input_audio\",\"input_audio\":{\"data\":\"" + base64 + "\",\"format\":\"wav\"}}]},"
                + "{\"role\":\"assistant\",\"content\":\"\",\"images\":[{\"image_url\":{\"url\":\"" + base64
                + "\"}}]}");
        assertThat(tokens.estimate()).isEqualTo(9 + 800 + 800 + 4 + 800);
        assertThat(tokens.exact()).isEqualTo(tokens.estimate());
    }

    @Test
    void longPromptsAreEstimatedFirstAndCountedWhenAsked() {
        String prose = "The lighthouse had been dark for eleven years when the keeper came.\n".repeat(2_000);
        InputTokens tokens =
                messages("{\"role\":\"user\",\"content\":" + JsonValue.of(prose).toJson() + "}");
        long exact = text(prose) + 1 + 3 + 3;
        assertThat(tokens.estimate()).isNotEqualTo(exact).isBetween(exact / 2, 2 * exact);
        assertThat(tokens.exact()).isEqualTo(exact);
        assertThat(tokens.estimate()).isEqualTo(exact);
    }

    @Test
    void thereIsAnEndToCounting() {
        String endless = "x".repeat(2 * InputEstimate.COUNTED_AT_MOST);
        InputTokens tokens = messages("{\"role\":\"user\",\"content\":\"" + endless + "\"}");
        long begun = System.nanoTime();
        // Estimated: a quarter of a token for each letter, where a count finds an eighth.
        assertThat(tokens.exact()).isGreaterThan(endless.length() / 5);
        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(5));
    }

    @Test
    void promptsOfPicturesAreCountedToo() {
        assertThat(InputEstimate.of("hello world", 2, MODEL, counter).exact()).isEqualTo(2 + 1_600);
        assertThat(InputEstimate.of("", 0, MODEL, counter).exact()).isZero();
        String prose = "A red fox in the snow, painted in oil. ".repeat(3_000);
        InputTokens tokens = InputEstimate.of(prose, 1, MODEL, counter);
        assertThat(tokens.estimate()).isNotEqualTo(text(prose) + 800);
        assertThat(tokens.exact()).isEqualTo(text(prose) + 800);
    }
}

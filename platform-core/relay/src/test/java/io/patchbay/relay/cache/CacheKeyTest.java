package io.patchbay.relay.cache;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.patchbay.dialects.wire.WireBody;
import io.patchbay.spi.Dialect;
import io.patchbay.spi.chat.Wire;
import io.patchbay.spi.http.Body;
import io.patchbay.spi.json.Json;
import io.patchbay.spi.json.JsonObject;
import io.patchbay.spi.json.JsonValue;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class CacheKeyTest {
    private static final String MESSAGES = "\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]";

    private static Wire wire(String body) {
        return WireBody.read(Dialect.OPENAI_CHAT, body.getBytes(StandardCharsets.UTF_8));
    }

    private static Optional<CacheKey> key(String members) {
        return CacheKey.of("normal", "m", wire("{" + MESSAGES + members + "}"));
    }

    private static CacheKey keyOf(String body) {
        return CacheKey.of("normal", "m", wire(body)).orElseThrow();
    }

    @Test
    void theSameRequestHasTheSameKeyHoweverItIsWritten() {
        CacheKey key = keyOf("{\"model\":\"m\"," + MESSAGES + ",\"temperature\":1,\"top_p\":0.5}");
        assertThat(keyOf("{\"top_p\":0.5,\"temperature\":1," + MESSAGES + ",\"model\":\"m\"}"))
                .isEqualTo(key);
        assertThat(keyOf(" {\n"
                        + " \"model\" : \"m\",\t\"messages\" : [ { \"role\" : \"user\" , \"content\" :"
                        + " \"Hi\" } ] , \"temperature\":1 ,\"top_p\" :0.5 }\r\n"))
                .isEqualTo(key);
        for (String one : new String[] {"1.0", "1.00", "1e0", "10E-1", "0.1e+1"}) {
            assertThat(keyOf("{" + MESSAGES + ",\"temperature\":" + one + ",\"top_p\":5e-1}"))
                    .as(one)
                    .isEqualTo(key);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                ",\"model\":\"m@fast\"",
                ",\"stream\":true",
                ",\"stream_options\":{\"include_usage\":true}",
                ",\"user\":\"u-1\"",
                ",\"safety_identifier\":\"s\"",
                ",\"metadata\":{\"a\":\"b\"}",
                ",\"store\":true",
                ",\"service_tier\":\"flex\"",
                ",\"prompt_cache_key\":\"k\"",
                ",\"prompt_cache_retention\":\"24h\"",
                ",\"n\":1",
                ",\"n\":null",
                ",\"logprobs\":false",
                ",\"logprobs\":null",
                ",\"top_logprobs\":0",
                ",\"modalities\":[\"text\"]",
                ",\"audio\":null"
            })
    void whatDoesNotInfluenceTheAnswerDoesNotCount(String member) {
        assertThat(key(member)).isPresent().isEqualTo(key(""));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                ",\"temperature\":1",
                ",\"temperature\":\"1\"",
                ",\"temperature\":null",
                ",\"max_tokens\":5",
                ",\"max_completion_tokens\":5",
                ",\"stop\":[\"a\",\"b\"]",
                ",\"stop\":[\"a\\\",\\\"b\"]",
                ",\"stop\":[\"ab\"]",
                ",\"seed\":7",
                ",\"reasoning_effort\":\"low\"",
                ",\"response_format\":{\"type\":\"json_object\"}",
                ",\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"f\"}}]",
                ",\"tool_choice\":\"auto\"",
                ",\"x_vendor\":{\"a\":1,\"b\":2}",
                ",\"x_vendor\":{\"a\":[1],\"b\":2}",
                ",\"x_vendor\":{\"a\":[1,2]}",
                ",\"x_vendor\":{}",
                ",\"x_vendor\":[]",
                ",\"x_vendor\":\"\"",
                ",\"x_vendor\":true"
            })
    void everythingElseCounts(String member) {
        assertThat(key(member)).isPresent().isNotEqualTo(key(""));
        assertThat(Set.of(
                        key(member),
                        key(",\"temperature\":2"),
                        key(",\"x_vendor\":{\"a\":1}"),
                        key(",\"x_vendor\":{\"b\":1}")))
                .hasSize(4);
    }

    @Test
    void groupModelAndMessagesCountAndCannotRunIntoEachOther() {
        Wire hi = wire("{" + MESSAGES + "}");
        assertThat(Set.of(
                        CacheKey.of("normal", "m", hi),
                        CacheKey.of("vip", "m", hi),
                        CacheKey.of("normal", "m2", hi),
                        CacheKey.of("normalm", "", hi),
                        CacheKey.of("normal\",\"m", "", hi),
                        CacheKey.of("normal", "m", wire("{" + MESSAGES.replace("Hi", "Ho") + "}")),
                        CacheKey.of("normal", "m", wire("{" + MESSAGES.replace("user", "system") + "}"))))
                .hasSize(7);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                ",\"n\":2",
                ",\"n\":\"2\"",
                ",\"logprobs\":true",
                ",\"logprobs\":5",
                ",\"top_logprobs\":3",
                ",\"modalities\":[\"text\",\"audio\"]",
                ",\"modalities\":[\"image\"]",
                ",\"modalities\":[]",
                ",\"audio\":{\"voice\":\"alloy\",\"format\":\"wav\"}"
            })
    void requestsWhoseAnswersCannotBeKeptHaveNone(String member) {
        assertThat(key(member)).isEmpty();
    }

    @Test
    void dialectsWhoseMembersAreNotKnownHaveNone() {
        byte[] body = ("{" + MESSAGES + "}").getBytes(StandardCharsets.UTF_8);
        assertThat(CacheKey.of("normal", "m", WireBody.read(Dialect.OPENAI_RESPONSES, body)))
                .isEmpty();
    }

    @Test
    void numbersThatCannotBeComparedCheaplyCountAsTheyAreWritten() {
        assertThat(key(",\"seed\":1e999999999")).isPresent().isNotEqualTo(key(",\"seed\":1e999999998"));
        assertThat(key(",\"seed\":1e99999999999")).isPresent().isNotEqualTo(key(",\"seed\":1e99999999998"));
        String long1 = "1" + "0".repeat(60);
        assertThat(key(",\"seed\":" + long1)).isPresent().isNotEqualTo(key(",\"seed\":" + long1 + "0"));
    }

    @Test
    void aBodyInAnotherFormHasTheSameKey() {
        String body = "{\"messages\":[{\"role\":\"user\",\"content\":\"H\\u00e9\\n\"}],\"seed\":1.50}";
        JsonObject tree = Json.parse(body).asObject();
        assertThat(CacheKey.of("normal", "m", new TreeWire(tree)))
                .isEqualTo(CacheKey.of("normal", "m", wire(tree.toJson())));
    }

    @Test
    void aLargePromptIsHashedWithoutACopy() {
        String content = "x".repeat(8 * 1024 * 1024);
        Wire large = wire("{" + MESSAGES.replace("Hi", content) + "}");
        Wire other = wire("{" + MESSAGES.replace("Hi", content + "y") + "}");
        long before = allocated();
        CacheKey key = CacheKey.of("normal", "m", large).orElseThrow();
        assertThat(allocated() - before).isLessThan(1024 * 1024);
        assertThat(key).isNotEqualTo(CacheKey.of("normal", "m", other).orElseThrow());
    }

    private static long allocated() {
        return ((ThreadMXBean) ManagementFactory.getThreadMXBean()).getCurrentThreadAllocatedBytes();
    }

    /** A request that is no text. */
    private record TreeWire(JsonObject tree) implements Wire {
        @Override
        public Dialect dialect() {
            return Dialect.OPENAI_CHAT;
        }

        @Override
        public Set<String> names() {
            return tree.members().keySet();
        }

        @Override
        public JsonValue get(String name) {
            return tree.get(name);
        }

        @Override
        public Body edited(Map<String, JsonValue> set, Map<String, String> rename, Set<String> remove) {
            throw new UnsupportedOperationException("nobody edits it");
        }
    }
}

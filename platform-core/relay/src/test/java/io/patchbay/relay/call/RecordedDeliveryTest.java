package io.patchbay.relay.call;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.patchbay.dialects.ClientPlan;
import io.patchbay.dialects.UpstreamCodec;
import io.patchbay.dialects.anthropic.AnthropicCodec;
import io.patchbay.dialects.openai.OpenAiChatCodec;
import io.patchbay.dialects.wire.WireBody;
import io.patchbay.foundation.config.DatabaseConfig;
import io.patchbay.foundation.database.Database;
import io.patchbay.foundation.state.SharedState;
import io.patchbay.relay.cache.AnswerCache;
import io.patchbay.relay.cache.AnswerRecorder;
import io.patchbay.relay.cache.CacheSettings;
import io.patchbay.relay.cache.CacheVisit;
import io.patchbay.relay.cache.CachedAnswer;
import io.patchbay.relay.exchange.FlowHost;
import io.patchbay.spi.Bytes;
import io.patchbay.spi.Dialect;
import io.patchbay.spi.Framing;
import io.patchbay.spi.Next;
import io.patchbay.spi.Profile;
import io.patchbay.spi.Usage;
import io.patchbay.spi.Voice;
import io.patchbay.spi.chat.ChatEvent;
import io.patchbay.spi.http.HttpRequest;
import io.patchbay.spi.json.Json;
import io.patchbay.spi.json.JsonValue;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Answers that are recorded on their way to the client, and told again from the cache. */
final class RecordedDeliveryTest {
    private static final OpenAiChatCodec CLIENT = new OpenAiChatCodec();
    private static final ClientPlan PLAN = new ClientPlan("public", true, "chatcmpl-1", 1_800_000_000);
    private static final WireBody REQUEST = WireBody.read(
            Dialect.OPENAI_CHAT,
            "{\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}".getBytes(StandardCharsets.UTF_8));

    @TempDir
    private Path home;

    private Database database;
    private AnswerCache cache;

    @BeforeEach
    void open() {
        database = Database.open(DatabaseConfig.sqlite(home.resolve("test.db")), List.of());
        cache = AnswerCache.open(
                database,
                SharedState.inProcess(InstantSource.system()).bus(),
                new SimpleMeterRegistry(),
                InstantSource.system());
        cache.change(before -> new CacheSettings(Set.of("public"), 1, 60));
    }

    @AfterEach
    void close() {
        cache.close();
        database.close();
    }

    private CacheVisit visit() {
        return cache.visit(new AnswerCache.Question("normal", "public", "", REQUEST))
                .orElseThrow();
    }

    /** Keeps what was recorded and returns what the next call finds. */
    private Optional<CachedAnswer> kept(AnswerRecorder recorder) {
        visit().answered(recorder, Set.of());
        return visit().hit();
    }

    private static Next.Speak speaks(Dialect dialect) {
        return (Next.Speak) Next.speak(
                HttpRequest.post("http://upstream.example/chat").build(),
                Framing.SSE,
                dialect,
                Voice.of(Profile.STANDARD));
    }

    private static FlowHost.Speaking answer(ChatDelivery delivery, UpstreamCodec codec, boolean framed) {
        FlowHost.Speaking speaking = delivery.speak(speaks(codec.dialect()), framed, Optional.of(codec));
        assertThat(speaking).isNotNull();
        return speaking;
    }

    private static void frames(FlowHost.Speaking speaking, String... payloads) {
        for (String payload : payloads) {
            byte[] bytes = payload.getBytes(StandardCharsets.UTF_8);
            speaking.frame("", Bytes.of(bytes));
            // Views are valid until the call returns.
            Arrays.fill(bytes, (byte) '#');
        }
    }

    private static String chunk(String delta, String finish) {
        return "{\"id\":\"up\",\"object\":\"chat.completion.chunk\",\"created\":1,\"model\":\"upstream\",\"choices\":[{"
                + "\"index\":0,\"delta\":" + delta + ",\"finish_reason\":" + finish + "}]}";
    }

    private static final String USAGE =
            "{\"id\":\"up\",\"choices\":[],\"usage\":{\"prompt_tokens\":9,\"completion_tokens\":3,\"total_tokens\":12}}";

    private static String text(ByteBuffer bytes) {
        return StandardCharsets.UTF_8.decode(bytes).toString();
    }

    /** Tells a client what the cache has, as one body. */
    private static JsonValue whole(CachedAnswer answer) {
        ChatDelivery again = new ChatDelivery(CLIENT, PLAN, false, String::length);
        answer.replay(again::event);
        assertThat(again.complete()).isTrue();
        return Json.parse(text(again.end(told(again))));
    }

    private static String streamed(CachedAnswer answer) {
        ChatDelivery again = new ChatDelivery(CLIENT, PLAN, true, String::length);
        answer.replay(again::event);
        assertThat(again.complete()).isTrue();
        assertThat(again.content()).isTrue();
        return text(again.end(told(again)));
    }

    private static Usage told(ChatDelivery delivery) {
        Usage usage = delivery.usage();
        return usage == null ? Usage.NONE : usage;
    }

    private static String string(JsonValue json, Object... path) {
        JsonValue value = json;
        for (Object step : path) {
            value = step instanceof Integer index ? value.elements().get(index) : value.get((String) step);
            assertThat(value).as("%s in %s", step, json.toJson()).isNotNull();
        }
        return value.scalarText();
    }

    @Test
    void aForwardedStreamIsRecordedAndGoesThroughUnchanged() {
        String[] frames = {
            chunk("{\"role\":\"assistant\",\"content\":\"\"}", "null"),
            chunk("{\"reasoning_content\":\"hmm\"}", "null"),
            chunk("{\"content\":\"Hel\"}", "null"),
            chunk("{\"content\":\"lo\"}", "null"),
            chunk("{}", "\"stop\""),
            USAGE,
            "[DONE]"
        };
        ChatDelivery plain = new ChatDelivery(CLIENT, PLAN, true, String::length);
        frames(answer(plain, CLIENT, true), frames);
        AnswerRecorder recorder = new AnswerRecorder();
        ChatDelivery recorded = new ChatDelivery(CLIENT, PLAN, true, String::length, recorder);
        frames(answer(recorded, CLIENT, true), frames);
        assertThat(text(recorded.end(told(recorded)))).isEqualTo(text(plain.end(told(plain))));

        JsonValue again = whole(kept(recorder).orElseThrow());
        assertThat(string(again, "choices", 0, "message", "content")).isEqualTo("Hello");
        assertThat(string(again, "choices", 0, "message", "reasoning_content")).isEqualTo("hmm");
        assertThat(string(again, "choices", 0, "finish_reason")).isEqualTo("stop");
        assertThat(string(again, "usage", "prompt_tokens")).isEqualTo("9");
        assertThat(string(again, "model")).isEqualTo("public");
        assertThat(string(again, "id")).isEqualTo("chatcmpl-1");
    }

    @Test
    void aForwardedWholeAnswerIsRecordedAndStreamedAgain() {
        AnswerRecorder recorder = new AnswerRecorder();
        ChatDelivery delivery = new ChatDelivery(CLIENT, PLAN, false, String::length, recorder);
        FlowHost.Speaking speaking = answer(delivery, CLIENT, false);
        frames(
                speaking,
                "{\"id\":\"up\",\"object\":\"chat.completion\",\"created\":1,\"model\":\"upstream\",\"choices\":[{\"index\":0,"
                        + "\"message\":{\"role\":\"assistant\",\"content\":null,\"tool_calls\":[{\"id\":\"call_7\",\"type\":"
                        + "\"function\",\"function\":{\"name\":\"look\",\"arguments\":\"{\\\"q\\\":1}\"}}]},"
                        + "\"finish_reason\":\"tool_calls\"}],\"usage\":{\"prompt_tokens\":9,\"completion_tokens\":3}}");
        speaking.end();
        assertThat(delivery.complete()).isTrue();

        String stream = streamed(kept(recorder).orElseThrow());
        assertThat(stream)
                .contains("\"id\":\"call_7\"")
                .contains("\"name\":\"look\"")
                .contains("{\\\"q\\\":1}")
                .contains("\"finish_reason\":\"tool_calls\"")
                .contains("\"prompt_tokens\":9")
                .endsWith("data: [DONE]\n\n");
    }

    @Test
    void aDecodedAnswerIsRecordedOnce() {
        AnswerRecorder recorder = new AnswerRecorder();
        ChatDelivery delivery = new ChatDelivery(CLIENT, PLAN, true, String::length, recorder);
        FlowHost.Speaking speaking = answer(delivery, new AnthropicCodec(), true);
        frames(
                speaking,
                "{\"type\":\"message_start\",\"message\":{\"id\":\"msg\",\"model\":\"claude\",\"usage\":{\"input_tokens\":9}}}",
                "{\"type\":\"content_block_start\",\"index\":0,\"content_block\":{\"type\":\"text\",\"text\":\"\"}}",
                "{\"type\":\"content_block_delta\",\"index\":0,\"delta\":{\"type\":\"text_delta\",\"text\":\"Hello\"}}",
                "{\"type\":\"content_block_stop\",\"index\":0}",
                "{\"type\":\"message_delta\",\"delta\":{\"stop_reason\":\"end_turn\"},\"usage\":{\"output_tokens\":3}}",
                "{\"type\":\"message_stop\"}");
        assertThat(delivery.complete()).isTrue();
        JsonValue again = whole(kept(recorder).orElseThrow());
        assertThat(string(again, "choices", 0, "message", "content")).isEqualTo("Hello");
        assertThat(string(again, "usage", "prompt_tokens")).isEqualTo("9");
    }

    @Test
    void eventsOfAFlowAreRecorded() {
        AnswerRecorder recorder = new AnswerRecorder();
        ChatDelivery delivery = new ChatDelivery(CLIENT, PLAN, false, String::length, recorder);
        delivery.event(new ChatEvent.Text("Hello"));
        delivery.event(new ChatEvent.Finish("stop"));
        JsonValue again = whole(kept(recorder).orElseThrow());
        assertThat(string(again, "choices", 0, "message", "content")).isEqualTo("Hello");
    }

    @Test
    void whatCameBeforeThePluginAskedAgainDoesNotCount() {
        AnswerRecorder recorder = new AnswerRecorder();
        ChatDelivery delivery = new ChatDelivery(CLIENT, PLAN, true, String::length, recorder);
        frames(
                answer(delivery, CLIENT, true),
                chunk("{\"role\":\"assistant\",\"content\":\"\"}", "null"),
                "{\"error\":{\"message\":\"try without tools\",\"type\":\"invalid_request_error\"}}");
        frames(answer(delivery, CLIENT, true), chunk("{\"content\":\"Hello\"}", "\"stop\""), "[DONE]");
        JsonValue again = whole(kept(recorder).orElseThrow());
        assertThat(string(again, "choices", 0, "message", "content")).isEqualTo("Hello");
    }

    @Test
    void anAnswerPutTogetherFromSeveralExchangesIsNotKept() {
        AnswerRecorder recorder = new AnswerRecorder();
        ChatDelivery delivery = new ChatDelivery(CLIENT, PLAN, true, String::length, recorder);
        frames(answer(delivery, CLIENT, true), chunk("{\"content\":\"Hel\"}", "null"));
        frames(answer(delivery, CLIENT, true), chunk("{\"content\":\"lo\"}", "\"stop\""), "[DONE]");
        assertThat(kept(recorder)).isEmpty();
    }

    @Test
    void aFilteredOrBrokenStreamIsNotKept() {
        AnswerRecorder filtered = new AnswerRecorder();
        ChatDelivery first = new ChatDelivery(CLIENT, PLAN, true, String::length, filtered);
        frames(answer(first, CLIENT, true), chunk("{\"content\":\"Hel\"}", "\"content_filter\""), "[DONE]");
        assertThat(kept(filtered)).isEmpty();

        AnswerRecorder broken = new AnswerRecorder();
        ChatDelivery second = new ChatDelivery(CLIENT, PLAN, true, String::length, broken);
        FlowHost.Speaking speaking = answer(second, CLIENT, true);
        frames(speaking, chunk("{\"content\":\"Hel\"}", "null"));
        speaking.end();
        assertThat(speaking.fault()).isNotNull();
        assertThat(kept(broken)).isEmpty();
    }
}

package io.patchbay.dialects.openai;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.dialects.ChatDecoder;
import io.patchbay.dialects.ClientPlan;
import io.patchbay.dialects.WholeAnswer;
import io.patchbay.dialects.WholeTap;
import io.patchbay.spi.Bytes;
import io.patchbay.spi.Fault;
import io.patchbay.spi.Profile;
import io.patchbay.spi.Usage;
import io.patchbay.spi.chat.ChatEvent;
import io.patchbay.spi.json.Json;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

final class WholeAnswerTest {
    private static final ClientPlan PLAN = new ClientPlan("pub", false, "chatcmpl-ours", 7);
    private static final String ANSWER = """
            {"id":"chatcmpl-A1","object":"chat.completion","created":1770000000,"model":"gpt-5.4-mini-2026-03-17",
             "choices":[{"index":0,"message":{"role":"assistant","content":"say \\"model\\":\\"x\\"","refusal":null,"annotations":[]},"logprobs":null,"finish_reason":"stop"}],
             "usage":{"prompt_tokens":8,"completion_tokens":74,"total_tokens":82,"completion_tokens_details":{"reasoning_tokens":64}},
             "service_tier":"default"}
            """;
    private static final String CALLS = """
            {"id":"c","model":"m","choices":[
             {"index":0,"message":{"role":"assistant","content":null,"reasoning":"Hm","reasoning_content":"Hm","tool_calls":[
              {"id":"a","type":"function","function":{"name":"f","arguments":{"x":1}}},
              {"id":"b","type":"function","function":{"name":"g","arguments":""}},
              {"function":{"name":"h"}}]},"finish_reason":"stop"},
             {"message":{"content":[{"type":"thinking","thinking":"Th"},{"type":"text","text":"Te"}],"audio":{"id":"z"}},"logprobs":{"content":[]}}],
             "usage":{"prompt_tokens":1,"completion_tokens":2,"total_tokens":3}}""";

    static Stream<String> bodies() {
        return Stream.of(
                ANSWER,
                CALLS,
                "\n\n  " + ANSWER,
                "{\"choices\":[{\"message\":{\"role\":\"assistant\",\"function_call\":{\"name\":\"f\",\"arguments\":\"{}\"}},\"finish_reason\":\"function_call\"}]}",
                "{\"choices\":[{\"message\":{\"role\":\"\",\"content\":\"a\"},\"finish_reason\":\"\"}],\"mod\\u0065l\":\"odd\"}",
                "{\"choices\":[{\"message\":{\"refusal\":\"no\"},\"finish_reason\":\"content_filter\"}],\"model\":\"a\",\"model\":\"b\"}",
                "{\"choices\":[]}",
                "{}",
                "",
                "null",
                "<html>",
                "{\"choices\":[{\"message\":{\"content\":\"cut",
                "{\"choices\":[{\"message\":{\"content\":\"x\"}}}",
                "{\"error\":{\"message\":\"no balance\",\"code\":\"insufficient_quota\"}}",
                "[{\"error\":{\"code\":503,\"message\":\"x\"}}]",
                "{\"code\":\"InvalidParameter\",\"message\":\"x\"}",
                "{\"choices\":[{\"message\":{\"content\":\"x\"},\"finish_reason\":\"error\"}]}",
                "{\"choices\":[{\"index\":4000,\"message\":{\"content\":\"x\"}}]}");
    }

    private static List<ChatEvent> decode(ChatDecoder decoder, byte[] body) {
        List<ChatEvent> events = new ArrayList<>();
        decoder.on("", Bytes.of(body), events::add);
        decoder.end(events::add);
        return events;
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @ParameterizedTest
    @MethodSource("bodies")
    void givesTapAndDecoderTheSameFacts(String body) {
        WholeTap tap = Transcript.CODEC.wholeTap(PLAN, Profile.STANDARD);
        byte[] adjusted =
                tap.adjust(Bytes.of(("##" + body + "##").getBytes(StandardCharsets.UTF_8), 2, utf8(body).length));
        ChatDecoder decoder = Transcript.CODEC.wholeDecoder(Profile.STANDARD);
        List<ChatEvent> events = decode(decoder, utf8(body));

        assertThat(Transcript.facts(tap.facts())).isEqualTo(Transcript.facts(decoder.facts()));
        if (tap.facts().fault() == null) {
            ChatDecoder again = Transcript.CODEC.wholeDecoder(Profile.STANDARD);
            assertThat(Transcript.events(decode(again, adjusted)).replace("pub", "MODEL"))
                    .isEqualTo(Transcript.events(events)
                            .replace("gpt-5.4-mini-2026-03-17", "MODEL")
                            .replace("started c m", "started c MODEL")
                            .replace("null odd", "null MODEL")
                            .replace("null b", "null MODEL"));
        }
    }

    @Test
    void changesTheModelAndNothingElse() {
        WholeTap tap = Transcript.CODEC.wholeTap(PLAN, Profile.STANDARD);
        assertThat(new String(tap.adjust(Bytes.of(ANSWER)), StandardCharsets.UTF_8))
                .isEqualTo(ANSWER.replace("\"gpt-5.4-mini-2026-03-17\"", "\"pub\""));
        assertThat(tap.facts().upstreamModel()).isEqualTo("gpt-5.4-mini-2026-03-17");
        assertThat(tap.facts().ended()).isTrue();
    }

    @Test
    void readsToolCallsReasoningAndParts() {
        ChatDecoder decoder = Transcript.CODEC.wholeDecoder(Profile.STANDARD);
        assertThat(Transcript.events(decode(decoder, utf8(CALLS)))).isEqualTo("""
                started c m
                reasoning 0 "Hm"
                tool 0/0 a f "{\\"x\\":1}"
                tool 0/1 b g ""
                tool 0/1 null null "{}"
                tool 0/2 call_GENERATED h "{}"
                finish 0 tool_calls
                reasoning 1 "Th"
                text 1 "Te"
                extra 1 {"audio":{"id":"z"},"logprobs":{"content":[]}}
                finish 1 stop
                used 1/2 cached 0 reasoning 0
                """);
        assertThat(decoder.facts().toolCalls()).isEqualTo(3);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"{\"choices\":[]}", "{}", "", "<html>", "{\"choices\":[{\"message\":{\"content\":\"cut", "null"})
    void saysWhenThereIsNoAnswer(String body) {
        WholeTap tap = Transcript.CODEC.wholeTap(PLAN, Profile.STANDARD);
        tap.adjust(Bytes.of(body));
        assertThat(tap.facts().fault()).isNotNull();
        assertThat(tap.facts().ended()).isFalse();
    }

    @ParameterizedTest
    @MethodSource("io.patchbay.dialects.openai.GoldenTranscriptTest#names")
    void collectsAStreamIntoOneAnswerThatMeansTheSame(String name) {
        ChatDecoder decoder = Transcript.CODEC.decoder(Profile.STANDARD);
        List<ChatEvent> events = Transcript.decode(decoder, Transcript.stream(name));
        Fault fault = decoder.facts().fault();
        if (fault != null) {
            return;
        }
        String first = collected(events);
        ChatDecoder again = Transcript.CODEC.wholeDecoder(Profile.STANDARD);
        assertThat(collected(decode(again, utf8(first)))).isEqualTo(first);
        assertThat(again.facts().finishes()).isEqualTo(decoder.facts().finishes());
        assertThat(again.facts().toolCalls()).isEqualTo(decoder.facts().toolCalls());
        assertThat(text(decode(Transcript.CODEC.wholeDecoder(Profile.STANDARD), utf8(first))))
                .isEqualTo(text(events));
    }

    private static String collected(List<ChatEvent> events) {
        WholeAnswer answer = Transcript.CODEC.whole(PLAN);
        events.forEach(answer::on);
        return new String(answer.body(Usage.of(1, 2)), StandardCharsets.UTF_8)
                .replaceAll("call_[A-Za-z0-9]{24}", "call_x");
    }

    private static String text(List<ChatEvent> events) {
        StringBuilder[] text = {new StringBuilder(), new StringBuilder()};
        events.forEach(event -> {
            if (event instanceof ChatEvent.Text piece) {
                text[piece.choice()].append(piece.text());
            }
        });
        return text[0] + "|" + text[1];
    }

    @Test
    void writesACompletionAsOpenAiDoes() {
        WholeAnswer answer = Transcript.CODEC.whole(PLAN);
        answer.on(new ChatEvent.Started("x", "y"));
        answer.on(new ChatEvent.Reasoning("Hm"));
        answer.on(new ChatEvent.ToolCallPiece(0, 0, "a", "f", "{\"x\":"));
        answer.on(new ChatEvent.ToolCallPiece(0, 0, null, null, "1}"));
        answer.on(new ChatEvent.Finish("tool_calls"));
        answer.on(new ChatEvent.Text(1, "Hel"));
        answer.on(new ChatEvent.Text(1, "lo"));
        answer.on(new ChatEvent.Extra(
                1,
                Json.parse("{\"annotations\":[1],\"logprobs\":{\"content\":[1],\"refusal\":null}}")
                        .asObject()));
        answer.on(new ChatEvent.Extra(
                1,
                Json.parse("{\"annotations\":[2],\"logprobs\":{\"content\":[2],\"refusal\":null}}")
                        .asObject()));
        answer.on(new ChatEvent.Finish(1, "eos"));
        assertThat(new String(answer.body(Usage.of(1, 2)), StandardCharsets.UTF_8))
                .isEqualTo(
                        "{\"id\":\"chatcmpl-ours\",\"object\":\"chat.completion\",\"created\":7,\"model\":\"pub\",\"choices\":["
                                + "{\"index\":0,\"message\":{\"role\":\"assistant\",\"content\":null,\"refusal\":null,\"reasoning_content\":\"Hm\","
                                + "\"tool_calls\":[{\"id\":\"a\",\"type\":\"function\",\"function\":{\"name\":\"f\",\"arguments\":\"{\\\"x\\\":1}\"}}]},"
                                + "\"logprobs\":null,\"finish_reason\":\"tool_calls\"},"
                                + "{\"index\":1,\"message\":{\"role\":\"assistant\",\"content\":\"Hello\",\"refusal\":null,\"annotations\":[1,2]},"
                                + "\"logprobs\":{\"content\":[1,2],\"refusal\":null},\"finish_reason\":\"stop\"}],"
                                + "\"usage\":{\"prompt_tokens\":1,\"completion_tokens\":2,\"total_tokens\":3,"
                                + "\"prompt_tokens_details\":{\"cached_tokens\":0},\"completion_tokens_details\":{\"reasoning_tokens\":0}}}");
    }

    @Test
    void joinsAudioThatCameInPieces() {
        List<ChatEvent> events =
                Transcript.decode(Transcript.CODEC.decoder(Profile.STANDARD), Transcript.stream("audio"));
        assertThat(Json.parse(collected(events))
                        .at("choices", 0, "message", "audio")
                        .toJson())
                .isEqualTo("{\"id\":\"audio_1\",\"transcript\":\"Hello\",\"data\":\"UklG\",\"expires_at\":1}");
    }

    @Test
    void writesAnEmptyAnswerAsOneChoice() {
        assertThat(Json.parse(Transcript.CODEC.whole(PLAN).body(Usage.NONE)).elements("choices"))
                .hasSize(1);
    }
}

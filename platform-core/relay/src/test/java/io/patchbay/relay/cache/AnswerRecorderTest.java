package io.patchbay.relay.cache;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.dialects.ChatDecoder;
import io.patchbay.dialects.TapFacts;
import io.patchbay.dialects.openai.OpenAiChatCodec;
import io.patchbay.spi.Bytes;
import io.patchbay.spi.Profile;
import io.patchbay.spi.Usage;
import io.patchbay.spi.chat.ChatEvent;
import io.patchbay.spi.chat.ChatEvent.Extra;
import io.patchbay.spi.chat.ChatEvent.Finish;
import io.patchbay.spi.chat.ChatEvent.Reasoning;
import io.patchbay.spi.chat.ChatEvent.Refusal;
import io.patchbay.spi.chat.ChatEvent.Started;
import io.patchbay.spi.chat.ChatEvent.Text;
import io.patchbay.spi.chat.ChatEvent.ToolCallPiece;
import io.patchbay.spi.chat.ChatEvent.Used;
import io.patchbay.spi.json.Json;
import io.patchbay.spi.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class AnswerRecorderTest {
    private static final Usage USAGE = Usage.of(9, 3);

    private static AnswerRecorder heard(ChatEvent... events) {
        AnswerRecorder recorder = new AnswerRecorder();
        for (ChatEvent event : events) {
            recorder.on(event);
        }
        return recorder;
    }

    private static Optional<CachedAnswer> answer(ChatEvent... events) {
        return heard(events).answer(Set.of());
    }

    private static List<ChatEvent> replayed(Optional<CachedAnswer> answer) {
        List<ChatEvent> events = new ArrayList<>();
        answer.orElseThrow().replay(events::add);
        return events;
    }

    private static JsonObject object(String json) {
        return Json.parse(json).asObject();
    }

    @Test
    void textAndReasoningAreToldAgainInOnePieceEach() {
        assertThat(replayed(answer(
                        new Started("id", "m"),
                        new Reasoning("hm"),
                        new Reasoning("m"),
                        new Text(""),
                        new Text("Hel"),
                        new Text("lo"),
                        new Finish("stop"),
                        new Used(Usage.of(1, 1)),
                        new Used(USAGE))))
                .containsExactly(new Reasoning("hmm"), new Text("Hello"), new Finish("stop"), new Used(USAGE));
    }

    @Test
    void toolCallsKeepIdsNamesAndArguments() {
        assertThat(replayed(answer(
                        new ToolCallPiece(0, 0, "call_a", "look", "{\"q\":"),
                        new ToolCallPiece(0, 0, null, null, "1}"),
                        new ToolCallPiece(0, 1, "call_b", "now", ""),
                        new Finish("tool_calls"))))
                .containsExactly(
                        new ToolCallPiece(0, 0, "call_a", "look", ""),
                        new ToolCallPiece(0, 0, null, null, "{\"q\":1}"),
                        new ToolCallPiece(0, 1, "call_b", "now", ""),
                        new Finish("tool_calls"));
    }

    @Test
    void piecesOfSeveralCallsThatAreMixedStayApart() {
        assertThat(replayed(answer(
                        new ToolCallPiece(0, 0, "a", "f", "1"),
                        new ToolCallPiece(0, 1, "b", "g", "2"),
                        new ToolCallPiece(0, 0, null, null, "3"),
                        new Text("ok"),
                        new Finish("tool_calls"))))
                .containsExactly(
                        new ToolCallPiece(0, 0, "a", "f", ""),
                        new ToolCallPiece(0, 0, null, null, "1"),
                        new ToolCallPiece(0, 1, "b", "g", ""),
                        new ToolCallPiece(0, 1, null, null, "2"),
                        new ToolCallPiece(0, 0, null, null, "3"),
                        new Text("ok"),
                        new Finish("tool_calls"));
    }

    @Test
    void furtherMembersStayWhereTheyWere() {
        Extra extra = new Extra(0, object("{\"annotations\":[{\"url\":\"https://example.com\"}]}"));
        assertThat(replayed(answer(new Text("a"), extra, new Text("b"), new Finish("stop"))))
                .containsExactly(new Text("a"), extra, new Text("b"), new Finish("stop"));
        Extra picture = new Extra(0, object("{\"images\":[{\"image_url\":{\"url\":\"data:,x\"}}]}"));
        assertThat(replayed(answer(picture, new Finish("stop")))).containsExactly(picture, new Finish("stop"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"stop", "tool_calls", "length"})
    void wholeAnswersAreKept(String reason) {
        assertThat(answer(new Text("a"), new Finish(reason))).isPresent();
    }

    @ParameterizedTest
    @ValueSource(strings = {"content_filter", "error", "safety", ""})
    void otherEndsAreNot(String reason) {
        assertThat(answer(new Text("a"), new Finish(reason))).isEmpty();
    }

    @Test
    void whatIsNoAnswerIsNotKept() {
        Finish stop = new Finish("stop");
        assertThat(answer(new Text("a"))).as("broken off").isEmpty();
        assertThat(answer(stop)).as("empty").isEmpty();
        assertThat(answer(new Text(""), new Used(USAGE), stop)).as("empty text").isEmpty();
        assertThat(answer(new Reasoning("hm"), stop)).as("only thought").isEmpty();
        assertThat(answer(new Extra(0, object("{\"citations\":[]}")), stop))
                .as("no words")
                .isEmpty();
        assertThat(answer(new Text("a"), new Refusal(0, "no"), stop))
                .as("refusal")
                .isEmpty();
        assertThat(answer(new Text("a"), new Text(1, "b"), stop))
                .as("two choices")
                .isEmpty();
        assertThat(answer(new Text("a"), stop, new Finish(1, "stop")))
                .as("two finishes")
                .isEmpty();
        assertThat(answer(new Text("a"), stop, new Text("b")))
                .as("text behind the end")
                .isEmpty();
        assertThat(answer(new Text("a"), new Extra(0, object("{\"audio\":{\"id\":\"x\"}}")), stop))
                .as("audio")
                .isEmpty();
        assertThat(answer(new Text("a"), new Extra(0, object("{\"task\":{\"id\":\"x\"}}")), stop))
                .as("a task")
                .isEmpty();
    }

    @Test
    void largeAnswersAreNotKept() {
        assertThat(answer(new Text("x".repeat(1_000_000)), new Finish("stop"))).isPresent();
        assertThat(answer(new Text("x".repeat(1_048_576)), new Finish("stop"))).isEmpty();
        // Two bytes a character.
        assertThat(answer(new Text("漢".repeat(500_000)), new Finish("stop"))).isPresent();
        assertThat(answer(new Text("漢".repeat(530_000)), new Finish("stop"))).isEmpty();
        JsonObject image =
                JsonObject.builder().put("images", "x".repeat(1_048_576)).build();
        assertThat(answer(new Extra(0, image), new Finish("stop"))).isEmpty();
    }

    @Test
    void manySmallPartsCountTheirObjectsToo() {
        AnswerRecorder recorder = new AnswerRecorder();
        for (int i = 0; i < 20_000; i++) {
            recorder.on(new Text("a"));
            recorder.on(new Reasoning("b"));
        }
        recorder.on(new Finish("stop"));
        assertThat(recorder.answer(Set.of())).isEmpty();
    }

    @Test
    void longTextsAreToldInPiecesThatBreakNoCharacter() {
        String text = "a" + "😀".repeat(10_000);
        StringBuilder told = new StringBuilder();
        List<ChatEvent> events = replayed(answer(new Text(text), new Finish("stop")));
        for (ChatEvent event : events) {
            if (event instanceof Text piece) {
                assertThat(piece.text().length()).isLessThanOrEqualTo(4_000);
                assertThat(Character.isLowSurrogate(piece.text().charAt(0))).isFalse();
                told.append(piece.text());
            }
        }
        assertThat(told.toString()).isEqualTo(text);
        assertThat(events).hasSizeGreaterThan(5);
    }

    @Test
    void nothingOfAnEarlierExchangeCounts() {
        AnswerRecorder recorder = heard(new Text("half"), new ToolCallPiece(0, 0, "a", "f", "1"), new Finish("length"));
        recorder.startOver();
        recorder.on(new Text("whole"));
        recorder.on(new Finish("stop"));
        assertThat(replayed(recorder.answer(Set.of()))).containsExactly(new Text("whole"), new Finish("stop"));
    }

    @Test
    void whoGaveUpHearsNothingMoreUnlessItStartsOver() {
        AnswerRecorder recorder = heard(new Text("a"));
        recorder.giveUp();
        recorder.on(new Text("b"));
        recorder.on(new Finish("stop"));
        assertThat(recorder.answer(Set.of())).isEmpty();
        recorder.startOver();
        recorder.on(new Text("c"));
        recorder.on(new Finish("stop"));
        assertThat(replayed(recorder.answer(Set.of()))).containsExactly(new Text("c"), new Finish("stop"));
    }

    @Test
    void namesOfDroppedFieldsAreKeptUnlessTheKeyIgnoresThem() {
        CachedAnswer answer = heard(new Text("a"), new Finish("stop"))
                .answer(List.of("logit_bias", "metadata", "seed", "user"))
                .orElseThrow();
        assertThat(answer.dropped()).containsExactlyInAnyOrder("logit_bias", "seed");
    }

    @Test
    void neitherTellsItsContent() {
        CachedAnswer answer =
                answer(new Text("secret words"), new Finish("stop")).orElseThrow();
        assertThat(answer.toString()).doesNotContain("secret").contains("bytes");
    }

    @Test
    void aForwardedStreamIsOverheard() {
        AnswerRecorder recorder = new AnswerRecorder();
        recorder.overhear(new OpenAiChatCodec().decoder(Profile.STANDARD));
        frame(recorder, "{\"choices\":[{\"index\":0,\"delta\":{\"role\":\"assistant\",\"content\":\"Hel\"}}]}");
        frame(recorder, "{\"choices\":[{\"index\":0,\"delta\":{\"content\":\"lo\"}}]}");
        frame(recorder, "{\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}]}");
        frame(recorder, "{\"choices\":[],\"usage\":{\"prompt_tokens\":9,\"completion_tokens\":3}}");
        frame(recorder, "[DONE]");
        List<ChatEvent> events = replayed(recorder.answer(Set.of()));
        assertThat(events).startsWith(new Text("Hello"), new Finish("stop")).hasSize(3);
        assertThat(((Used) events.getLast()).usage().input()).isEqualTo(9);
    }

    @Test
    void aForwardedStreamWithAFaultIsNotKept() {
        AnswerRecorder recorder = new AnswerRecorder();
        recorder.overhear(new OpenAiChatCodec().decoder(Profile.STANDARD));
        frame(recorder, "{\"choices\":[{\"index\":0,\"delta\":{\"content\":\"Hi\"},\"finish_reason\":\"stop\"}]}");
        frame(recorder, "{\"error\":{\"message\":\"overloaded\",\"type\":\"server_error\"}}");
        assertThat(recorder.answer(Set.of())).isEmpty();
    }

    @Test
    void aDecoderThatBreaksDisturbsNobody() {
        AnswerRecorder recorder = heard(new Text("a"));
        recorder.overhear(new BrokenDecoder());
        frame(recorder, "{}");
        recorder.end();
        recorder.on(new Finish("stop"));
        assertThat(recorder.answer(Set.of())).isEmpty();
    }

    private static void frame(AnswerRecorder recorder, String payload) {
        recorder.frame("", Bytes.of(payload));
    }

    private static final class BrokenDecoder implements ChatDecoder {
        @Override
        public void on(String event, Bytes payload, Consumer<ChatEvent> out) {
            throw new IllegalStateException("a mistake in a decoder");
        }

        @Override
        public void end(Consumer<ChatEvent> out) {}

        @Override
        public TapFacts facts() {
            throw new IllegalStateException("a mistake in a decoder");
        }
    }
}

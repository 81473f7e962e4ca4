package io.patchbay.toolkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.spi.Dialect;
import io.patchbay.spi.chat.ChatEvent;
import io.patchbay.spi.http.HttpRequest;
import io.patchbay.spi.json.Json;
import io.patchbay.spi.json.JsonValue;
import io.patchbay.testkit.host.FlowDriver;
import io.patchbay.testkit.host.FlowRun;
import io.patchbay.testkit.host.Reply;
import io.patchbay.testkit.host.TestChatCall;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

final class ChatTuningTest {
    private static final String MESSAGES = "\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]";

    @Test
    void numbersAreMovedIntoTheirRanges() {
        assertThat(body(",\"top_p\":1,\"temperature\":0.5", tuning -> {
                    tuning.clamp("top_p", 0.01, 0.99);
                    tuning.clamp("temperature", 0, 1);
                    tuning.clamp("seed", 0, 1);
                }))
                .isEqualTo(json(",\"top_p\":0.99,\"temperature\":0.5"));
    }

    @Test
    void aReplacedFieldIsGoneWithoutAWord() {
        FlowRun<ChatEvent> run = run(
                ",\"reasoning_effort\":\"low\"",
                tuning -> tuning.replace("reasoning_effort", "thinking", JsonValue.of(true)));

        assertThat(run.sent().getFirst().json()).isEqualTo(json(",\"thinking\":true"));
        assertThat(run.dropped()).isEmpty();
    }

    @Test
    void aDroppedFieldIsToldUnlessItAsksForNothing() {
        FlowRun<ChatEvent> run = run(
                ",\"n\":1,\"seed\":7,\"logprobs\":false,\"presence_penalty\":0.0,\"frequency_penalty\":1,"
                        + "\"tool_choice\":\"auto\",\"parallel_tool_calls\":true,\"logit_bias\":null",
                tuning -> tuning.drop(
                        "n",
                        "seed",
                        "logprobs",
                        "presence_penalty",
                        "frequency_penalty",
                        "tool_choice",
                        "parallel_tool_calls",
                        "user"));

        assertThat(run.sent().getFirst().json()).isEqualTo(json(",\"logit_bias\":null"));
        assertThat(run.dropped()).containsExactly("frequency_penalty", "seed");
    }

    @Test
    void thinkingIsSaidByTheTypeUnlessTheClientDidSo() {
        assertThat(body(",\"reasoning_effort\":\"high\",\"thinking_budget\":9", ChatTuning::thinkingType))
                .isEqualTo(json(",\"thinking\":{\"type\":\"enabled\"}"));
        assertThat(body(",\"enable_thinking\":false", ChatTuning::thinkingType))
                .isEqualTo(json(",\"thinking\":{\"type\":\"disabled\"}"));
        assertThat(body(",\"thinking\":{\"type\":\"enabled\",\"x\":1}", ChatTuning::thinkingType))
                .isEqualTo(json(",\"thinking\":{\"type\":\"enabled\",\"x\":1}"));
        assertThat(body("", ChatTuning::thinkingType)).isEqualTo(json(""));
    }

    @Test
    void thinkingIsSaidByTheFlag() {
        assertThat(body(",\"reasoning_effort\":\"none\"", ChatTuning::thinkingFlag))
                .isEqualTo(json(",\"enable_thinking\":false"));
        assertThat(body(",\"thinking\":{\"type\":\"enabled\"}", ChatTuning::thinkingFlag))
                .isEqualTo(json(",\"enable_thinking\":true"));
        assertThat(body("", ChatTuning::thinkingFlag)).isEqualTo(json(""));
    }

    @Test
    void moreStopsThanFitAreTold() {
        FlowRun<ChatEvent> run = run(",\"stop\":[\"a\",\"b\"]", tuning -> tuning.stops(1));

        assertThat(run.sent().getFirst().json()).isEqualTo(json(",\"stop\":[\"a\"]"));
        assertThat(run.dropped()).containsExactly("stop");
        assertThat(body(",\"stop\":\"a\"", tuning -> tuning.stops(1))).isEqualTo(json(",\"stop\":[\"a\"]"));
        assertThat(body(",\"stop\":[]", tuning -> tuning.stops(1))).isEqualTo(json(""));
    }

    @Test
    void partsAreChangedWhereThereAreAny() {
        String parts =
                "{\"model\":\"m\",\"stream\":true,\"messages\":[{\"role\":\"user\",\"content\":[{\"type\":\"text\","
                        + "\"text\":\"a\"}],\"name\":\"n\"},{\"role\":\"user\",\"content\":\"b\"}]}";
        for (TestChatCall call : new TestChatCall[] {
            TestChatCall.of(parts),
            TestChatCall.of(parts.replace("\"a\"}", "\"a\",\"x\":1}")).withoutWire()
        }) {
            ChatTuning tuning = ChatTuning.of(call);
            tuning.parts(part ->
                    part.toBuilder().put("text", part.string("text") + "!").build());

            assertThat(tuning.messages().getFirst().at("content", 0, "text")).isEqualTo(JsonValue.of("a!"));
            assertThat(tuning.messages()).hasSize(2);
        }
    }

    @Test
    void theClientsOwnBytesStayWhenNothingChanges() {
        TestChatCall call = TestChatCall.of(
                "{\"model\":\"m\",\"stream\":true,\"messages\":[{ \"role\":\"user\",\"content\":[] }]}");
        ChatTuning tuning = ChatTuning.of(call);
        tuning.parts(part -> part);

        FlowRun<ChatEvent> run = chat(call, tuning);

        assertThat(run.sent().getFirst().text()).contains("[{ \"role\":\"user\",\"content\":[] }]");
        assertThat(call.requestReads()).isZero();
    }

    private static JsonValue body(String more, Consumer<ChatTuning> tune) {
        return run(more, tune).sent().getFirst().json();
    }

    private static JsonValue json(String more) {
        return Json.parse("{\"model\":\"m\",\"stream\":true," + MESSAGES + more
                + ",\"stream_options\":{\"include_usage\":true}}");
    }

    private static FlowRun<ChatEvent> run(String more, Consumer<ChatTuning> tune) {
        TestChatCall call = TestChatCall.of("{\"model\":\"m\",\"stream\":true," + MESSAGES + more + "}");
        ChatTuning tuning = ChatTuning.of(call);
        tune.accept(tuning);
        return chat(call, tuning);
    }

    private static FlowRun<ChatEvent> chat(TestChatCall call, ChatTuning tuning) {
        return FlowDriver.answering(Reply.json(404, "{}"))
                .chat(tuning.over(
                        DialectChat.of(call, Dialect.OPENAI_CHAT, () -> HttpRequest.post("https://a.example"))));
    }
}

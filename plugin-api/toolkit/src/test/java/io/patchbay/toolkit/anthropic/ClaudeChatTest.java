package io.patchbay.toolkit.anthropic;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.spi.Fault;
import io.patchbay.spi.FaultKind;
import io.patchbay.spi.chat.ChatEvent;
import io.patchbay.spi.http.HttpRequest;
import io.patchbay.spi.json.JsonValue;
import io.patchbay.testkit.host.FlowDriver;
import io.patchbay.testkit.host.FlowRun;
import io.patchbay.testkit.host.Reply;
import io.patchbay.testkit.host.TestChatCall;
import org.junit.jupiter.api.Test;

final class ClaudeChatTest {
    private static final String OPENAI = "{\"model\":\"claude-sonnet-4-5\",\"max_tokens\":9,\"seed\":7,"
            + "\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}";
    private static final Reply REFUSAL =
            Reply.json(403, "{\"type\":\"error\",\"error\":{\"type\":\"permission_error\",\"message\":\"no\"}}");

    @Test
    void theRequestIsWrittenAndEditedAndWhatHasNoPlaceIsTold() {
        FlowRun<ChatEvent> run = run(chat().edited(body ->
                body.toBuilder().put("anthropic_version", "v").remove("model").build()));

        JsonValue sent = run.sent().getFirst().json();
        assertThat(sent.string("anthropic_version")).isEqualTo("v");
        assertThat(sent.get("model")).isNull();
        assertThat(sent.longValue("max_tokens", 0)).isEqualTo(9);
        assertThat(run.dropped()).containsExactly("seed");
    }

    @Test
    void theRequestOfAnotherClientIsCompleted() {
        FlowRun<ChatEvent> run = run(chat().forwarding(request -> {
            assertThat(request.maxTokens()).isEqualTo(9);
            return TestChatCall.of(OPENAI.replace("9", "5")).request();
        }));

        assertThat(run.sent().getFirst().json().longValue("max_tokens", 0)).isEqualTo(5);
    }

    @Test
    void aRefusalIsReadAsThePluginDoes() {
        FlowRun<ChatEvent> run = run(chat().faults((answer, now) -> Fault.of(FaultKind.QUOTA, "read at " + now)));

        assertThat(run.fault().kind()).isEqualTo(FaultKind.QUOTA);
        assertThat(run.fault().message()).startsWith("read at ");
    }

    private static ClaudeChat chat() {
        return ClaudeChat.of(TestChatCall.of(OPENAI), stream -> HttpRequest.post("https://a.example/v1/messages"));
    }

    private static FlowRun<ChatEvent> run(ClaudeChat chat) {
        return FlowDriver.answering(REFUSAL).chat(chat);
    }
}

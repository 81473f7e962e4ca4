package io.patchbay.plugin.openai;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.spi.ChannelType;
import io.patchbay.spi.FaultKind;
import io.patchbay.spi.chat.ChatEvent;
import io.patchbay.spi.json.JsonValue;
import io.patchbay.testkit.host.ChatSummary;
import io.patchbay.testkit.host.FlowDriver;
import io.patchbay.testkit.host.FlowRun;
import io.patchbay.testkit.host.Reply;
import io.patchbay.testkit.host.TestChannel;
import io.patchbay.testkit.host.TestChatCall;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

final class LegacyCompletionTest {
    private static final ChannelType OPENAI = new OpenAiChannelType();
    private static final TestChannel CHANNEL =
            TestChannel.builder(OPENAI.descriptor(), "a").build();
    private static final String TALK = """
            "messages":[{"role":"system","content":"Be brief."},{"role":"user","content":"Hi"},\
            {"role":"assistant","content":"Yes?"},{"role":"user","content":[{"type":"text","text":"Go"},{"type":"text","text":"on"}]}]""";

    @Test
    void theConversationBecomesOnePrompt() {
        FlowRun<ChatEvent> run = run(
                "{\"model\":\"gpt-3.5-turbo-instruct\",\"stream\":true,\"max_tokens\":9,\"temperature\":0.50,\"top_k\":3,"
                        + TALK + "}",
                Golden.stream("completion.sse"));

        assertThat(run.sent().getFirst().url()).isEqualTo("https://api.openai.com/v1/completions");
        JsonValue body = run.sent().getFirst().json();
        assertThat(body.string("prompt")).isEqualTo("system: Be brief.\nuser: Hi\nassistant: Yes?\nuser: Go\non");
        assertThat(body.get("messages")).isNull();
        assertThat(body.longValue("max_tokens", 0)).isEqualTo(9);
        assertThat(body.get("temperature")).hasToString("0.50");
        assertThat(body.at("stream_options", "include_usage")).isEqualTo(JsonValue.of(true));
        assertThat(run.notes()).containsEntry("dropped", "top_k");
    }

    @Test
    void aBoundIsSetWhereTheClientSetNoneBecauseSixteenTokensAreNoAnswer() {
        FlowRun<ChatEvent> run =
                run("{\"model\":\"gpt-3.5-turbo-instruct\"," + TALK + "}", Golden.json("completion.json"));

        assertThat(run.sent().getFirst().json().longValue("max_tokens", 0)).isEqualTo(1_024);
        assertThat(run.sent().getFirst().json().flag("stream", true)).isFalse();
        assertThat(ChatSummary.of(run.events()).first().text()).isEqualTo("\n\nGood day");
    }

    @Test
    void aStreamThatStopsBeforeEveryChoiceIsCompleteIsTruncated() {
        FlowRun<ChatEvent> run = run(
                "{\"model\":\"gpt-3.5-turbo-instruct\",\"stream\":true,\"n\":2," + TALK + "}",
                Golden.stream("completion.sse"));

        assertThat(run.fault()).isNotNull();
        assertThat(run.fault().kind()).isEqualTo(FaultKind.TRUNCATED);
    }

    @Test
    void anErrorInsideTheStreamIsAFault() {
        FlowRun<ChatEvent> run = run(
                "{\"model\":\"gpt-3.5-turbo-instruct\",\"stream\":true," + TALK + "}",
                Reply.events("data: {\"error\":{\"message\":\"no\",\"code\":\"insufficient_quota\"}}\n\n"
                        .getBytes(StandardCharsets.UTF_8)));

        assertThat(run.fault()).isNotNull();
        assertThat(run.fault().kind()).isEqualTo(FaultKind.QUOTA);
    }

    @Test
    void aWholeAnswerIsReadWhereAStreamWasAskedFor() {
        FlowRun<ChatEvent> run = run(
                "{\"model\":\"gpt-3.5-turbo-instruct\",\"stream\":true," + TALK + "}", Golden.json("completion.json"));

        assertThat(run.ending()).isEqualTo(FlowRun.Ending.DONE);
        assertThat(ChatSummary.of(run.events()).first().text()).isEqualTo("\n\nGood day");
    }

    private static FlowRun<ChatEvent> run(String body, Reply reply) {
        FlowRun<ChatEvent> run = FlowDriver.answering(reply).chat(OPENAI.chat(TestChatCall.of(body), CHANNEL));
        assertThat(run.mistakes()).isEmpty();
        return run;
    }
}

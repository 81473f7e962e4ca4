package io.patchbay.toolkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.patchbay.spi.Dialect;
import io.patchbay.spi.Fault;
import io.patchbay.spi.FaultKind;
import io.patchbay.spi.chat.ChatEvent;
import io.patchbay.spi.http.HttpRequest;
import io.patchbay.spi.json.Json;
import io.patchbay.testkit.host.ChatSummary;
import io.patchbay.testkit.host.FlowDriver;
import io.patchbay.testkit.host.FlowRun;
import io.patchbay.testkit.host.Reply;
import io.patchbay.testkit.host.SentRequest;
import io.patchbay.testkit.host.TestChatCall;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

final class WrittenChatTest {
    private static final String ANSWER =
            "{\"candidates\":[{\"content\":{\"parts\":[{\"text\":\"Hi\"}]},\"finishReason\":\"STOP\"}]}";
    private static final Reply WHOLE = Reply.json(ANSWER);
    private static final Reply STREAM = Reply.events(("data: " + ANSWER + "\n\n").getBytes(StandardCharsets.UTF_8));
    private static final Reply REFUSED = Reply.json(400, "{\"error\":{\"message\":\"no labels here\"}}");

    private static TestChatCall call(boolean stream) {
        return TestChatCall.of("{\"model\":\"m\",\"stream\":" + stream
                + ",\"logit_bias\":{},\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}");
    }

    private static WrittenChat chat(boolean stream) {
        return WrittenChat.of(
                        call(stream),
                        Dialect.GEMINI_CONTENT,
                        streamed -> HttpRequest.post("https://host.example/m:" + (streamed ? "stream" : "whole")))
                .edited(body -> body.toBuilder().put("labels", "a").build());
    }

    @Test
    void theAddressSaysWhetherToStreamAndTheBodyIsWritten() {
        FlowRun<ChatEvent> streamed = FlowDriver.answering(STREAM).chat(chat(true));
        FlowRun<ChatEvent> whole = FlowDriver.answering(WHOLE).chat(chat(false));

        for (FlowRun<ChatEvent> run : new FlowRun[] {streamed, whole}) {
            assertThat(run.mistakes()).isEmpty();
            assertThat(ChatSummary.of(run.events()).first().text()).isEqualTo("Hi");
            assertThat(run.sent().getFirst().json())
                    .isEqualTo(Json.parse(
                            "{\"contents\":[{\"role\":\"user\",\"parts\":[{\"text\":\"Hi\"}]}],\"labels\":\"a\"}"));
            assertThat(run.dropped()).containsExactly("logit_bias");
        }
        assertThat(streamed.sent().getFirst().path()).isEqualTo("/m:stream");
        assertThat(streamed.sent().getFirst().header("accept")).isEqualTo("text/event-stream");
        assertThat(whole.sent().getFirst().path()).isEqualTo("/m:whole");
        assertThat(whole.sent().getFirst().header("accept")).isEqualTo("application/json");
    }

    @Test
    void aRefusedBodyIsRewrittenOnce() {
        WrittenChat chat = chat(true)
                .rewriting((fault, body) -> fault.message().contains("labels")
                        ? body.toBuilder().remove("labels").build()
                        : null);

        FlowRun<ChatEvent> well = FlowDriver.answering(REFUSED, STREAM).chat(chat);
        FlowRun<ChatEvent> twice = FlowDriver.answering(REFUSED).chat(chat);
        FlowRun<ChatEvent> other = FlowDriver.answering(Reply.json(400, "{\"error\":{\"message\":\"no\"}}"))
                .chat(chat);

        assertThat(ChatSummary.of(well.events()).first().text()).isEqualTo("Hi");
        assertThat(well.sent())
                .extracting(SentRequest::text)
                .satisfiesExactly(
                        first -> assertThat(first).contains("labels"),
                        second -> assertThat(second).doesNotContain("labels"));
        assertThat(twice.sent()).hasSize(2);
        assertThat(twice.fault()).extracting(Fault::kind).isEqualTo(FaultKind.BAD_REQUEST);
        assertThat(other.sent()).hasSize(1);
    }

    @Test
    void aRewritingThatChangesNothingIsNoReasonToAskAgain() {
        FlowRun<ChatEvent> run = FlowDriver.answering(REFUSED)
                .chat(chat(true).rewriting((fault, body) -> body.toBuilder().build()));

        assertThat(run.sent()).hasSize(1);
    }

    @Test
    void aStreamThatIsNotThereIsAskedForAsAWhole() {
        WrittenChat chat = chat(true).wholeAfter(404);

        FlowRun<ChatEvent> run =
                FlowDriver.answering(Reply.json(404, "{}"), WHOLE).chat(chat);
        FlowRun<ChatEvent> gone = FlowDriver.answering(Reply.json(404, "{}")).chat(chat);

        assertThat(run.sent()).extracting(SentRequest::path).containsExactly("/m:stream", "/m:whole");
        assertThat(ChatSummary.of(run.events()).first().text()).isEqualTo("Hi");
        assertThat(gone.sent()).hasSize(2);
        assertThat(gone.fault()).extracting(Fault::kind).isEqualTo(FaultKind.NO_ACCESS);
    }

    @Test
    void refusalsAreReadAsTheAuthorSays() {
        FlowRun<ChatEvent> run = FlowDriver.answering(REFUSED)
                .chat(chat(true).faults(answer -> Fault.of(FaultKind.QUOTA, "read " + answer.status())));

        assertThat(run.fault()).extracting(Fault::message).isEqualTo("read 400");
    }

    @Test
    void anEndpointThatIsNoAddressIsTheOperatorsFault() {
        FlowRun<ChatEvent> run = FlowDriver.silent()
                .chat(WrittenChat.of(call(true), Dialect.GEMINI_CONTENT, streamed -> HttpRequest.post("nowhere")));

        assertThat(run.fault()).extracting(Fault::kind).isEqualTo(FaultKind.CONFIG);
    }

    @Test
    void aDialectWithoutCodecIsAMistakeOfTheAuthor() {
        assertThatThrownBy(() -> WrittenChat.of(
                        call(true), new Dialect("klingon"), streamed -> HttpRequest.post("https://a.example")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("klingon");
    }
}

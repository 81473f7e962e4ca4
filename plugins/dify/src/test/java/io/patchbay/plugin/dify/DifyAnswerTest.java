package io.patchbay.plugin.dify;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.spi.ChannelType;
import io.patchbay.spi.FaultKind;
import io.patchbay.spi.Memo;
import io.patchbay.spi.chat.ChatEvent;
import io.patchbay.testkit.host.ChatSummary;
import io.patchbay.testkit.host.Cut;
import io.patchbay.testkit.host.FlowDriver;
import io.patchbay.testkit.host.FlowRun;
import io.patchbay.testkit.host.Reply;
import io.patchbay.testkit.host.TestChannel;
import io.patchbay.testkit.host.TestChatCall;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class DifyAnswerTest {
    private static final ChannelType DIFY = new DifyChannelType();
    private static final TestChannel CHANNEL =
            TestChannel.builder(DIFY.descriptor(), "a").build();
    private static final TestChannel WORKFLOW =
            CHANNEL.toBuilder().option("appType", "workflow").build();
    private static final String FIRST = "{\"role\":\"user\",\"content\":\"Hi\"}";
    private static final String SECOND =
            FIRST + ",{\"role\":\"assistant\",\"content\":\"Hello\"},{\"role\":\"user\",\"content\":\"Weather?\"}";
    private static final Reply HELLO = Reply.events(Golden.bytes("chatbot.sse"));

    @Test
    void theConversationOfTheAppGoesOnWithTheNewestQuestionOnly() {
        Map<Memo, String> memory = ask(Map.of(), FIRST, HELLO).remembered();

        FlowRun<ChatEvent> run = ask(memory, SECOND, HELLO);

        assertThat(run.sent()).hasSize(1);
        assertThat(run.sent().getFirst().json().string("conversation_id")).isEqualTo("v1");
        assertThat(run.sent().getFirst().json().string("query")).isEqualTo("Weather?");
        assertThat(run.remembered()).hasSize(1);
    }

    @Test
    void aQuestionAskedOnceMoreBeginsANewConversation() {
        Map<Memo, String> memory = ask(Map.of(), FIRST, HELLO).remembered();

        FlowRun<ChatEvent> run = ask(memory, FIRST, HELLO);

        assertThat(run.sent().getFirst().json().string("conversation_id")).isEmpty();
    }

    @Test
    void aConversationTheAppForgotIsToldAnew() {
        Map<Memo, String> memory = ask(Map.of(), FIRST, HELLO).remembered();
        Reply forgotten =
                Reply.json(404, "{\"code\":\"not_found\",\"message\":\"Conversation Not Exists.\",\"status\":404}");

        FlowRun<ChatEvent> run = ask(memory, SECOND, forgotten, HELLO);

        assertThat(run.ending()).isEqualTo(FlowRun.Ending.DONE);
        assertThat(run.sent()).hasSize(2);
        assertThat(run.sent().get(1).json().string("conversation_id")).isEmpty();
        assertThat(run.sent().get(1).json().string("query"))
                .isEqualTo("user: Hi\n\nassistant: Hello\n\nuser: Weather?");
    }

    @Test
    void aNewConversationThatIsNotFoundIsARefusal() {
        FlowRun<ChatEvent> run =
                ask(Map.of(), FIRST, Reply.json(404, "{\"code\":\"not_found\",\"message\":\"no\",\"status\":404}"));

        assertThat(run.sent()).hasSize(1);
        assertThat(run.fault().kind()).isEqualTo(FaultKind.BAD_REQUEST);
    }

    @Test
    void theAppIsStoppedWhenTheClientLeaves() {
        FlowRun<ChatEvent> run =
                FlowDriver.answering(HELLO).cut(Cut.every(150)).startChat(DIFY.chat(call(FIRST), CHANNEL));
        assertThat(run.farewell()).isNull();
        while (run.events().isEmpty()) {
            run.step();
        }
        run.abandon();

        assertThat(run.farewell().method()).isEqualTo("POST");
        assertThat(run.farewell().url()).isEqualTo("https://api.dify.ai/v1/chat-messages/t1/stop");
        assertThat(run.farewell().text()).isEqualTo("{\"user\":\"0123456789abcdef0123456789abcdef\"}");
        assertThat(run.farewell().header("authorization")).startsWith("Bearer sk-a-key");
    }

    @Test
    void aWorkflowIsStoppedByItsOwnRouteAndNothingIsSaidAfterItsEnd() {
        FlowRun<ChatEvent> run = FlowDriver.answering(Reply.events(Golden.bytes("workflow.sse")))
                .cut(Cut.every(150))
                .startChat(DIFY.chat(call(FIRST), WORKFLOW));
        while (run.events().isEmpty()) {
            run.step();
        }
        assertThat(run.farewell().path()).isEqualTo("/v1/workflows/tasks/t2/stop");

        assertThat(run.toEnd().farewell()).isNull();
        assertThat(run.remembered()).isEmpty();
    }

    @Test
    void aTaskIdThatIsNoPathIsNotStopped() {
        FlowRun<ChatEvent> run =
                ask(Map.of(), FIRST, Reply.sse("{\"event\":\"message\",\"task_id\":\"../x\",\"answer\":\"a\"}"));

        assertThat(run.farewell()).isNull();
    }

    @Test
    void aWorkflowThatIsCutOffIsTruncatedWhereverItIs() {
        byte[] whole = Golden.bytes("workflow.sse");
        int last = new String(whole, StandardCharsets.UTF_8).indexOf("data: {\"event\":\"workflow_finished\"");

        for (int at = 0; at < last; at++) {
            FlowRun<ChatEvent> run =
                    FlowDriver.answering(Reply.events(whole).truncatedAt(at)).chat(DIFY.chat(call(FIRST), WORKFLOW));
            assertThat(run.ending()).as("cut at " + at).isEqualTo(FlowRun.Ending.FAILED);
        }
    }

    @Test
    void aWorkflowWithoutPiecesAnswersByItsOutputs() {
        assertThat(outputs("{\"n\":7,\"text\":\"Good day\"}")).isEqualTo("Good day");
        assertThat(outputs("{\"n\":7}")).isEqualTo("{\"n\":7}");
        assertThat(outputs("{}")).isEmpty();
    }

    @Test
    void aBlockingWorkflowAnswersInOneObject() {
        FlowRun<ChatEvent> run = FlowDriver.answering(Reply.json("""
                        {"workflow_run_id":"w1","task_id":"t1","data":{"status":"succeeded","outputs":{"text":"Good day"},\
                        "total_tokens":12}}""")).chat(DIFY.chat(call(FIRST), WORKFLOW));

        assertThat(ChatSummary.of(run.events()).first().text()).isEqualTo("Good day");
    }

    @Test
    void aWorkflowThatFailsOrWaitsForSomebodyIsAFault() {
        FlowRun<ChatEvent> failed = ask(Map.of(), FIRST, Reply.sse("""
                {"event":"workflow_finished","task_id":"t1","data":{"status":"failed","error":"node 3 failed"}}"""));
        FlowRun<ChatEvent> paused =
                ask(Map.of(), FIRST, Reply.sse("{\"event\":\"workflow_paused\",\"task_id\":\"t1\",\"data\":{}}"));

        assertThat(failed.fault().kind()).isEqualTo(FaultKind.UPSTREAM);
        assertThat(failed.fault().message()).isEqualTo("node 3 failed");
        assertThat(paused.fault().kind()).isEqualTo(FaultKind.NO_ACCESS);
    }

    @Test
    void aWorkflowMayEndBeforeTheMessageDoes() {
        FlowRun<ChatEvent> run = FlowDriver.answering(
                        Reply.sse(
                                "{\"event\":\"workflow_started\",\"task_id\":\"t1\",\"message_id\":\"m1\"}",
                                "{\"event\":\"message\",\"task_id\":\"t1\",\"message_id\":\"m1\",\"answer\":\"Hello\"}",
                                "{\"event\":\"workflow_finished\",\"task_id\":\"t1\",\"data\":{\"status\":\"succeeded\"}}",
                                "{\"event\":\"message_end\",\"task_id\":\"t1\",\"message_id\":\"m1\","
                                        + "\"metadata\":{\"usage\":{\"prompt_tokens\":9,\"completion_tokens\":4,\"total_tokens\":13}}}"))
                .chat(DIFY.chat(call(FIRST), CHANNEL));

        assertThat(ChatSummary.of(run.events()).usage().input()).isEqualTo(9);
        assertThat(ChatSummary.of(run.events()).first().text()).isEqualTo("Hello");
    }

    @Test
    void filesOfASelfHostedServerGetItsAddress() {
        TestChannel own =
                CHANNEL.toBuilder().endpoint("https://dify.example/v1").build();

        FlowRun<ChatEvent> run = FlowDriver.answering(Reply.sse(
                        "{\"event\":\"message_file\",\"task_id\":\"t1\",\"type\":\"image\",\"url\":\"/files/a.png?sign=1\"}",
                        "{\"event\":\"message_end\",\"task_id\":\"t1\"}"))
                .chat(DIFY.chat(call(FIRST), own));

        assertThat(ChatSummary.of(run.events()).first().text())
                .isEqualTo("\n\n![file](https://dify.example/files/a.png?sign=1)\n\n");
    }

    private static String outputs(String outputs) {
        FlowRun<ChatEvent> run = FlowDriver.answering(Reply.sse(
                        "{\"event\":\"workflow_finished\",\"task_id\":\"t1\",\"data\":{\"status\":\"succeeded\",\"outputs\":"
                                + outputs + "}}"))
                .chat(DIFY.chat(call(FIRST), WORKFLOW));
        return ChatSummary.of(run.events()).first().text();
    }

    private static FlowRun<ChatEvent> ask(Map<Memo, String> memory, String messages, Reply... replies) {
        return FlowDriver.answering(replies).remembering(memory).chat(DIFY.chat(call(messages), CHANNEL));
    }

    private static TestChatCall call(String messages) {
        return TestChatCall.of("{\"model\":\"dify\",\"stream\":true,\"messages\":[" + messages + "]}");
    }
}

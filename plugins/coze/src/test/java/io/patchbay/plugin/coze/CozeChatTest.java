package io.patchbay.plugin.coze;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.spi.ChannelType;
import io.patchbay.spi.FaultKind;
import io.patchbay.spi.Memo;
import io.patchbay.spi.chat.ChatEvent;
import io.patchbay.spi.json.Json;
import io.patchbay.testkit.host.ChatSummary;
import io.patchbay.testkit.host.Cut;
import io.patchbay.testkit.host.FlowDriver;
import io.patchbay.testkit.host.FlowRun;
import io.patchbay.testkit.host.Reply;
import io.patchbay.testkit.host.SentRequest;
import io.patchbay.testkit.host.TestChannel;
import io.patchbay.testkit.host.TestChatCall;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class CozeChatTest {
    private static final ChannelType COZE = new CozeChannelType();
    private static final TestChannel CHANNEL = TestChannel.builder(COZE.descriptor(), "a")
            .secret("key", "pat_test-1")
            .build();
    private static final TestChannel POLLING =
            CHANNEL.toBuilder().option("polling", "true").build();
    private static final String USER = "0123456789abcdef0123456789abcdef";
    private static final String FIRST = "{\"role\":\"user\",\"content\":\"Hi\"}";
    private static final String SECOND =
            FIRST + ",{\"role\":\"assistant\",\"content\":\"Hello\"},{\"role\":\"user\",\"content\":\"Weather?\"}";
    private static final String WAITING = """
            {"role":"user","content":"Weather?"},{"role":"assistant","content":null,"tool_calls":[\
            {"id":"v1-c1-call-7","type":"function","function":{"name":"weather","arguments":"{}"}},\
            {"id":"v1-c1-call-8","type":"function","function":{"name":"clock","arguments":"{}"}}]},\
            {"role":"tool","tool_call_id":"v1-c1-call-7","content":"17 degrees"},\
            {"role":"tool","tool_call_id":"v1-c1-call-8","content":"noon"}""";
    private static final Reply HELLO = Golden.stream("answer.sse");

    @Test
    void aQuestionIsPostedToTheBotThatTheModelNames() {
        SentRequest sent =
                ask(CHANNEL, Map.of(), "7300", FIRST, "", HELLO).sent().getFirst();

        assertThat(sent.method()).isEqualTo("POST");
        assertThat(sent.url()).isEqualTo("https://api.coze.cn/v3/chat");
        assertThat(sent.headers())
                .containsEntry("authorization", "Bearer pat_test-1")
                .containsEntry("accept", "text/event-stream");
        assertThat(sent.json()).isEqualTo(Json.parse("""
                {"bot_id":"7300","user_id":"%s","stream":true,"auto_save_history":true,"additional_messages":[\
                {"role":"user","type":"question","content":"Hi","content_type":"text"}]}""".formatted(USER)));
    }

    @Test
    void prefixesOfModelsAreForPeople() {
        assertThat(ask(CHANNEL, Map.of(), "coze-7300", FIRST, "", HELLO)
                        .sent()
                        .getFirst()
                        .json()
                        .string("bot_id"))
                .isEqualTo("7300");
        assertThat(ask(CHANNEL, Map.of(), "bot-7300", FIRST, "", HELLO)
                        .sent()
                        .getFirst()
                        .json()
                        .string("bot_id"))
                .isEqualTo("7300");
    }

    @Test
    void aPastedPathBelongsToNoAddress() {
        for (String endpoint : new String[] {
            "https://api.coze.com", "https://api.coze.com/", "https://api.coze.com/v3/chat", "https://api.coze.com/v3/"
        }) {
            TestChannel channel = CHANNEL.toBuilder().endpoint(endpoint).build();
            assertThat(ask(channel, Map.of(), "7300", FIRST, "", HELLO)
                            .sent()
                            .getFirst()
                            .url())
                    .isEqualTo("https://api.coze.com/v3/chat");
        }
    }

    @Test
    void theWholeHistoryIsSentWithTheSystemInFrontOfTheQuestion() {
        String history = "{\"role\":\"system\",\"content\":\"Be brief.\"}," + SECOND;

        assertThat(ask(CHANNEL, Map.of(), "7300", history, "", HELLO)
                        .sent()
                        .getFirst()
                        .json()
                        .get("additional_messages"))
                .isEqualTo(Json.parse("""
                        [{"role":"user","type":"question","content":"Hi","content_type":"text"},\
                        {"role":"assistant","type":"answer","content":"Hello","content_type":"text"},\
                        {"role":"user","type":"question","content":"Be brief.\\n\\nWeather?","content_type":"text"}]"""));
    }

    @Test
    void picturesAreNamedOrUploadedFirst() {
        String pictures = """
                {"role":"user","content":[{"type":"text","text":"Compare"},\
                {"type":"image_url","image_url":{"url":"https://example.com/a.png"}},\
                {"type":"image_url","image_url":{"url":"data:image/png;base64,aGVsbG8="}}]}""";

        FlowRun<ChatEvent> run = ask(
                CHANNEL, Map.of(), "7300", pictures, "", Reply.json("{\"code\":0,\"data\":{\"id\":\"74\"}}"), HELLO);

        assertThat(run.sent()).hasSize(2);
        assertThat(run.sent().getFirst().url()).isEqualTo("https://api.coze.cn/v1/files/upload");
        assertThat(run.sent().getFirst().text())
                .contains("name=\"file\"; filename=\"picture.png\"\r\nContent-Type: image/png\r\n\r\nhello\r\n");
        assertThat(run.sent().get(1).json().at("additional_messages", 0)).isEqualTo(Json.parse("""
                {"role":"user","type":"question","content":"[{\\"type\\":\\"text\\",\\"text\\":\\"Compare\\"},\
                {\\"type\\":\\"image\\",\\"file_url\\":\\"https://example.com/a.png\\"},\
                {\\"type\\":\\"image\\",\\"file_id\\":\\"74\\"}]","content_type":"object_string"}"""));
    }

    @Test
    void aRefusedUploadIsReadByItsCode() {
        FlowRun<ChatEvent> run = ask(
                CHANNEL,
                Map.of(),
                "7300",
                "{\"role\":\"user\",\"content\":[{\"type\":\"image_url\",\"image_url\":{\"url\":\"data:image/png;base64,aGVsbG8=\"}}]}",
                "",
                Reply.json("{\"code\":4100,\"msg\":\"authentication is invalid\"}"));

        assertThat(run.sent()).hasSize(1);
        assertThat(run.fault().kind()).isEqualTo(FaultKind.KEY_DEAD);
    }

    @Test
    void whatCozeHasAPlaceForArrivesAndTheRestIsReported() {
        FlowRun<ChatEvent> run = ask(
                CHANNEL,
                Map.of(),
                "7300",
                FIRST,
                ",\"metadata\":{\"order\":\"17\"},\"custom_variables\":{\"name\":\"Ada\"},\"top_p\":0.5,\"user\":\"u\"",
                HELLO);

        assertThat(run.sent().getFirst().json().get("meta_data")).hasToString("{\"order\":\"17\"}");
        assertThat(run.sent().getFirst().json().get("custom_variables")).hasToString("{\"name\":\"Ada\"}");
        assertThat(run.dropped()).containsExactly("top_p", "user");
    }

    @Test
    void ofAVeryLongHistoryTheNewestHundredMessagesAreSent() {
        String history = IntStream.range(0, 120)
                .mapToObj(i -> "{\"role\":\"" + (i % 2 == 0 ? "assistant" : "user") + "\",\"content\":\"" + i + "\"}")
                .collect(Collectors.joining(","));

        FlowRun<ChatEvent> run = ask(CHANNEL, Map.of(), "7300", history, "", HELLO);

        assertThat(run.sent().getFirst().json().elements("additional_messages")).hasSize(100);
        assertThat(run.sent()
                        .getFirst()
                        .json()
                        .elements("additional_messages")
                        .getLast()
                        .string("content"))
                .isEqualTo("119");
        assertThat(run.dropped()).containsExactly("messages");
    }

    @Test
    void theConversationGoesOnWithTheNewestQuestionOnly() {
        Map<Memo, String> memory =
                ask(CHANNEL, Map.of(), "7300", FIRST, "", HELLO).remembered();

        SentRequest sent =
                ask(CHANNEL, memory, "7300", SECOND, "", HELLO).sent().getFirst();

        assertThat(sent.url()).isEqualTo("https://api.coze.cn/v3/chat?conversation_id=v1");
        assertThat(sent.json().elements("additional_messages")).hasSize(1);
        assertThat(sent.json().elements("additional_messages").getFirst().string("content"))
                .isEqualTo("Weather?");
    }

    @Test
    void anotherBotHasAConversationOfItsOwn() {
        Map<Memo, String> memory =
                ask(CHANNEL, Map.of(), "7300", FIRST, "", HELLO).remembered();

        assertThat(ask(CHANNEL, memory, "7400", SECOND, "", HELLO)
                        .sent()
                        .getFirst()
                        .url())
                .isEqualTo("https://api.coze.cn/v3/chat");
    }

    @Test
    void aConversationCozeForgotIsToldAnew() {
        Map<Memo, String> memory =
                ask(CHANNEL, Map.of(), "7300", FIRST, "", HELLO).remembered();

        FlowRun<ChatEvent> run =
                ask(CHANNEL, memory, "7300", SECOND, "", Reply.json("{\"code\":4200,\"msg\":\"not found\"}"), HELLO);

        assertThat(run.ending()).isEqualTo(FlowRun.Ending.DONE);
        assertThat(run.sent().get(1).url()).isEqualTo("https://api.coze.cn/v3/chat");
        assertThat(run.sent().get(1).json().elements("additional_messages")).hasSize(3);
    }

    @Test
    void aBotThatIsNotThereIsARefusal() {
        FlowRun<ChatEvent> run =
                ask(CHANNEL, Map.of(), "7300", FIRST, "", Reply.json("{\"code\":4200,\"msg\":\"not found\"}"));

        assertThat(run.sent()).hasSize(1);
        assertThat(run.fault().kind()).isEqualTo(FaultKind.NO_ACCESS);
    }

    @Test
    void theChatIsCancelledWhenTheClientLeaves() {
        FlowRun<ChatEvent> run =
                FlowDriver.answering(HELLO).cut(Cut.every(200)).startChat(COZE.chat(call("7300", FIRST, ""), CHANNEL));
        while (run.events().isEmpty()) {
            run.step();
        }

        assertThat(run.farewell().url()).isEqualTo("https://api.coze.cn/v3/chat/cancel");
        assertThat(run.farewell().text()).isEqualTo("{\"chat_id\":\"c1\",\"conversation_id\":\"v1\"}");
        assertThat(run.farewell().header("authorization")).isEqualTo("Bearer pat_test-1");
        assertThat(run.toEnd().farewell()).isNull();
    }

    @Test
    void callsOfToolsSayWhichChatWaitsForThem() {
        FlowRun<ChatEvent> run = ask(CHANNEL, Map.of(), "7300", FIRST, "", Golden.stream("action.sse"));

        assertThat(ChatSummary.of(run.events()).first().calls())
                .extracting(ChatSummary.Call::id)
                .containsExactly("v1-c1-call_7", "v1-c1-call_8");
        assertThat(run.farewell()).isNull();
    }

    @Test
    void answersOfToolsGoToTheChatThatWaits() {
        FlowRun<ChatEvent> run = ask(CHANNEL, Map.of(), "7300", WAITING, "", HELLO);

        assertThat(run.sent()).hasSize(1);
        assertThat(run.sent().getFirst().url())
                .isEqualTo("https://api.coze.cn/v3/chat/submit_tool_outputs?conversation_id=v1&chat_id=c1");
        assertThat(run.sent().getFirst().json()).isEqualTo(Json.parse("""
                {"tool_outputs":[{"tool_call_id":"call-7","output":"17 degrees"},\
                {"tool_call_id":"call-8","output":"noon"}],"stream":true}"""));
        assertThat(run.remembered()).hasSize(1);
    }

    @Test
    void answersOfToolsNoChatWaitsForAreTold() {
        String foreign = WAITING.replace("v1-c1-call-8", "call_of_another_model");

        assertThat(ask(CHANNEL, Map.of(), "7300", foreign, "", HELLO)
                        .sent()
                        .getFirst()
                        .json()
                        .elements("additional_messages"))
                .extracting(message -> message.string("content"))
                .containsExactly(
                        "Weather?",
                        "[called the tool weather with {}]\n[called the tool clock with {}]",
                        "[result of the tool] 17 degrees",
                        "[result of the tool] noon");
    }

    @Test
    void aBackgroundRunIsAskedForUntilItIsThere() {
        FlowRun<ChatEvent> run = ask(POLLING, Map.of(), "7300", FIRST, "", Golden.POLLED);

        assertThat(run.sent())
                .extracting(sent -> sent.method() + " " + sent.url())
                .containsExactly(
                        "POST https://api.coze.cn/v3/chat",
                        "GET https://api.coze.cn/v3/chat/retrieve?conversation_id=v1&chat_id=c1",
                        "GET https://api.coze.cn/v3/chat/retrieve?conversation_id=v1&chat_id=c1",
                        "GET https://api.coze.cn/v3/chat/message/list?conversation_id=v1&chat_id=c1");
        assertThat(run.sent().getFirst().json().flag("stream", true)).isFalse();
        assertThat(run.sent().getFirst().json().flag("auto_save_history", false))
                .isTrue();
        assertThat(ChatSummary.of(run.events()).first().text()).isEqualTo("Hello");
        assertThat(run.pauses()).hasSize(2);
        assertThat(run.remembered()).hasSize(1);
    }

    @Test
    void aBackgroundRunCanFailOrAskForTools() {
        FlowRun<ChatEvent> failed = ask(POLLING, Map.of(), "7300", FIRST, "", Reply.json("""
                {"code":0,"data":{"id":"c1","conversation_id":"v1","status":"failed","last_error":{"code":4013,"msg":"x"}}}"""));
        FlowRun<ChatEvent> asking = ask(POLLING, Map.of(), "7300", FIRST, "", Reply.json("""
                {"code":0,"data":{"id":"c1","conversation_id":"v1","status":"requires_action","required_action":\
                {"submit_tool_outputs":{"tool_calls":[{"id":"7","type":"function","function":{"name":"f","arguments":"{}"}}]}}}}"""));

        assertThat(failed.fault().kind()).isEqualTo(FaultKind.RATE);
        assertThat(ChatSummary.of(asking.events()).first().finish()).isEqualTo("tool_calls");
    }

    @Test
    void anErrorEventMayBeWordsOrAnObject() {
        Reply words = Reply.events("event:error\ndata:broken pipe\n\n".getBytes(StandardCharsets.UTF_8));
        Reply object = Reply.events(
                "event:error\ndata:{\"code\":4013,\"msg\":\"slow down\"}\n\n".getBytes(StandardCharsets.UTF_8));

        assertThat(ask(CHANNEL, Map.of(), "7300", FIRST, "", words).fault().kind())
                .isEqualTo(FaultKind.UPSTREAM);
        assertThat(ask(CHANNEL, Map.of(), "7300", FIRST, "", object).fault().kind())
                .isEqualTo(FaultKind.RATE);
    }

    @Test
    void aReviewOfTheContentIsKnownByItsWords() {
        FlowRun<ChatEvent> run = ask(
                CHANNEL,
                Map.of(),
                "7300",
                FIRST,
                "",
                Reply.json("{\"code\":777,\"msg\":\"contains sensitive words\"}"));

        assertThat(run.fault().kind()).isEqualTo(FaultKind.CONTENT);
    }

    @Test
    void theTraceOfARefusalIsNoted() {
        FlowRun<ChatEvent> run = ask(
                CHANNEL,
                Map.of(),
                "7300",
                FIRST,
                "",
                Reply.json(401, "{\"code\":4100,\"msg\":\"no\"}").header("x-tt-logid", "20261125"));

        assertThat(run.notes()).containsEntry("logid", "20261125");
    }

    @Test
    void aWorkflowTakesTheTextAsAParameter() {
        TestChannel channel = CHANNEL.toBuilder()
                .option("inputName", "question")
                .option("appId", "74")
                .build();

        FlowRun<ChatEvent> run = ask(
                channel,
                Map.of(),
                "workflow-7301",
                SECOND,
                ",\"parameters\":{\"city\":\"Oslo\"}",
                Golden.stream("workflow.sse"));

        assertThat(run.sent().getFirst().url()).isEqualTo("https://api.coze.cn/v1/workflow/stream_run");
        assertThat(run.sent().getFirst().json()).isEqualTo(Json.parse("""
                {"workflow_id":"7301","parameters":{"city":"Oslo",\
                "question":"user: Hi\\n\\nassistant: Hello\\n\\nuser: Weather?"},"app_id":"74"}"""));
    }

    @Test
    void aWorkflowThatFailsOrWaitsForSomebodyIsAFault() {
        Reply error = Reply.events("event: Error\ndata: {\"error_code\":5000,\"error_message\":\"node failed\"}\n\n"
                .getBytes(StandardCharsets.UTF_8));
        Reply waits =
                Reply.events("event: Interrupt\ndata: {\"interrupt_data\":{}}\n\n".getBytes(StandardCharsets.UTF_8));

        assertThat(ask(CHANNEL, Map.of(), "workflow-1", FIRST, "", error)
                        .fault()
                        .message())
                .isEqualTo("node failed");
        assertThat(ask(CHANNEL, Map.of(), "workflow-1", FIRST, "", waits)
                        .fault()
                        .kind())
                .isEqualTo(FaultKind.NO_ACCESS);
    }

    @Test
    void aChatflowIsAskedByItsOwnRoute() {
        Map<Memo, String> memory =
                ask(CHANNEL, Map.of(), "chatflow-7302", FIRST, "", HELLO).remembered();

        SentRequest sent =
                ask(CHANNEL, memory, "chatflow-7302", SECOND, "", HELLO).sent().getFirst();

        assertThat(sent.url()).isEqualTo("https://api.coze.cn/v1/workflows/chat");
        assertThat(sent.json()).isEqualTo(Json.parse("""
                {"workflow_id":"7302","additional_messages":[{"role":"user","type":"question","content":"Weather?",\
                "content_type":"text"}],"conversation_id":"v1"}"""));
    }

    private static FlowRun<ChatEvent> ask(
            TestChannel channel,
            Map<Memo, String> memory,
            String model,
            String messages,
            String more,
            Reply... replies) {
        return FlowDriver.answering(replies).remembering(memory).chat(COZE.chat(call(model, messages, more), channel));
    }

    private static TestChatCall call(String model, String messages, String more) {
        return TestChatCall.of(
                "{\"model\":\"" + model + "\",\"stream\":true,\"messages\":[" + messages + "]" + more + "}");
    }
}

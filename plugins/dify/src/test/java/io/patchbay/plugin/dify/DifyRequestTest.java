package io.patchbay.plugin.dify;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.spi.ChannelType;
import io.patchbay.spi.chat.ChatEvent;
import io.patchbay.spi.json.Json;
import io.patchbay.testkit.host.FlowDriver;
import io.patchbay.testkit.host.FlowRun;
import io.patchbay.testkit.host.Reply;
import io.patchbay.testkit.host.SentRequest;
import io.patchbay.testkit.host.TestChannel;
import io.patchbay.testkit.host.TestChatCall;
import org.junit.jupiter.api.Test;

final class DifyRequestTest {
    private static final ChannelType DIFY = new DifyChannelType();
    private static final TestChannel CHANNEL = TestChannel.builder(DIFY.descriptor(), "a")
            .secret("key", "app-test-1")
            .build();
    private static final String USER = "0123456789abcdef0123456789abcdef";

    @Test
    void aQuestionIsPostedToTheAppOfTheKey() {
        SentRequest sent = sent(CHANNEL, "{\"role\":\"user\",\"content\":\"Hi\"}", "");

        assertThat(sent.method()).isEqualTo("POST");
        assertThat(sent.url()).isEqualTo("https://api.dify.ai/v1/chat-messages");
        assertThat(sent.headers())
                .containsEntry("authorization", "Bearer app-test-1")
                .containsEntry("accept", "text/event-stream");
        assertThat(sent.json()).isEqualTo(Json.parse("""
                {"query":"Hi","inputs":{},"response_mode":"streaming","user":"%s","conversation_id":"",\
                "auto_generate_name":false}""".formatted(USER)));
    }

    @Test
    void theEndpointIsTakenWithAndWithoutItsVersion() {
        TestChannel own = CHANNEL.toBuilder().endpoint("https://dify.example").build();
        TestChannel versioned =
                CHANNEL.toBuilder().endpoint("https://dify.example/v1/").build();

        assertThat(sent(own, "{\"role\":\"user\",\"content\":\"Hi\"}", "").url())
                .isEqualTo("https://dify.example/v1/chat-messages");
        assertThat(sent(versioned, "{\"role\":\"user\",\"content\":\"Hi\"}", "").url())
                .isEqualTo("https://dify.example/v1/chat-messages");
    }

    @Test
    void theHistoryIsToldInFrontOfTheNewestQuestion() {
        String history = """
                {"role":"system","content":"Be brief."},{"role":"user","content":"Hi"},\
                {"role":"assistant","content":"Hello"},{"role":"user","content":"Weather?"}""";

        assertThat(sent(CHANNEL, history, "").json().string("query"))
                .isEqualTo("user: Be brief.\n\n\nHi\n\nassistant: Hello\n\nuser: Weather?");
    }

    @Test
    void toolCallsOfTheHistoryBecomeWords() {
        String history = """
                {"role":"user","content":"Weather?"},{"role":"assistant","content":null,"tool_calls":[{"id":"c1",\
                "type":"function","function":{"name":"weather","arguments":"{}"}}]},\
                {"role":"tool","tool_call_id":"c1","content":"rain"}""";

        assertThat(sent(CHANNEL, history, "").json().string("query"))
                .isEqualTo("user: Weather?\n\nassistant: [called the tool weather with {}]\n\n"
                        + "user: [result of the tool] rain");
    }

    @Test
    void variablesOfTheAppComeFromTheClient() {
        assertThat(sent(CHANNEL, "{\"role\":\"user\",\"content\":\"Hi\"}", ",\"inputs\":{\"city\":\"Oslo\"}")
                        .json()
                        .get("inputs"))
                .hasToString("{\"city\":\"Oslo\"}");
    }

    @Test
    void otherAppsTakeTheTextAsAVariable() {
        TestChannel completion =
                CHANNEL.toBuilder().option("appType", "completion").build();
        TestChannel workflow = CHANNEL.toBuilder()
                .option("appType", "workflow")
                .option("inputName", "question")
                .build();

        SentRequest first = sent(completion, "{\"role\":\"user\",\"content\":\"Hi\"}", "");
        SentRequest second = sent(workflow, "{\"role\":\"user\",\"content\":\"Hi\"}", "");

        assertThat(first.path()).isEqualTo("/v1/completion-messages");
        assertThat(first.json()).isEqualTo(Json.parse("""
                {"inputs":{"query":"Hi"},"response_mode":"streaming","user":"%s"}""".formatted(USER)));
        assertThat(second.path()).isEqualTo("/v1/workflows/run");
        assertThat(second.json()).isEqualTo(Json.parse("""
                {"inputs":{"question":"Hi"},"response_mode":"streaming","user":"%s"}""".formatted(USER)));
    }

    @Test
    void picturesAreNamedOrUploadedFirst() {
        String pictures = """
                {"role":"user","content":[{"type":"text","text":"Compare"},\
                {"type":"image_url","image_url":{"url":"https://example.com/a.png"}},\
                {"type":"image_url","image_url":{"url":"data:image/jpeg;base64,aGVsbG8="}}]}""";

        FlowRun<ChatEvent> run = run(
                CHANNEL, pictures, "", Reply.json(201, "{\"id\":\"f1\"}"), Reply.events(Golden.bytes("chatbot.sse")));

        assertThat(run.sent()).hasSize(2);
        SentRequest upload = run.sent().getFirst();
        assertThat(upload.url()).isEqualTo("https://api.dify.ai/v1/files/upload");
        assertThat(upload.headers()).containsEntry("authorization", "Bearer app-test-1");
        assertThat(upload.text())
                .contains("name=\"user\"\r\n\r\n" + USER + "\r\n")
                .contains("name=\"file\"; filename=\"picture.jpeg\"\r\nContent-Type: image/jpeg\r\n\r\nhello\r\n");
        assertThat(run.sent().get(1).json().get("files")).isEqualTo(Json.parse("""
                [{"type":"image","transfer_method":"remote_url","url":"https://example.com/a.png"},\
                {"type":"image","transfer_method":"local_file","upload_file_id":"f1"}]"""));
    }

    @Test
    void whatTheAppDecidesIsReported() {
        FlowRun<ChatEvent> run = run(
                CHANNEL,
                "{\"role\":\"user\",\"content\":[{\"type\":\"text\",\"text\":\"Hi\"},"
                        + "{\"type\":\"input_audio\",\"input_audio\":{\"data\":\"AA==\",\"format\":\"wav\"}}]}",
                ",\"temperature\":0.2,\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"f\"}}]",
                Reply.events(Golden.bytes("chatbot.sse")));

        assertThat(run.dropped()).containsExactly("messages.input_audio", "temperature", "tools");
    }

    @Test
    void blockingIsAskedForWhereTheOperatorWantsIt() {
        TestChannel blocking =
                CHANNEL.toBuilder().option("responseMode", "blocking").build();

        FlowRun<ChatEvent> run = run(blocking, "{\"role\":\"user\",\"content\":\"Hi\"}", "", Reply.json("""
                {"event":"message","message_id":"m1","conversation_id":"v1","mode":"chat","answer":"<think>Hm.</think>Hello",\
                "metadata":{"usage":{"prompt_tokens":10,"completion_tokens":2,"total_tokens":12}}}"""));

        assertThat(run.sent().getFirst().json().string("response_mode")).isEqualTo("blocking");
        assertThat(run.events())
                .contains(new ChatEvent.Reasoning("Hm."), new ChatEvent.Text("Hello"), new ChatEvent.Finish("stop"));
    }

    private static SentRequest sent(TestChannel channel, String messages, String more) {
        return run(channel, messages, more, Reply.events(Golden.bytes("chatbot.sse")))
                .sent()
                .getLast();
    }

    private static FlowRun<ChatEvent> run(TestChannel channel, String messages, String more, Reply... replies) {
        TestChatCall call =
                TestChatCall.of("{\"model\":\"dify\",\"stream\":true,\"messages\":[" + messages + "]" + more + "}");
        return FlowDriver.answering(replies).chat(DIFY.chat(call, channel));
    }
}

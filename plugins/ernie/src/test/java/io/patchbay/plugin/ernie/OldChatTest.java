package io.patchbay.plugin.ernie;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.spi.FaultKind;
import io.patchbay.spi.chat.ChatEvent;
import io.patchbay.spi.json.Json;
import io.patchbay.spi.json.JsonValue;
import io.patchbay.testkit.host.FlowDriver;
import io.patchbay.testkit.host.FlowRun;
import io.patchbay.testkit.host.Reply;
import io.patchbay.testkit.host.SentRequest;
import io.patchbay.testkit.host.TestChannel;
import io.patchbay.testkit.host.TestChatCall;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class OldChatTest {
    private static final String ANSWER = "{\"id\":\"as-1\",\"result\":\"ok\",\"is_end\":true}";
    private static final String USER = "\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]";

    @Test
    void theModelIsPartOfTheAddressAndTheTokenOfTheQuery() {
        SentRequest sent = sent("ERNIE-3.5-8K", USER);

        assertThat(sent.url())
                .isEqualTo("https://aip.baidubce.com/rpc/2.0/ai_custom/v1/wenxinworkshop/chat/completions"
                        + "?access_token=24.fake-a.2592000");
        assertThat(sent.source().url()).doesNotContain("24.fake");
        assertThat(Stream.of("ERNIE-Bot-4", "ernie-bot-turbo", "ERNIE-Speed-8K", "ERNIE-Lite-8K-0308", "BLOOMZ-7B")
                        .map(model -> sent(model, USER).path().replaceAll(".*/", "")))
                .containsExactly("completions_pro", "eb-instant", "ernie_speed", "ernie-lite-8k", "bloomz_7b1");
        assertThat(sent("ERNIE-4.0-Turbo-8K", USER).path()).endsWith("/chat/ernie-4.0-turbo-8k");
        assertThat(sent("my_Deployment", USER).path()).endsWith("/chat/my_Deployment");
        assertThat(sent("../embeddings/x", USER).source().url()).endsWith("/chat/..%2Fembeddings%2Fx");
    }

    @Test
    void settingsAreNamedAndMovedIntoTheirRanges() {
        assertThat(body(USER
                        + ",\"temperature\":0,\"top_p\":2,\"max_tokens\":1,\"user\":\"u-17\",\"stop\":\"END\","
                        + "\"presence_penalty\":1,\"frequency_penalty\":-1,\"disable_search\":true,"
                        + "\"response_format\":{\"type\":\"json_object\"}"))
                .isEqualTo(Json.parse("{\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}],\"stream\":true,"
                        + "\"temperature\":0.01,\"top_p\":1,\"penalty_score\":1.5,\"max_output_tokens\":2,"
                        + "\"stop\":[\"END\"],\"response_format\":\"json_object\",\"user_id\":\"u-17\","
                        + "\"disable_search\":true}"));
    }

    @Test
    void aPenaltyOfTheVendorsOwnWins() {
        assertThat(body(USER + ",\"penalty_score\":1.2,\"repetition_penalty\":1.9")
                        .get("penalty_score"))
                .isEqualTo(JsonValue.of(1.2));
        assertThat(body(USER + ",\"repetition_penalty\":0.5").get("penalty_score"))
                .isEqualTo(JsonValue.of(1));
        assertThat(body(USER + ",\"frequency_penalty\":-1").get("penalty_score"))
                .isNull();
    }

    @Test
    void stopsBeyondTheLimitsAreReported() {
        FlowRun<ChatEvent> run =
                run("m", USER + ",\"stop\":[\"a\",\"b\",\"" + "x".repeat(21) + "\",\"c\",\"d\",\"e\"]");

        assertThat(run.sent().getFirst().json().get("stop")).isEqualTo(Json.parse("[\"a\",\"b\",\"c\",\"d\"]"));
        assertThat(run.dropped()).containsExactly("stop");
    }

    @Test
    void systemTextsAreJoinedAndNeighboursMerged() {
        assertThat(body("\"messages\":[{\"role\":\"system\",\"content\":\"A\"},{\"role\":\"user\",\"content\":\"1\"},"
                        + "{\"role\":\"user\",\"content\":\"2\"},{\"role\":\"developer\",\"content\":\"B\"}]"))
                .isEqualTo(
                        Json.parse("{\"messages\":[{\"role\":\"user\",\"content\":\"1\\n2\"}],\"system\":\"A\\n\\nB\","
                                + "\"stream\":true}"));
    }

    @Test
    void aUserIsFirstAndLast() {
        assertThat(messages("[{\"role\":\"assistant\",\"content\":\"Welcome\"}]"))
                .isEqualTo(Json.parse("[{\"role\":\"user\",\"content\":\".\"},"
                        + "{\"role\":\"assistant\",\"content\":\"Welcome\"},{\"role\":\"user\",\"content\":\".\"}]"));
        assertThat(messages("[{\"role\":\"system\",\"content\":\"A\"}]"))
                .isEqualTo(Json.parse("[{\"role\":\"user\",\"content\":\".\"}]"));
    }

    @Test
    void functionsAreDescribedWithTheirParameters() {
        String tools = ",\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"f\",\"description\":\"d\","
                + "\"parameters\":{\"type\":\"object\",\"properties\":{\"a\":{}}}}},"
                + "{\"type\":\"function\",\"function\":{\"name\":\"g\"}}]";

        assertThat(body(USER + tools).get("functions"))
                .isEqualTo(Json.parse("[{\"name\":\"f\",\"description\":\"d\",\"parameters\":{\"type\":\"object\","
                        + "\"properties\":{\"a\":{}}}},{\"name\":\"g\",\"description\":\"g\",\"parameters\":"
                        + "{\"type\":\"object\",\"properties\":{}}}]"));
        assertThat(body(USER + tools + ",\"tool_choice\":\"none\"").get("functions"))
                .isNull();
        assertThat(run("m", USER + tools + ",\"tool_choice\":\"required\"").dropped())
                .containsExactly("tool_choice");
    }

    @Test
    void callsMadeAtOnceAreToldOneAfterTheOther() {
        assertThat(messages("[{\"role\":\"user\",\"content\":\"Q\"},{\"role\":\"assistant\",\"content\":\"wait\","
                        + "\"tool_calls\":[{\"id\":\"1\",\"type\":\"function\",\"function\":{\"name\":\"f\","
                        + "\"arguments\":\"{}\"}},{\"id\":\"2\",\"type\":\"function\",\"function\":{\"name\":\"g\","
                        + "\"arguments\":\"{\\\"a\\\":1}\"}}]},{\"role\":\"tool\",\"tool_call_id\":\"2\","
                        + "\"content\":\"two\"},{\"role\":\"tool\",\"tool_call_id\":\"1\",\"content\":\"one\"}]"))
                .isEqualTo(Json.parse("[{\"role\":\"user\",\"content\":\"Q\"},"
                        + "{\"role\":\"assistant\",\"content\":\"wait\",\"function_call\":{\"name\":\"f\","
                        + "\"arguments\":\"{}\"}},{\"role\":\"function\",\"name\":\"f\",\"content\":\"one\"},"
                        + "{\"role\":\"assistant\",\"content\":\"\",\"function_call\":{\"name\":\"g\","
                        + "\"arguments\":\"{\\\"a\\\":1}\"}},"
                        + "{\"role\":\"function\",\"name\":\"g\",\"content\":\"two\"}]"));
    }

    @Test
    void anAnswerOfAToolNobodyCalledIsSaidByTheUser() {
        assertThat(messages("[{\"role\":\"tool\",\"tool_call_id\":\"9\",\"content\":\"17\"}]"))
                .isEqualTo(Json.parse("[{\"role\":\"user\",\"content\":\"[result of the tool] 17\"}]"));
    }

    @Test
    void picturesAndUnknownFieldsAreReported() {
        FlowRun<ChatEvent> run = run(
                "m",
                "\"messages\":[{\"role\":\"user\",\"content\":[{\"type\":\"text\",\"text\":\"a\"},"
                        + "{\"type\":\"image_url\",\"image_url\":{\"url\":\"https://a.example/b.png\"}}]}],\"seed\":1,"
                        + "\"n\":1,\"reasoning_effort\":\"low\"");

        assertThat(run.dropped()).containsExactly("messages.image_url", "reasoning_effort", "seed");
    }

    @Test
    void aLineWithOneKeyCannotBeChangedIntoAToken() {
        TestChannel one = Channels.old("a").toBuilder().secret("secret_key", "").build();
        ErnieChannelType ernie = new ErnieChannelType();
        TestChannel bare = TestChannel.builder(new ErnieChannelType().descriptor(), "a")
                .endpoint(Channels.OLD_ENDPOINT)
                .secret("secret_key", "")
                .build();

        assertThat(ernie.mint(one)).isNull();
        FlowRun<ChatEvent> run = FlowDriver.silent().chat(ernie.chat(call("m", USER), bare));
        assertThat(run.fault().kind()).isEqualTo(FaultKind.CONFIG);
    }

    private static JsonValue messages(String messages) {
        return body("\"messages\":" + messages).get("messages");
    }

    private static JsonValue body(String members) {
        return sent("m", members).json();
    }

    private static SentRequest sent(String model, String members) {
        return run(model, members).sent().getFirst();
    }

    private static FlowRun<ChatEvent> run(String model, String members) {
        FlowRun<ChatEvent> run = FlowDriver.answering(Reply.sse(ANSWER))
                .chat(new ErnieChannelType().chat(call(model, members), Channels.old("a")));
        assertThat(run.mistakes()).isEmpty();
        assertThat(run.ending()).isEqualTo(FlowRun.Ending.DONE);
        return run;
    }

    private static TestChatCall call(String model, String members) {
        return TestChatCall.of("{\"model\":\"" + model + "\",\"stream\":true," + members + "}");
    }
}

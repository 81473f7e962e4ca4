package io.patchbay.plugin.bedrock;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.spi.FaultKind;
import io.patchbay.spi.chat.ChatEvent;
import io.patchbay.spi.json.Json;
import io.patchbay.testkit.host.FlowDriver;
import io.patchbay.testkit.host.FlowRun;
import io.patchbay.testkit.host.Reply;
import io.patchbay.testkit.host.SentRequest;
import io.patchbay.testkit.host.TestChannel;
import io.patchbay.testkit.host.TestChatCall;
import org.junit.jupiter.api.Test;

final class ConverseRequestTest {
    private static final Reply DONE =
            Reply.json("{\"output\":{\"message\":{\"content\":[{\"text\":\"ok\"}]}},\"stopReason\":\"end_turn\"}");
    private static final TestChannel SIGNED = TestChannel.builder()
            .endpoint(Runtime.ENDPOINT)
            .secret(Runtime.ACCESS, "AKIDEXAMPLE")
            .secret(Runtime.SECRET, "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY")
            .secret(Runtime.REGION, "eu-west-1")
            .secret(Runtime.SESSION, "")
            .build();

    private static FlowRun<ChatEvent> run(String model, String members, TestChannel channel) {
        return FlowDriver.answering(DONE)
                .chat(new BedrockChannelType()
                        .chat(TestChatCall.of("{\"model\":\"" + model + "\"," + members + "}"), channel));
    }

    private static SentRequest sent(String model, String members) {
        FlowRun<ChatEvent> run = run(model, members, SIGNED);
        assertThat(run.mistakes()).isEmpty();
        return run.sent().getFirst();
    }

    @Test
    void signsForTheRegionOfTheCredentialAndEncodesTheModel() {
        SentRequest sent = sent(
                "us.anthropic.claude-sonnet-4-5-20250929-v1:0",
                "\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]");

        assertThat(sent.url())
                .isEqualTo("https://bedrock-runtime.eu-west-1.amazonaws.com/model/"
                        + "us.anthropic.claude-sonnet-4-5-20250929-v1%3A0/converse");
        assertThat(sent.header("authorization"))
                .startsWith("AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20261124/eu-west-1/bedrock/aws4_request");
    }

    @Test
    void modelsAreAskedOfTheManagementHost() {
        SentRequest sent = FlowDriver.answering(Reply.json("{\"modelSummaries\":[]}"))
                .run(new BedrockChannelType().models(SIGNED))
                .sent()
                .getFirst();

        assertThat(sent.url()).isEqualTo("https://bedrock.eu-west-1.amazonaws.com/foundation-models");
    }

    @Test
    void aKeyByItselfIsABearer() {
        TestChannel bearer = SIGNED.toBuilder().secret(Runtime.SECRET, "").build();
        SentRequest sent = run("amazon.nova-pro-v1:0", "\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]", bearer)
                .sent()
                .getFirst();

        assertThat(sent.header("authorization")).isEqualTo("Bearer AKIDEXAMPLE");
    }

    @Test
    void writesAConversationWithToolsAlternating() {
        SentRequest sent = sent(
                "amazon.nova-pro-v1:0",
                "\"messages\":[{\"role\":\"system\",\"content\":\"Be brief.\"},{\"role\":\"user\",\"content\":\"Weather?\"},"
                        + "{\"role\":\"user\",\"content\":\" \"},"
                        + "{\"role\":\"assistant\",\"content\":null,\"tool_calls\":[{\"id\":\"a\",\"type\":\"function\",\"function\":"
                        + "{\"name\":\"w\",\"arguments\":\"{\\\"c\\\":1}\"}},{\"id\":\"b\",\"type\":\"function\",\"function\":"
                        + "{\"name\":\"w\",\"arguments\":\"\"}}]},"
                        + "{\"role\":\"tool\",\"tool_call_id\":\"a\",\"content\":\"17\"},"
                        + "{\"role\":\"tool\",\"tool_call_id\":\"b\",\"content\":\"\"},{\"role\":\"user\",\"content\":\"And?\"}],"
                        + "\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"w\",\"parameters\":{\"type\":\"object\"}}}],"
                        + "\"tool_choice\":\"required\",\"temperature\":1.7,\"stop\":\"END\",\"max_tokens\":9");

        assertThat(sent.json())
                .isEqualTo(Json.parse("{\"system\":[{\"text\":\"Be brief.\"}],\"messages\":["
                        + "{\"role\":\"user\",\"content\":[{\"text\":\"Weather?\"}]},"
                        + "{\"role\":\"assistant\",\"content\":[{\"toolUse\":{\"toolUseId\":\"a\",\"name\":\"w\",\"input\":{\"c\":1}}},"
                        + "{\"toolUse\":{\"toolUseId\":\"b\",\"name\":\"w\",\"input\":{}}}]},"
                        + "{\"role\":\"user\",\"content\":[{\"toolResult\":{\"toolUseId\":\"a\",\"content\":[{\"text\":\"17\"}]}},"
                        + "{\"toolResult\":{\"toolUseId\":\"b\",\"content\":[{\"text\":\"(nothing)\"}]}},{\"text\":\"And?\"}]}],"
                        + "\"inferenceConfig\":{\"maxTokens\":9,\"temperature\":1,\"stopSequences\":[\"END\"]},"
                        + "\"toolConfig\":{\"tools\":[{\"toolSpec\":{\"name\":\"w\",\"inputSchema\":{\"json\":{\"type\":\"object\"}}}}],"
                        + "\"toolChoice\":{\"any\":{}}}}"));
    }

    @Test
    void thinkingGetsABudgetAndRoomBehindIt() {
        FlowRun<ChatEvent> run = run(
                "us.anthropic.claude-opus-4-8",
                "\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}],\"reasoning_effort\":\"high\",\"max_tokens\":100,"
                        + "\"temperature\":0.2,\"top_k\":5",
                SIGNED);

        assertThat(run.sent().getFirst().json())
                .isEqualTo(
                        Json.parse(
                                "{\"messages\":[{\"role\":\"user\",\"content\":[{\"text\":\"Hi\"}]}],"
                                        + "\"inferenceConfig\":{\"maxTokens\":24676},"
                                        + "\"additionalModelRequestFields\":{\"thinking\":{\"type\":\"enabled\",\"budget_tokens\":24576}}}"));
        assertThat(run.dropped()).containsExactly("temperature", "top_k");
    }

    @Test
    void thoughtsGoBackWithTheirSignature() {
        SentRequest sent = sent(
                "us.anthropic.claude-opus-4-8",
                "\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"},{\"role\":\"assistant\",\"content\":\"Ho\","
                        + "\"reasoning_details\":[{\"type\":\"reasoning.text\",\"text\":\"hm\",\"signature\":\"c2ln\"},"
                        + "{\"type\":\"reasoning.text\",\"text\":\"unsigned\"}]},{\"role\":\"user\",\"content\":\"Go on\"}]");

        assertThat(sent.json().at("messages", 1, "content"))
                .isEqualTo(Json.parse(
                        "[{\"reasoningContent\":{\"reasoningText\":{\"text\":\"hm\",\"signature\":\"c2ln\"}}},"
                                + "{\"text\":\"Ho\"}]"));
    }

    @Test
    void everyVendorBehindItIsToldToThinkInItsOwnWords() {
        String members = "\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}],\"reasoning_effort\":\"low\"";

        assertThat(sent("amazon.nova-2-lite-v1:0", members).json().get("additionalModelRequestFields"))
                .isEqualTo(Json.parse("{\"reasoningConfig\":{\"type\":\"enabled\",\"maxReasoningEffort\":\"low\"}}"));
        assertThat(sent("openai.gpt-oss-120b-1:0", members).json().get("additionalModelRequestFields"))
                .isEqualTo(Json.parse("{\"reasoning_effort\":\"low\"}"));
        assertThat(run("deepseek.v3.2", members, SIGNED).dropped()).containsExactly("reasoning_effort");
    }

    @Test
    void aPictureOfAnotherKindIsRefused() {
        FlowRun<ChatEvent> run = run(
                "amazon.nova-pro-v1:0",
                "\"messages\":[{\"role\":\"user\",\"content\":[{\"type\":\"image_url\",\"image_url\":"
                        + "{\"url\":\"data:image/bmp;base64,Qk0=\"}}]}]",
                SIGNED);

        assertThat(run.sent()).isEmpty();
        assertThat(run.fault().kind()).isEqualTo(FaultKind.BAD_REQUEST);
    }
}

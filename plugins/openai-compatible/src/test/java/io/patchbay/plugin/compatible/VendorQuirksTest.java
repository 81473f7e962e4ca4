package io.patchbay.plugin.compatible;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.spi.ChannelType;
import io.patchbay.spi.FaultKind;
import io.patchbay.spi.chat.ChatEvent;
import io.patchbay.spi.json.Json;
import io.patchbay.spi.json.JsonValue;
import io.patchbay.testkit.host.ChatSummary;
import io.patchbay.testkit.host.FlowDriver;
import io.patchbay.testkit.host.FlowRun;
import io.patchbay.testkit.host.Reply;
import io.patchbay.testkit.host.TestChannel;
import io.patchbay.testkit.host.TestChatCall;
import org.junit.jupiter.api.Test;

/** Single vendors, asserted against what their documents say and not against their profiles. */
final class VendorQuirksTest {
    private static final CompatibleFamily FAMILY = new CompatibleFamily();

    private static FlowRun<ChatEvent> chat(String vendor, String body, Reply reply) {
        ChannelType type = FAMILY.members().stream()
                .filter(member -> member.descriptor().id().equals(vendor))
                .findFirst()
                .orElseThrow();
        TestChannel channel = TestChannel.builder(type.descriptor(), "one").build();
        FlowRun<ChatEvent> run = FlowDriver.answering(reply).chat(type.chat(TestChatCall.of(body), channel));
        assertThat(run.mistakes()).isEmpty();
        return run;
    }

    private static JsonValue sent(String vendor, String body) {
        return chat(vendor, body, Reply.json(404, "{}")).sent().getFirst().json();
    }

    private static String ask(String model, String more) {
        return "{\"model\":\"" + model + "\",\"stream\":true,\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]"
                + more + "}";
    }

    @Test
    void theNamesOfTheSeedStillWork() {
        assertThat(sent("baichuan", ask("baichuan-53b", "")).string("model")).isEqualTo("Baichuan2");
        JsonValue zhinao = sent("zhinao", ask("360-gpt-v9", ",\"max_tokens\":4000"));
        assertThat(zhinao.string("model")).isEqualTo("360GPT_S2_V9");
        assertThat(zhinao.get("max_tokens")).hasToString("2048");
        assertThat(chat("moonshot", ask("moonshot-v1-8k", ""), Reply.json(404, "{}"))
                        .sent()
                        .getFirst()
                        .url())
                .isEqualTo("https://api.moonshot.cn/v1/chat/completions");
        assertThat(chat("groq", ask("gemma-7b-it", ""), Reply.json(404, "{}"))
                        .sent()
                        .getFirst()
                        .url())
                .isEqualTo("https://api.groq.com/openai/v1/chat/completions");
        assertThat(chat("deepseek", ask("deepseek-chat", ""), Reply.json(404, "{}"))
                        .sent()
                        .getFirst()
                        .url())
                .isEqualTo("https://api.deepseek.com/chat/completions");
    }

    @Test
    void theOldNamesOfDeepSeekStandForOneModelWithAndWithoutThinking() {
        JsonValue chat = sent("deepseek", ask("deepseek-chat", ""));
        JsonValue reasoner = sent("deepseek", ask("deepseek-reasoner", ""));

        assertThat(chat.string("model")).isEqualTo("deepseek-v4-flash");
        assertThat(chat.get("thinking")).isEqualTo(Json.parse("{\"type\":\"disabled\"}"));
        assertThat(reasoner.string("model")).isEqualTo("deepseek-v4-flash");
        assertThat(reasoner.get("thinking")).isEqualTo(Json.parse("{\"type\":\"enabled\"}"));
        assertThat(sent("deepseek", ask("deepseek-v4-pro", "")).get("thinking")).isNull();
    }

    @Test
    void moonshotIsToldOfThinkingByModel() {
        assertThat(sent("moonshot", ask("kimi-k3", ",\"reasoning_effort\":\"medium\""))
                        .string("reasoning_effort"))
                .isEqualTo("high");
        assertThat(sent("moonshot", ask("kimi-k3", ",\"reasoning_effort\":\"none\""))
                        .get("thinking"))
                .isEqualTo(Json.parse("{\"type\":\"disabled\"}"));
        assertThat(sent("moonshot", ask("kimi-k2.6", ",\"reasoning_effort\":\"high\""))
                        .get("thinking"))
                .isEqualTo(Json.parse("{\"type\":\"enabled\"}"));
        FlowRun<ChatEvent> pinned = chat("moonshot", ask("kimi-k2.5", ",\"temperature\":0.3"), Reply.json(404, "{}"));
        assertThat(pinned.sent().getFirst().json().get("temperature")).isNull();
        assertThat(pinned.dropped()).containsExactly("temperature");
        assertThat(sent("moonshot", ask("moonshot-v1-8k", ",\"temperature\":1.5"))
                        .get("temperature"))
                .hasToString("1");
    }

    @Test
    void moonshotsUsageInsideAChoiceIsRead() {
        FlowRun<ChatEvent> run = chat(
                "moonshot",
                ask("moonshot-v1-8k", ""),
                Reply.sse(
                        "{\"id\":\"c1\",\"choices\":[{\"index\":0,\"delta\":{\"content\":\"Hello\"},\"finish_reason\":null}]}",
                        "{\"id\":\"c1\",\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\","
                                + "\"usage\":{\"prompt_tokens\":9,\"completion_tokens\":12,\"total_tokens\":21,\"cached_tokens\":3}}]}"));

        assertThat(ChatSummary.of(run.events()).usage()).isEqualTo(new ChatSummary.Tokens(9, 12, 3, 0, 0));
    }

    @Test
    void miniMaxSplitsItsThinkingAndIsReadEitherWay() {
        FlowRun<ChatEvent> run = chat(
                "minimax",
                ask("MiniMax-M2.7", ",\"temperature\":0"),
                Reply.sse(
                        "{\"id\":\"06\",\"choices\":[{\"index\":0,\"delta\":{\"role\":\"assistant\",\"content\":\"\",\"reasoning_details\":"
                                + "[{\"type\":\"reasoning.text\",\"index\":0,\"text\":\"Simple.\"}]}}],\"usage\":null}",
                        "{\"id\":\"06\",\"choices\":[{\"index\":0,\"delta\":{\"role\":\"\",\"content\":\"Hi\"}}],\"usage\":null}",
                        "{\"id\":\"06\",\"choices\":[{\"finish_reason\":\"stop\",\"index\":0,\"delta\":{\"content\":\"\"}}],\"usage\":"
                                + "{\"total_tokens\":52,\"prompt_tokens\":40,\"completion_tokens\":12,"
                                + "\"completion_tokens_details\":{\"reasoning_tokens\":9}}}"));

        JsonValue sent = run.sent().getFirst().json();
        assertThat(sent.get("reasoning_split")).hasToString("true");
        assertThat(sent.get("temperature")).hasToString("0.01");
        ChatSummary answer = ChatSummary.of(run.events());
        assertThat(answer.first().reasoning()).isEqualTo("Simple.");
        assertThat(answer.first().text()).isEqualTo("Hi");
        assertThat(answer.usage()).isEqualTo(new ChatSummary.Tokens(40, 12, 0, 0, 9));
        assertThat(ChatSummary.of(chat(
                                        "minimax",
                                        ask("MiniMax-M2.7", ""),
                                        Reply.sse(
                                                "{\"choices\":[{\"index\":0,\"delta\":{\"content\":\"<think>Simple.</think>Hi\"},"
                                                        + "\"finish_reason\":\"stop\"}]}"))
                                .events())
                        .first()
                        .reasoning())
                .isEqualTo("Simple.");
    }

    @Test
    void miniMaxNumbersItsErrorsWhereverTheyStand() {
        assertThat(fault(
                        "minimax",
                        Reply.json("{\"choices\":null,\"base_resp\":{\"status_code\":1008,\"status_msg\":\"no\"}}")))
                .isEqualTo(FaultKind.QUOTA);
        assertThat(fault(
                        "minimax",
                        Reply.json(
                                429,
                                "{\"type\":\"error\",\"error\":{\"type\":\"api_error\","
                                        + "\"message\":\"login fail (1004)\"}}")))
                .isEqualTo(FaultKind.KEY_DEAD);
        assertThat(fault(
                        "minimax",
                        Reply.json(400, "{\"error\":{\"message\":\"context window exceeds limit (2013)\"}}")))
                .isEqualTo(FaultKind.TOO_LONG);
    }

    @Test
    void sparkNeedsNoFinishReasonAndPutsItsErrorsIntoAnAnswer() {
        Reply answer =
                Reply.events(("data:{\"code\":0,\"message\":\"Success\",\"sid\":\"cha1\",\"id\":\"cha1\",\"choices\":"
                                + "[{\"delta\":{\"role\":\"assistant\",\"content\":\"Hel\"},\"index\":0}]}\n\n"
                                + "data:{\"code\":0,\"message\":\"Success\",\"sid\":\"cha1\",\"id\":\"cha1\",\"choices\":[{\"delta\":"
                                + "{\"content\":\"lo\"},\"index\":0}],\"usage\":{\"prompt_tokens\":7,\"completion_tokens\":3,"
                                + "\"total_tokens\":10}}\n\ndata:[DONE]\n\n")
                        .getBytes(java.nio.charset.StandardCharsets.UTF_8));

        FlowRun<ChatEvent> run = chat("sparkdesk-http", ask("spark-desk-max", ""), answer);

        assertThat(run.sent().getFirst().json().string("model")).isEqualTo("generalv3.5");
        assertThat(ChatSummary.of(run.events()).first().text()).isEqualTo("Hello");
        assertThat(ChatSummary.of(run.events()).first().finish()).isEqualTo("stop");
        assertThat(ChatSummary.of(run.events()).usage()).isEqualTo(new ChatSummary.Tokens(7, 3, 0, 0, 0));
        assertThat(fault("sparkdesk-http", Reply.json("{\"code\":10013,\"message\":\"input rejected\",\"sid\":\"x\"}")))
                .isEqualTo(FaultKind.CONTENT);
        assertThat(fault(
                        "sparkdesk-http",
                        Reply.sse("{\"code\":11202,\"message\":\"AppIdQpsOverFlowError\",\"sid\":\"x\"}")))
                .isEqualTo(FaultKind.RATE);
    }

    @Test
    void siliconFlowsErrorsHaveTwoShapes() {
        assertThat(fault(
                        "siliconflow",
                        Reply.json(
                                403, "{\"code\":30001,\"message\":\"account balance is insufficient\",\"data\":null}")))
                .isEqualTo(FaultKind.QUOTA);
        assertThat(fault(
                        "siliconflow",
                        Reply.json(400, "{\"code\":20012,\"message\":\"Model does not exist\",\"data\":null}")))
                .isEqualTo(FaultKind.NO_ACCESS);
        assertThat(fault("siliconflow", Reply.json(401, "\"Invalid token\""))).isEqualTo(FaultKind.KEY_DEAD);
    }

    @Test
    void xAisReasoningModelsRefuseWhatOthersTake() {
        FlowRun<ChatEvent> reasoning =
                chat("xai", ask("grok-4.3", ",\"stop\":[\"a\"],\"reasoning_effort\":\"max\""), Reply.json(404, "{}"));

        assertThat(reasoning.sent().getFirst().json().string("reasoning_effort"))
                .isEqualTo("xhigh");
        assertThat(reasoning.dropped()).containsExactly("stop");
        assertThat(sent("xai", ask("grok-3", ",\"stop\":[\"a\"]")).get("stop")).isNotNull();
        assertThat(sent("xai", ask("grok-4.20-reasoning", ",\"reasoning_effort\":\"low\""))
                        .get("reasoning_effort"))
                .isNull();
        assertThat(fault(
                        "xai",
                        Reply.json(403, "{\"code\":\"x\",\"error\":\"Your team has used all available credits\"}")))
                .isEqualTo(FaultKind.QUOTA);
        assertThat(fault("xai", Reply.json(400, "{\"code\":\"x\",\"error\":\"Incorrect API key provided: xa***\"}")))
                .isEqualTo(FaultKind.KEY_DEAD);
    }

    @Test
    void geminisThoughtsAreTakenOutOfTheContent() {
        FlowRun<ChatEvent> run = chat(
                "gemini-compatible",
                ask("gemini-x", ",\"thinking\":{\"type\":\"enabled\",\"budget_tokens\":99}"),
                Reply.sse(
                        "{\"choices\":[{\"index\":0,\"delta\":{\"content\":\"<thought>Hm.</thought>Hi\"},\"finish_reason\":\"stop\"}]}"));

        assertThat(ChatSummary.of(run.events()).first().reasoning()).isEqualTo("Hm.");
        assertThat(ChatSummary.of(run.events()).first().text()).isEqualTo("Hi");
    }

    @Test
    void ollamaHasNoToolChoiceAndNoToolsSayNone() {
        String tools = ",\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"f\"}}],\"tool_choice\":";

        FlowRun<ChatEvent> none = chat("ollama", ask("qwen3:8b", tools + "\"none\""), Reply.json(404, "{}"));
        FlowRun<ChatEvent> forced = chat("ollama", ask("qwen3:8b", tools + "\"required\""), Reply.json(404, "{}"));

        assertThat(none.sent().getFirst().json().get("tools")).isNull();
        assertThat(none.dropped()).isEmpty();
        assertThat(forced.sent().getFirst().json().get("tools")).isNotNull();
        assertThat(forced.sent().getFirst().json().get("tool_choice")).isNull();
        assertThat(forced.dropped()).containsExactly("tool_choice");
    }

    @Test
    void dashScopesThinkingOnlyModelsAreAlwaysStreamed() {
        String plain = "{\"model\":\"%s\",\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}";

        assertThat(sent("dashscope-compatible", plain.formatted("qwq-plus")).flag("stream", false))
                .isTrue();
        assertThat(sent("dashscope-compatible", plain.formatted("qwen3-32b")).flag("stream", false))
                .isTrue();
        assertThat(sent("dashscope-compatible", plain.formatted("qwen-plus")).flag("stream", false))
                .isFalse();
        assertThat(sent("dashscope-compatible", plain.formatted("qwen3-max")).flag("stream", false))
                .isFalse();
    }

    private static FaultKind fault(String vendor, Reply reply) {
        FlowRun<ChatEvent> run = chat(vendor, ask("m", ""), reply);
        assertThat(run.fault()).isNotNull();
        return run.fault().kind();
    }
}

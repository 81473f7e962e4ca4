package io.patchbay.plugin.cohere;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.spi.ChannelType;
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

final class CohereChatTest {
    private static final ChannelType COHERE = new CohereChannelType();
    private static final TestChannel CHANNEL = TestChannel.builder(COHERE.descriptor(), "a")
            .secret("key", "co-test-1")
            .build();
    private static final String HI = "{\"role\":\"user\",\"content\":\"Hi\"}";
    private static final String TWO_TOOLS = """
            "tools":[{"type":"function","function":{"name":"f","description":"does f","parameters":{"type":"object",\
            "properties":{"x":{"type":"string"}}}}},{"type":"function","function":{"name":"g"}}]""";
    private static final Reply HELLO = Reply.json("""
            {"id":"c3","message":{"role":"assistant","content":[{"type":"text","text":"Hello"}]},"finish_reason":"COMPLETE"}""");

    @Test
    void aChatIsPostedWithItsSettingsUnderCoheresNames() {
        FlowRun<ChatEvent> run = run("command-a-03-2025", HI, """
                ,"max_tokens":300,"temperature":0.3,"top_p":1,"top_k":900,"stop":["a","b"],"seed":7,"presence_penalty":1.5,\
                "frequency_penalty":-0.5,"logprobs":true,"safety_mode":"STRICT","documents":[{"id":"1","data":"x"}],\
                "citation_options":{"mode":"off"},"priority":3""");

        assertThat(run.sent().getFirst().method()).isEqualTo("POST");
        assertThat(run.sent().getFirst().url()).isEqualTo("https://api.cohere.com/v2/chat");
        assertThat(run.sent().getFirst().headers()).containsEntry("authorization", "Bearer co-test-1");
        assertThat(run.sent().getFirst().json()).isEqualTo(Json.parse("""
                {"model":"command-a-03-2025","stream":false,"messages":[{"role":"user","content":"Hi"}],"max_tokens":300,\
                "temperature":0.3,"p":0.99,"k":500,"seed":7,"frequency_penalty":0,"presence_penalty":1,\
                "stop_sequences":["a","b"],"logprobs":true,"documents":[{"id":"1","data":"x"}],\
                "citation_options":{"mode":"off"},"safety_mode":"STRICT","priority":3}"""));
        assertThat(run.dropped()).isEmpty();
    }

    @Test
    void whatCohereHasNoPlaceForIsReported() {
        FlowRun<ChatEvent> run = run("command-a-03-2025", """
                {"role":"user","content":[{"type":"text","text":"Hi"},\
                {"type":"image_url","image_url":{"url":"https://example.com/a.png"}}]}""", """
                ,"n":2,"logit_bias":{"1":2},"user":"u","stop":["1","2","3","4","5","6"]""");

        assertThat(run.dropped()).containsExactly("logit_bias", "messages.image_url", "n", "stop", "user");
        assertThat(body(run).elements("stop_sequences")).hasSize(5);
        assertThat(body(run).at("messages", 0, "content")).hasToString("\"Hi\"");
    }

    @Test
    void aConversationWithToolsIsToldInCoheresForm() {
        FlowRun<ChatEvent> run = run("command-a-03-2025", """
                {"role":"developer","content":"Be brief."},{"role":"user","content":"Weather?"},\
                {"role":"assistant","content":"Wait.","reasoning_content":"I look.","tool_calls":[{"id":"a","type":"function",\
                "function":{"name":"f","arguments":""}}]},{"role":"tool","tool_call_id":"a","content":"17 degrees"},\
                {"role":"assistant","content":"17."},{"role":"user","content":"Thanks"}""", "," + TWO_TOOLS);

        assertThat(body(run).get("messages")).isEqualTo(Json.parse("""
                [{"role":"system","content":"Be brief."},{"role":"user","content":"Weather?"},\
                {"role":"assistant","tool_plan":"I look.\\nWait.","tool_calls":[{"id":"a","type":"function",\
                "function":{"name":"f","arguments":"{}"}}]},{"role":"tool","tool_call_id":"a","content":"17 degrees"},\
                {"role":"assistant","content":"17."},{"role":"user","content":"Thanks"}]"""));
        assertThat(body(run).get("tools")).isEqualTo(Json.parse("""
                [{"type":"function","function":{"name":"f","description":"does f","parameters":{"type":"object",\
                "properties":{"x":{"type":"string"}}}}},{"type":"function","function":{"name":"g",\
                "parameters":{"type":"object","properties":{}}}}]"""));
        assertThat(body(run).get("tool_choice")).isNull();
    }

    @Test
    void theChoiceOfAToolIsOneOfTwoWords() {
        assertThat(choice("\"required\"").string("tool_choice")).isEqualTo("REQUIRED");
        assertThat(choice("\"none\"").string("tool_choice")).isEqualTo("NONE");
        assertThat(choice("\"auto\"").get("tool_choice")).isNull();
        JsonValue named = choice("{\"type\":\"function\",\"function\":{\"name\":\"g\"}}");
        assertThat(named.string("tool_choice")).isEqualTo("REQUIRED");
        assertThat(named.elements("tools")).hasSize(1);
        assertThat(named.at("tools", 0, "function", "name")).hasToString("\"g\"");
    }

    @Test
    void strictToolsAreStrictAltogether() {
        String strict = TWO_TOOLS.replace("\"name\":\"g\"", "\"name\":\"g\",\"strict\":true");

        assertThat(body(run("command-a-03-2025", HI, "," + strict)).flag("strict_tools", false))
                .isTrue();
        assertThat(body(run("command-a-03-2025", HI, "," + TWO_TOOLS)).get("strict_tools"))
                .isNull();
    }

    @Test
    void aFormatIsAskedForUnlessThereAreTools() {
        String schema = """
                ,"response_format":{"type":"json_schema","json_schema":{"name":"s","schema":{"type":"object"}}}""";

        assertThat(body(run("command-a-03-2025", HI, schema)).get("response_format"))
                .hasToString("{\"type\":\"json_object\",\"json_schema\":{\"type\":\"object\"}}");
        assertThat(body(run("command-a-03-2025", HI, ",\"response_format\":{\"type\":\"json_object\"}"))
                        .get("response_format"))
                .hasToString("{\"type\":\"json_object\"}");
        assertThat(body(run("command-a-03-2025", HI, ",\"response_format\":{\"type\":\"text\"}"))
                        .get("response_format"))
                .isNull();
        FlowRun<ChatEvent> both = run("command-a-03-2025", HI, schema + "," + TWO_TOOLS);
        assertThat(body(both).get("response_format")).isNull();
        assertThat(both.dropped()).containsExactly("response_format");
    }

    @Test
    void thinkingIsSwitchedWhereTheModelCan() {
        String model = "command-a-reasoning-08-2025";

        assertThat(thinking(model, ",\"reasoning_effort\":\"none\"")).isEqualTo("{\"type\":\"disabled\"}");
        assertThat(thinking(model, ",\"reasoning_effort\":\"high\"")).isEqualTo("{\"type\":\"enabled\"}");
        assertThat(thinking(model, ",\"thinking\":{\"type\":\"enabled\",\"budget_tokens\":900}"))
                .isEqualTo("{\"type\":\"enabled\",\"token_budget\":900}");
        assertThat(thinking(model, ",\"max_tokens\":1500,\"thinking\":{\"type\":\"enabled\",\"budget_tokens\":900}"))
                .isEqualTo("{\"type\":\"enabled\",\"token_budget\":500}");
        assertThat(thinking(model, ",\"max_tokens\":800,\"thinking\":{\"type\":\"enabled\",\"budget_tokens\":900}"))
                .isEqualTo("{\"type\":\"enabled\"}");
        assertThat(thinking(model, "")).isEqualTo("null");
    }

    @Test
    void modelsThatCannotThinkAreNotAskedTo() {
        FlowRun<ChatEvent> on = run("command-r-08-2024", HI, ",\"reasoning_effort\":\"high\"");
        FlowRun<ChatEvent> off = run("command-r-08-2024", HI, ",\"reasoning_effort\":\"none\"");

        assertThat(body(on).get("thinking")).isNull();
        assertThat(on.dropped()).containsExactly("reasoning_effort");
        assertThat(body(off).get("thinking")).isNull();
        assertThat(off.dropped()).isEmpty();
    }

    @Test
    void picturesGoToModelsThatSee() {
        FlowRun<ChatEvent> run = run("command-a-vision-07-2025", """
                {"role":"user","content":[{"type":"text","text":"Hi"},\
                {"type":"image_url","image_url":{"url":"https://example.com/a.png","detail":"low"}}]}""", "");

        assertThat(body(run).at("messages", 0, "content")).isEqualTo(Json.parse("""
                [{"type":"text","text":"Hi"},{"type":"image_url","image_url":{"url":"https://example.com/a.png",\
                "detail":"low"}}]"""));
        assertThat(run.dropped()).isEmpty();
    }

    @Test
    void theEndpointMayNameItsVersion() {
        for (String endpoint : new String[] {
            "https://co.example",
            "https://co.example/",
            "https://co.example/v2",
            "https://co.example/v2/chat",
            "https://co.example/compatibility/v1"
        }) {
            TestChannel channel = CHANNEL.toBuilder().endpoint(endpoint).build();
            assertThat(FlowDriver.answering(HELLO)
                            .chat(COHERE.chat(TestChatCall.asking("command-a-03-2025", "Hi"), channel))
                            .sent()
                            .getFirst()
                            .url())
                    .isEqualTo("https://co.example/v2/chat");
        }
    }

    @Test
    void sourcesAndProbabilitiesAreTold() {
        FlowRun<ChatEvent> run =
                FlowDriver.answering(Reply.json("""
                        {"id":"c1","message":{"content":[{"type":"text","text":"42"}],"citations":[{"start":0,"end":2,"text":"42",\
                        "sources":[]}]},"finish_reason":"COMPLETE","logprobs":[{"token_ids":[7],"text":"42","logprobs":[-0.5]}]}""")).chat(COHERE.chat(call("command-a-03-2025", HI, ""), CHANNEL));

        assertThat(ChatSummary.of(run.events()).first().extras())
                .containsExactly(
                        Json.parse("""
                                {"logprobs":{"content":[{"token":"42","logprob":-0.5,"bytes":null,"top_logprobs":[]}]}}""").asObject(),
                        Json.parse("{\"citations\":[{\"start\":0,\"end\":2,\"text\":\"42\",\"sources\":[]}]}")
                                .asObject());
    }

    @Test
    void billedUnitsCountAndTheTemplateDoesNot() {
        ChatSummary.Tokens billed = usage("""
                {"billed_units":{"input_tokens":119,"output_tokens":44},\
                "tokens":{"input_tokens":1549,"output_tokens":95},"cached_tokens":1504}""");
        ChatSummary.Tokens unbilled =
                usage("{\"tokens\":{\"input_tokens\":1549,\"output_tokens\":95},\"cached_tokens\":1504}");

        assertThat(billed).isEqualTo(new ChatSummary.Tokens(119, 44, 0, 0, 0));
        assertThat(unbilled).isEqualTo(new ChatSummary.Tokens(1549, 95, 1504, 0, 0));
    }

    @Test
    void finishWordsAreTranslated() {
        assertThat(finish("STOP_SEQUENCE")).isEqualTo("stop");
        assertThat(finish("MAX_TOKENS")).isEqualTo("length");
        assertThat(finish("ERROR_TOXIC")).isEqualTo("content_filter");
        assertThat(finish("SOMETHING_NEW")).isEqualTo("something_new");
    }

    private static String finish(String word) {
        FlowRun<ChatEvent> run = FlowDriver.answering(
                        Reply.json("{\"id\":\"c1\",\"message\":{\"content\":[]},\"finish_reason\":\"" + word + "\"}"))
                .chat(COHERE.chat(call("command-a-03-2025", HI, ""), CHANNEL));
        return ChatSummary.of(run.events()).first().finish();
    }

    private static ChatSummary.Tokens usage(String usage) {
        FlowRun<ChatEvent> run = FlowDriver.answering(Reply.json(
                        "{\"id\":\"c1\",\"message\":{\"content\":[]},\"finish_reason\":\"COMPLETE\",\"usage\":" + usage
                                + "}"))
                .chat(COHERE.chat(call("command-a-03-2025", HI, ""), CHANNEL));
        return ChatSummary.of(run.events()).usage();
    }

    private static JsonValue choice(String choice) {
        return body(run("command-a-03-2025", HI, "," + TWO_TOOLS + ",\"tool_choice\":" + choice));
    }

    private static String thinking(String model, String more) {
        return String.valueOf(body(run(model, HI, more)).get("thinking"));
    }

    private static JsonValue body(FlowRun<ChatEvent> run) {
        return run.sent().getFirst().json();
    }

    private static FlowRun<ChatEvent> run(String model, String messages, String more) {
        return FlowDriver.answering(HELLO).chat(COHERE.chat(call(model, messages, more), CHANNEL));
    }

    private static TestChatCall call(String model, String messages, String more) {
        return TestChatCall.of("{\"model\":\"" + model + "\",\"messages\":[" + messages + "]" + more + "}");
    }
}

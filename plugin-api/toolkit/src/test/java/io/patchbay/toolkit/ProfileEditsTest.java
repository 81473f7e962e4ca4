package io.patchbay.toolkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.spi.Dialect;
import io.patchbay.spi.FaultKind;
import io.patchbay.spi.FaultRule;
import io.patchbay.spi.MessageRule;
import io.patchbay.spi.Profile;
import io.patchbay.spi.ReasoningInput;
import io.patchbay.spi.chat.ChatEvent;
import io.patchbay.spi.http.HttpRequest;
import io.patchbay.spi.json.Json;
import io.patchbay.spi.json.JsonObject;
import io.patchbay.spi.json.JsonValue;
import io.patchbay.testkit.host.ChatSummary;
import io.patchbay.testkit.host.FlowDriver;
import io.patchbay.testkit.host.FlowRun;
import io.patchbay.testkit.host.Reply;
import io.patchbay.testkit.host.TestChatCall;
import java.math.BigDecimal;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What a profile changes in a request, on the client's own bytes as well as on the canonical form. */
final class ProfileEditsTest {
    private static final Reply WHOLE = Reply.json("""
            {"id":"c2","object":"chat.completion","created":1,"model":"up","choices":[{"index":0,"message":{"role":"assistant","content":"Hi"},"finish_reason":"stop"}],"usage":{"prompt_tokens":3,"completion_tokens":1,"total_tokens":4}}""");
    private static final Reply STREAM = Reply.sse("""
            {"id":"c1","object":"chat.completion.chunk","created":1,"model":"up","choices":[{"index":0,"delta":{"role":"assistant","content":"Hi"},"finish_reason":"stop"}],"usage":{"prompt_tokens":3,"completion_tokens":1,"total_tokens":4}}""");

    /** What was sent for a body, and what was reported; the same for both forms of the call. */
    private record Sent(JsonValue body, Set<String> dropped) {}

    private static Sent sent(Profile.Builder profile, String members) {
        return sent(profile, members, "[{\"role\":\"user\",\"content\":\"Hi\"}]");
    }

    private static Sent sent(Profile.Builder profile, String members, String messages) {
        TestChatCall call = TestChatCall.of(
                "{\"model\":\"m\",\"messages\":" + messages + (members.isEmpty() ? "" : ",") + members + "}");
        FlowRun<ChatEvent> wire = run(call, profile.build());
        FlowRun<ChatEvent> tree = run(call.withoutWire(), profile.build());
        assertThat(wire.mistakes()).isEmpty();
        JsonValue body = wire.sent().getFirst().json();
        assertThat(tree.sent().getFirst().json().asObject().members())
                .as("the canonical form")
                .containsAllEntriesOf(
                        body.asObject().toBuilder().remove("stream").build().members());
        assertThat(tree.dropped()).isEqualTo(wire.dropped());
        return new Sent(body, wire.dropped());
    }

    private static FlowRun<ChatEvent> run(TestChatCall call, Profile profile) {
        return FlowDriver.answering(WHOLE)
                .chat(DialectChat.of(call, Dialect.OPENAI_CHAT, () -> HttpRequest.post("https://host.example/v1/chat"))
                        .with(profile));
    }

    private static JsonValue messages(MessageRule rule, String messages) {
        return messages(Profile.builder().messages(rule), messages);
    }

    private static JsonValue messages(Profile.Builder profile, String messages) {
        return sent(profile, "", messages).body().asObject().get("messages");
    }

    private static JsonValue json(String text) {
        return Json.parse(text);
    }

    private static Profile.Range range(String least, String most) {
        return new Profile.Range(new BigDecimal(least), new BigDecimal(most));
    }

    @Test
    void numbersAreMovedIntoTheVendorsRange() {
        Profile.Builder profile = Profile.builder()
                .clamp("temperature", range("0.01", "1"))
                .clamp("top_p", range("0", "0.99"))
                .clamp("top_k", range("0", "20"));

        JsonValue body = sent(profile, "\"temperature\":1.7,\"top_p\":0.50,\"top_k\":100")
                .body();

        assertThat(body.get("temperature")).hasToString("1");
        assertThat(body.get("top_p")).hasToString("0.50");
        assertThat(body.get("top_k")).hasToString("20");
        assertThat(sent(profile, "\"temperature\":0").body().get("temperature")).hasToString("0.01");
        assertThat(sent(profile, "\"temperature\":null").body().get("temperature"))
                .hasToString("null");
    }

    @Test
    void aRangeHoldsForTheVendorsNameOfAField() {
        Profile.Builder profile =
                Profile.builder().rename("max_completion_tokens", "max_tokens").clamp("max_tokens", range("1", "2048"));

        assertThat(sent(profile, "\"max_completion_tokens\":9000").body())
                .isEqualTo(json(
                        "{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}],\"max_tokens\":2048}"));
        assertThat(sent(profile, "\"max_tokens\":9000").body().get("max_tokens"))
                .hasToString("2048");
        assertThat(sent(profile, "\"max_completion_tokens\":5").body().get("max_tokens"))
                .hasToString("5");
    }

    @Test
    void fixedMembersWinAndPresetOnesGiveWay() {
        Profile.Builder profile = Profile.builder()
                .fix("reasoning_split", JsonValue.of(true))
                .preset("max_tokens", JsonValue.of(4096))
                .rename("max_completion_tokens", "max_tokens");

        Sent none = sent(profile, "");
        Sent own = sent(profile, "\"reasoning_split\":false,\"max_completion_tokens\":7");

        assertThat(none.body().get("reasoning_split")).hasToString("true");
        assertThat(none.body().get("max_tokens")).hasToString("4096");
        assertThat(none.dropped()).isEmpty();
        assertThat(own.body().get("reasoning_split")).hasToString("true");
        assertThat(own.body().get("max_tokens")).hasToString("7");
        assertThat(own.dropped()).containsExactly("reasoning_split");
    }

    @Test
    void aPresetBoundOfTokensGivesWayToTheOtherNameOfIt() {
        Profile.Builder profile = Profile.builder().preset("max_tokens", JsonValue.of(4096));

        assertThat(sent(profile, "\"max_completion_tokens\":7").body().get("max_tokens"))
                .isNull();
        assertThat(sent(profile, "\"max_completion_tokens\":null").body().get("max_tokens"))
                .hasToString("4096");
    }

    @Test
    void moreStopsThanFitAreTold() {
        Profile.Builder profile = Profile.builder().mostStops(1);

        Sent two = sent(profile, "\"stop\":[\"a\",\"b\"]");

        assertThat(two.body().get("stop")).isEqualTo(json("[\"a\"]"));
        assertThat(two.dropped()).containsExactly("stop");
        assertThat(sent(profile, "\"stop\":\"a\"").body().get("stop")).isEqualTo(json("[\"a\"]"));
        assertThat(sent(profile, "\"stop\":\"a\"").dropped()).isEmpty();
        assertThat(sent(profile, "\"stop\":[]").body().get("stop")).isNull();
        assertThat(sent(Profile.builder(), "\"stop\":\"a\"").body().get("stop")).isEqualTo(json("\"a\""));
    }

    @Test
    void aSchemaTheVendorDoesNotTakeBecomesPlainJsonAndIsTold() {
        Profile.Builder profile = Profile.builder().takesSchemas(false);
        String schema = "\"response_format\":{\"type\":\"json_schema\",\"json_schema\":{\"name\":\"a\"}}";

        assertThat(sent(profile, schema).body().get("response_format")).isEqualTo(json("{\"type\":\"json_object\"}"));
        assertThat(sent(profile, schema).dropped()).containsExactly("response_format");
        assertThat(sent(profile, "\"response_format\":{\"type\":\"text\"}").dropped())
                .isEmpty();
        assertThat(sent(Profile.builder(), schema).dropped()).isEmpty();
    }

    @Test
    void whatAsksForNothingSpecialIsLeftOutWithoutAWord() {
        Profile.Builder profile =
                Profile.builder().drop("n").drop("logprobs").drop("seed").drop("frequency_penalty");

        assertThat(sent(profile, "\"n\":1,\"logprobs\":false,\"frequency_penalty\":0.0")
                        .dropped())
                .isEmpty();
        assertThat(sent(profile, "\"n\":2,\"logprobs\":true,\"seed\":1,\"frequency_penalty\":0.1")
                        .dropped())
                .containsExactlyInAnyOrder("n", "logprobs", "seed", "frequency_penalty");
    }

    @Test
    void aPlainCallOfAVendorThatOnlyStreamsIsStreamed() {
        TestChatCall call = TestChatCall.of("{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}");
        Profile profile = Profile.builder().streamsOnly(true).build();

        FlowRun<ChatEvent> run = FlowDriver.answering(STREAM)
                .chat(DialectChat.of(call, Dialect.OPENAI_CHAT, () -> HttpRequest.post("https://host.example/v1/chat"))
                        .with(profile));

        assertThat(run.mistakes()).isEmpty();
        assertThat(ChatSummary.of(run.events()).first().text()).isEqualTo("Hi");
        assertThat(run.sent().getFirst().json().flag("stream", false)).isTrue();
        assertThat(run.sent().getFirst().json().at("stream_options", "include_usage"))
                .hasToString("true");
        assertThat(run.sent().getFirst().header("accept")).isEqualTo("text/event-stream");
    }

    @Test
    void toolChoicesAreSaidInTheVendorsWords() {
        String tools = "\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"f\"}}],\"tool_choice\":";
        String named = "{\"type\":\"function\",\"function\":{\"name\":\"f\"}}";
        Profile.Builder any = Profile.builder().toolChoice("required", "any");
        Profile.Builder few = Profile.builder()
                .toolChoice("required", "auto")
                .toolChoice("none", "")
                .toolChoice("function", "");

        assertThat(sent(any, tools + "\"required\"")).isEqualTo(sent(Profile.builder(), tools + "\"any\""));
        assertThat(sent(any, tools + named).body().get("tool_choice")).isEqualTo(json(named));
        Sent weaker = sent(few, tools + "\"required\"");
        assertThat(weaker.body().get("tool_choice")).hasToString("\"auto\"");
        assertThat(weaker.dropped()).containsExactly("tool_choice");
        Sent none = sent(few, tools + "\"none\"");
        assertThat(none.body().asObject().members()).doesNotContainKeys("tools", "tool_choice");
        assertThat(none.dropped()).isEmpty();
        Sent lost = sent(few, tools + named);
        assertThat(lost.body().asObject().members()).containsKey("tools").doesNotContainKey("tool_choice");
        assertThat(lost.dropped()).containsExactly("tool_choice");
        assertThat(sent(few, tools + "\"auto\"").body().get("tool_choice")).hasToString("\"auto\"");
    }

    @Test
    void bytesOfMessagesThatNeedNoChangeStay() {
        TestChatCall call =
                TestChatCall.of("{\"model\":\"m\", \"messages\": [ {\"role\":\"user\",  \"content\":\"Hi\"} ]}");

        FlowRun<ChatEvent> run =
                run(call, Profile.builder().role("developer", "system").build());

        assertThat(run.sent().getFirst().text()).contains("\"messages\": [ {\"role\":\"user\",  \"content\":\"Hi\"} ]");
    }

    @Test
    void rolesAreRenamed() {
        assertThat(messages(
                        Profile.builder().role("developer", "system"),
                        "[{\"role\":\"developer\",\"content\":\"a\"},{\"role\":\"user\",\"content\":\"b\"}]"))
                .isEqualTo(json("[{\"role\":\"system\",\"content\":\"a\"},{\"role\":\"user\",\"content\":\"b\"}]"));
    }

    @Test
    void systemMessagesBecomeOneInFront() {
        String messages = "[{\"role\":\"system\",\"content\":\"a\"},{\"role\":\"user\",\"content\":\"b\"},"
                + "{\"role\":\"system\",\"content\":\"c\"},{\"role\":\"user\",\"content\":\"d\"}]";

        assertThat(messages(MessageRule.ONE_SYSTEM_FIRST, messages))
                .isEqualTo(json("[{\"role\":\"system\",\"content\":\"a\\nc\"},{\"role\":\"user\",\"content\":\"b\"},"
                        + "{\"role\":\"user\",\"content\":\"d\"}]"));
    }

    @Test
    void systemMessagesGoIntoTheFirstUserMessage() {
        assertThat(messages(
                        MessageRule.SYSTEM_INTO_USER,
                        "[{\"role\":\"system\",\"content\":\"a\"},{\"role\":\"user\",\"content\":\"b\"}]"))
                .isEqualTo(json("[{\"role\":\"user\",\"content\":\"a\\nb\"}]"));
        assertThat(messages(MessageRule.SYSTEM_INTO_USER, "[{\"role\":\"system\",\"content\":\"a\"}]"))
                .isEqualTo(json("[{\"role\":\"user\",\"content\":\"a\"}]"));
    }

    @Test
    void neighboursOfOneRoleAreMergedButNeverToolCallsAndResults() {
        String picture = "{\"type\":\"image_url\",\"image_url\":{\"url\":\"https://a.example/b.png\"}}";
        String call = "{\"role\":\"assistant\",\"content\":null,\"tool_calls\":[{\"id\":\"c1\",\"type\":\"function\","
                + "\"function\":{\"name\":\"f\",\"arguments\":\"{}\"}}]}";
        String results = "{\"role\":\"tool\",\"content\":\"1\",\"tool_call_id\":\"c1\"},"
                + "{\"role\":\"tool\",\"content\":\"2\",\"tool_call_id\":\"c2\"}";

        assertThat(messages(
                        MessageRule.MERGE_NEIGHBOURS,
                        "[{\"role\":\"user\",\"content\":\"a\"},{\"role\":\"user\",\"content\":\"b\"},"
                                + "{\"role\":\"user\",\"content\":[" + picture + "]}," + call + "," + results + "]"))
                .isEqualTo(json("[{\"role\":\"user\",\"content\":[{\"type\":\"text\",\"text\":\"a\\nb\"}," + picture
                        + "]}," + call + "," + results + "]"));
    }

    @Test
    void theFirstMessageIsMadeTheUsers() {
        String call = "{\"role\":\"assistant\",\"content\":null,\"tool_calls\":[{\"id\":\"c1\",\"type\":\"function\","
                + "\"function\":{\"name\":\"f\",\"arguments\":\"{}\"}}]}";

        assertThat(messages(
                        MessageRule.USER_FIRST,
                        "[{\"role\":\"system\",\"content\":\"a\"},{\"role\":\"assistant\",\"content\":\"b\"}]"))
                .isEqualTo(json("[{\"role\":\"system\",\"content\":\"a\"},{\"role\":\"user\",\"content\":\"b\"}]"));
        assertThat(messages(MessageRule.USER_FIRST, "[" + call + "]"))
                .isEqualTo(json("[{\"role\":\"user\",\"content\":\" \"}," + call + "]"));
    }

    @Test
    void partsBecomeAString() {
        String picture = "{\"type\":\"image_url\",\"image_url\":{\"url\":\"https://a.example/b.png\"}}";
        String texts =
                "[{\"role\":\"user\",\"content\":[{\"type\":\"text\",\"text\":\"a\"},{\"type\":\"text\",\"text\":\"b\"}]}]";
        String mixed = "[{\"role\":\"user\",\"content\":[{\"type\":\"text\",\"text\":\"a\"}," + picture + "]}]";

        assertThat(messages(MessageRule.TEXT_AS_STRING, texts))
                .isEqualTo(json("[{\"role\":\"user\",\"content\":\"a\\nb\"}]"));
        assertThat(messages(MessageRule.TEXT_AS_STRING, mixed)).isEqualTo(json(mixed));
        Sent only = sent(Profile.builder().messages(MessageRule.STRING_ONLY), "", mixed);
        assertThat(only.body().get("messages")).isEqualTo(json("[{\"role\":\"user\",\"content\":\"a\"}]"));
        assertThat(only.dropped()).containsExactly("messages.image_url");
    }

    @Test
    void picturesAreBareWhereTheVendorWantsThemSo() {
        String parts = "[{\"role\":\"user\",\"content\":[{\"type\":\"text\",\"text\":\"data:a;base64,b\"},"
                + "{\"type\":\"image_url\",\"image_url\":{\"url\":\"%sQUJD\",\"detail\":\"low\"}},"
                + "{\"type\":\"image_url\",\"image_url\":{\"url\":\"https://a.example/b.png\"}}]}]";

        assertThat(messages(MessageRule.BARE_PICTURES, parts.formatted("data:image/png;base64,")))
                .isEqualTo(json(parts.formatted("")));
    }

    @Test
    void emptyContentIsWrittenAsTheVendorWantsIt() {
        String call = "{\"role\":\"assistant\",\"content\":%s,\"tool_calls\":[{\"id\":\"c1\",\"type\":\"function\","
                + "\"function\":{\"name\":\"f\",\"arguments\":\"{}\"}}]}";

        assertThat(messages(MessageRule.EMPTY_AS_STRING, "[" + call.formatted("null") + "]"))
                .isEqualTo(json("[" + call.formatted("\"\"") + "]"));
        assertThat(messages(MessageRule.EMPTY_AS_NULL, "[" + call.formatted("\"\"") + "]"))
                .isEqualTo(json("[" + call.formatted("null") + "]"));
        assertThat(messages(MessageRule.EMPTY_AS_BLANK, "[{\"role\":\"user\",\"content\":\"\"}]"))
                .isEqualTo(json("[{\"role\":\"user\",\"content\":\" \"}]"));
    }

    @Test
    void namesOfMessagesAreLeftOutAndTold() {
        Sent sent = sent(
                Profile.builder().messages(MessageRule.NO_NAMES),
                "",
                "[{\"role\":\"user\",\"content\":\"Hi\",\"name\":\"ann\"}]");

        assertThat(sent.body().get("messages")).isEqualTo(json("[{\"role\":\"user\",\"content\":\"Hi\"}]"));
        assertThat(sent.dropped()).containsExactly("messages.name");
    }

    @Test
    void earlierReasoningIsKeptOrRefused() {
        String call = "{\"role\":\"assistant\",\"content\":\"\",\"tool_calls\":[{\"id\":\"c1\",\"type\":\"function\","
                + "\"function\":{\"name\":\"f\",\"arguments\":\"{}\"}}]%s}";
        Profile.Builder refused = Profile.builder().messages(MessageRule.NO_REASONING);

        assertThat(messages(MessageRule.REASONING_KEPT, "[" + call.formatted("") + "]"))
                .isEqualTo(json("[" + call.formatted(",\"reasoning_content\":\"\"") + "]"));
        assertThat(messages(MessageRule.REASONING_KEPT, "[" + call.formatted(",\"reasoning\":\"Hm\"") + "]"))
                .isEqualTo(json("[" + call.formatted(",\"reasoning_content\":\"Hm\"") + "]"));
        assertThat(messages(MessageRule.REASONING_KEPT, "[{\"role\":\"assistant\",\"content\":\"Hi\"}]"))
                .isEqualTo(json("[{\"role\":\"assistant\",\"content\":\"Hi\"}]"));
        Sent sent = sent(refused, "", "[{\"role\":\"assistant\",\"content\":\"Hi\",\"reasoning_content\":\"Hm\"}]");
        assertThat(sent.body().get("messages")).isEqualTo(json("[{\"role\":\"assistant\",\"content\":\"Hi\"}]"));
        assertThat(sent.dropped()).containsExactly("messages.reasoning_content");
    }

    @Test
    void idsOfToolCallsAreShortenedAlikeInCallAndResult() {
        JsonValue messages = messages(
                Profile.builder().toolCallIdLength(9),
                "[{\"role\":\"assistant\",\"content\":\"\",\"tool_calls\":[{\"id\":\"call_function_1\",\"type\":\"function\","
                        + "\"function\":{\"name\":\"f\",\"arguments\":\"{}\"}},{\"id\":\"Ab3456789\",\"type\":\"function\","
                        + "\"function\":{\"name\":\"f\",\"arguments\":\"{}\"}}]},"
                        + "{\"role\":\"tool\",\"content\":\"1\",\"tool_call_id\":\"call_function_1\"},"
                        + "{\"role\":\"tool\",\"content\":\"2\",\"tool_call_id\":\"Ab3456789\"}]");

        String made = String.valueOf(messages.at(0, "tool_calls", 0, "id").string());
        assertThat(made).matches("[A-Za-z0-9]{9}");
        assertThat(messages.at(1, "tool_call_id").string()).isEqualTo(made);
        assertThat(messages.at(0, "tool_calls", 1, "id").string()).isEqualTo("Ab3456789");
        assertThat(messages.at(2, "tool_call_id").string()).isEqualTo("Ab3456789");
    }

    // ---- reasoning ----

    private static JsonObject reasoning(ReasoningInput.Builder input, String members) {
        return sent(Profile.builder().reasoningInput(input.build()), members)
                .body()
                .asObject();
    }

    private static ReasoningInput.Builder ladder() {
        return ReasoningInput.builder()
                .effort("reasoning_effort")
                .effortWord("low", "low")
                .effortWord("high", "high");
    }

    @Test
    void anEffortIsSaidInTheVendorsWordAndPlace() {
        assertThat(reasoning(ladder(), "\"reasoning_effort\":\"high\"").string("reasoning_effort"))
                .isEqualTo("high");
        assertThat(reasoning(
                                ReasoningInput.builder().effort("reasoning.effort"),
                                "\"reasoning_effort\":\"low\",\"reasoning\":{\"exclude\":true}")
                        .members())
                .containsEntry("reasoning", json("{\"exclude\":true,\"effort\":\"low\"}"))
                .doesNotContainKey("reasoning_effort");
        assertThat(reasoning(ladder(), "\"reasoning\":{\"effort\":\"low\"}").members())
                .containsEntry("reasoning_effort", json("\"low\""))
                .doesNotContainKey("reasoning");
    }

    @Test
    void anEffortTheVendorHasNoWordForIsSaidByTheSwitchOrTold() {
        ReasoningInput.Builder both =
                ladder().toggle("thinking.type", JsonValue.of("enabled"), JsonValue.of("disabled"));
        Sent lost = sent(Profile.builder().reasoningInput(ladder().build()), "\"reasoning_effort\":\"none\"");

        assertThat(reasoning(both, "\"reasoning_effort\":\"none\"").members())
                .containsEntry("thinking", json("{\"type\":\"disabled\"}"))
                .doesNotContainKey("reasoning_effort");
        assertThat(lost.body().asObject().members()).doesNotContainKey("reasoning_effort");
        assertThat(lost.dropped()).containsExactly("reasoning_effort");
    }

    @Test
    void theSwitchIsSaidInTheVendorsPlaceBesideWhatIsThere() {
        ReasoningInput.Builder template = ReasoningInput.builder()
                .toggle("chat_template_kwargs.enable_thinking", JsonValue.of(true), JsonValue.of(false));

        assertThat(reasoning(template, "\"enable_thinking\":false,\"chat_template_kwargs\":{\"x\":1}")
                        .members())
                .containsEntry("chat_template_kwargs", json("{\"x\":1,\"enable_thinking\":false}"))
                .doesNotContainKey("enable_thinking");
        assertThat(reasoning(template, "\"thinking\":{\"type\":\"enabled\"}").get("chat_template_kwargs"))
                .isEqualTo(json("{\"enable_thinking\":true}"));
        assertThat(reasoning(template, "").members()).doesNotContainKey("chat_template_kwargs");
    }

    @Test
    void furtherMembersOfThinkingStayWhereTheVendorHasThem() {
        ReasoningInput.Builder thinking = ReasoningInput.builder()
                .toggle("thinking.type", JsonValue.of("on"), JsonValue.of("off"))
                .auto(JsonValue.of("auto"));

        assertThat(reasoning(thinking, "\"thinking\":{\"type\":\"enabled\",\"keep\":\"all\"}")
                        .get("thinking"))
                .isEqualTo(json("{\"keep\":\"all\",\"type\":\"on\"}"));
        assertThat(reasoning(thinking, "\"thinking\":{\"type\":\"adaptive\"}").get("thinking"))
                .isEqualTo(json("{\"type\":\"auto\"}"));
    }

    @Test
    void aBudgetIsMovedIntoTheBoundsOrMadeFromTheEffort() {
        ReasoningInput.Builder budget = ReasoningInput.builder()
                .toggle("enable_thinking", JsonValue.of(true), JsonValue.of(false))
                .budget("thinking_budget", 128, 32_768)
                .budgetOf("high", 24_576);

        assertThat(reasoning(budget, "\"thinking\":{\"type\":\"enabled\",\"budget_tokens\":64}")
                        .members())
                .containsEntry("enable_thinking", JsonValue.of(true))
                .containsEntry("thinking_budget", JsonValue.of(128))
                .doesNotContainKey("thinking");
        assertThat(reasoning(budget, "\"reasoning_effort\":\"high\"").get("thinking_budget"))
                .isEqualTo(JsonValue.of(24_576));
        assertThat(reasoning(budget, "\"enable_thinking\":false,\"thinking_budget\":500")
                        .members())
                .containsEntry("enable_thinking", JsonValue.of(false))
                .doesNotContainKey("thinking_budget");
    }

    @Test
    void aBudgetWithoutAPlaceIsTold() {
        Sent sent = sent(
                Profile.builder()
                        .reasoningInput(ladder().effortWord("medium", "low").build()),
                "\"thinking\":{\"type\":\"enabled\",\"budget_tokens\":2048}");

        assertThat(sent.body().string("reasoning_effort")).isEqualTo("low");
        assertThat(sent.dropped()).containsExactly("thinking.budget_tokens");
    }

    @Test
    void aModelThatOnlyListensToThePromptIsToldThere() {
        ReasoningInput.Builder prompt = ReasoningInput.builder().promptOff("/no_think");

        assertThat(reasoning(prompt, "\"enable_thinking\":false").at("messages", 0, "content"))
                .isEqualTo(json("\"Hi /no_think\""));
        assertThat(sent(Profile.builder().reasoningInput(prompt.build()), "\"enable_thinking\":true")
                        .dropped())
                .containsExactly("enable_thinking");
    }

    @Test
    void withoutADescriptionReasoningIsSaidAsTheClientSaidIt() {
        String members = "\"reasoning_effort\":\"xhigh\",\"thinking\":{\"type\":\"enabled\"}";

        assertThat(sent(Profile.builder(), members).body().asObject().members())
                .containsEntry("reasoning_effort", json("\"xhigh\""))
                .containsEntry("thinking", json("{\"type\":\"enabled\"}"));
    }

    // ---- faults ----

    @Test
    void theProfilesFaultRulesAreApplied() {
        Profile profile = Profile.builder()
                .fault(new FaultRule(FaultKind.QUOTA, List.of("30001"), 0, ""))
                .fault(new FaultRule(FaultKind.RATE, List.of(), 413, ""))
                .fault(new FaultRule(FaultKind.KEY_DEAD, List.of(), 0, "no such key"))
                .build();

        assertThat(fault(profile, Reply.json(403, "{\"code\":30001,\"message\":\"no\"}")))
                .isEqualTo(FaultKind.QUOTA);
        assertThat(fault(profile, Reply.json(413, "{\"error\":{\"message\":\"big\"}}")))
                .isEqualTo(FaultKind.RATE);
        assertThat(fault(profile, Reply.json(400, "{\"error\":{\"message\":\"No such KEY here\"}}")))
                .isEqualTo(FaultKind.KEY_DEAD);
        assertThat(fault(profile, Reply.json("{\"error\":{\"code\":\"30001\",\"message\":\"no\"}}")))
                .isEqualTo(FaultKind.QUOTA);
        assertThat(fault(profile, Reply.json(400, "{\"error\":{\"message\":\"bad\"}}")))
                .isEqualTo(FaultKind.BAD_REQUEST);
    }

    private static FaultKind fault(Profile profile, Reply reply) {
        TestChatCall call = TestChatCall.of("{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}");
        FlowRun<ChatEvent> run = FlowDriver.answering(reply)
                .chat(DialectChat.of(call, Dialect.OPENAI_CHAT, () -> HttpRequest.post("https://host.example/v1/chat"))
                        .with(profile));
        assertThat(run.mistakes()).isEmpty();
        assertThat(run.fault()).isNotNull();
        return run.fault().kind();
    }
}

package io.patchbay.plugin.anthropic;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.spi.Capability;
import io.patchbay.spi.ChannelType;
import io.patchbay.spi.Dialect;
import io.patchbay.spi.FaultKind;
import io.patchbay.spi.Offer;
import io.patchbay.spi.chat.ChatEvent;
import io.patchbay.spi.json.Json;
import io.patchbay.testkit.host.FlowDriver;
import io.patchbay.testkit.host.FlowRun;
import io.patchbay.testkit.host.Reply;
import io.patchbay.testkit.host.SentRequest;
import io.patchbay.testkit.host.TestChannel;
import io.patchbay.testkit.host.TestChatCall;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class MessagesTest {
    private static final ChannelType CLAUDE = new AnthropicChannelType();
    private static final TestChannel CHANNEL = TestChannel.builder(CLAUDE.descriptor(), "a")
            .secret("key", "sk-ant-test-1")
            .build();
    private static final String USER_MARK = "0123456789abcdef0123456789abcdef";

    private static final String THOUGHT = """
            {"model":"claude-opus-4-6","stream":true,%s"messages":[{"role":"user","content":"Hi"},{"role":"assistant",\
            "content":"42","reasoning_details":[{"type":"thinking","thinking":"Hm","signature":"EqQB"}]},\
            {"role":"user","content":"Why?"}]}""";

    private static String hi(String model, boolean stream, String more) {
        return "{\"model\":\"" + model + "\",\"stream\":" + stream
                + ",\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]" + more + "}";
    }

    private static FlowRun<ChatEvent> run(TestChannel channel, String body, Reply... replies) {
        return FlowDriver.answering(replies).chat(CLAUDE.chat(TestChatCall.of(body), channel));
    }

    private static SentRequest sent(TestChannel channel, String body) {
        return run(channel, body, Golden.stream("text.sse")).sent().getFirst();
    }

    @Test
    void aChatIsPostedWithKeyAndVersion() {
        SentRequest sent = sent(CHANNEL, hi("claude-sonnet-4-6", true, ""));

        assertThat(sent.method()).isEqualTo("POST");
        assertThat(sent.url()).isEqualTo("https://api.anthropic.com/v1/messages");
        assertThat(sent.headers())
                .containsEntry("x-api-key", "sk-ant-test-1")
                .containsEntry("anthropic-version", "2023-06-01")
                .containsEntry("content-type", "application/json")
                .containsEntry("accept", "text/event-stream")
                .doesNotContainKeys("authorization", "anthropic-beta");
        assertThat(sent.json())
                .isEqualTo(Json.parse("{\"model\":\"claude-sonnet-4-6\",\"max_tokens\":32000,\"messages\":"
                        + "[{\"role\":\"user\",\"content\":\"Hi\"}],\"metadata\":{\"user_id\":\"" + USER_MARK
                        + "\"},\"stream\":true}"));
    }

    @Test
    void aPlainChatIsNotStreamedAndMayTakeLong() {
        FlowRun<ChatEvent> run = run(CHANNEL, hi("claude-sonnet-4-6", false, ""), Golden.json("whole.json"));

        SentRequest sent = run.sent().getFirst();
        assertThat(sent.headers()).containsEntry("accept", "application/json");
        assertThat(sent.json().get("stream")).isNull();
        assertThat(sent.source().silence()).isEqualTo(Duration.ofMinutes(10));
        assertThat(run.ending()).isEqualTo(FlowRun.Ending.DONE);
    }

    @ParameterizedTest
    @CsvSource({
        "https://api.anthropic.com/v1, https://api.anthropic.com/v1/messages",
        "https://api.anthropic.com/v1/messages, https://api.anthropic.com/v1/messages",
        "https://api.deepseek.com/anthropic/, https://api.deepseek.com/anthropic/v1/messages",
        "https://gateway.example/claude#, https://gateway.example/claude"
    })
    void theEndpointIsJoinedAsPeopleWriteIt(String endpoint, String url) {
        TestChannel channel = CHANNEL.toBuilder().endpoint(endpoint).build();

        assertThat(sent(channel, hi("claude-sonnet-4-6", true, "")).url()).isEqualTo(url);
    }

    @Test
    void theModelListLiesBesideThePastedAddress() {
        TestChannel channel = CHANNEL.toBuilder()
                .endpoint("https://api.anthropic.com/v1/messages")
                .build();

        FlowRun<?> run = FlowDriver.answering(Golden.json("models-2.json")).run(CLAUDE.models(channel));

        assertThat(run.sent().getFirst().url()).isEqualTo("https://api.anthropic.com/v1/models?limit=1000");
        assertThat(run.sent().getFirst().headers()).containsEntry("x-api-key", "sk-ant-test-1");
    }

    @Test
    void anEndpointThatIsNoneIsAMistakeOfTheOperator() {
        TestChannel channel = CHANNEL.toBuilder().endpoint("nowhere").build();

        FlowRun<ChatEvent> run = run(channel, hi("claude-sonnet-4-6", true, ""), Golden.stream("text.sse"));

        assertThat(Objects.requireNonNull(run.fault()).kind()).isEqualTo(FaultKind.CONFIG);
    }

    @Test
    void tokensOfGatewaysAndBetasAreSentWhenSet() {
        TestChannel channel = CHANNEL.toBuilder()
                .option("keyHeader", "authorization")
                .option("betas", "context-1m-2025-08-07, files-api-2025-04-14 ")
                .build();

        assertThat(sent(channel, hi("claude-sonnet-4-6", true, "")).headers())
                .containsEntry("authorization", "Bearer sk-ant-test-1")
                .containsEntry("anthropic-beta", "context-1m-2025-08-07,files-api-2025-04-14")
                .doesNotContainKey("x-api-key");
    }

    @ParameterizedTest
    @CsvSource({"700, '', 700", "700, ',\"max_tokens\":50', 50", "many, '', 32000", "'', '', 32000"})
    void theOperatorsBoundHoldsWhereTheClientHasNone(String option, String more, long bound) {
        TestChannel channel = CHANNEL.toBuilder().option("maxTokens", option).build();

        assertThat(sent(channel, hi("claude-sonnet-4-6", true, more)).json().longValue("max_tokens", 0))
                .isEqualTo(bound);
    }

    @Test
    void aUserTheClientNamesIsKept() {
        assertThat(sent(CHANNEL, hi("claude-sonnet-4-6", true, ",\"user\":\"u-1\""))
                        .json()
                        .at("metadata", "user_id"))
                .hasToString("\"u-1\"");
    }

    @Test
    void whatCannotBeMappedIsToldBeforeTheExchange() {
        FlowRun<ChatEvent> run =
                run(CHANNEL, hi("claude-opus-4-7", true, ",\"seed\":7,\"temperature\":0.3"), Golden.stream("text.sse"));

        assertThat(run.dropped()).containsExactlyInAnyOrder("seed", "temperature");
        assertThat(run.sent().getFirst().json().get("temperature")).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "claude-instant-1.2",
                "claude-2",
                "claude-2.1",
                "claude-3-opus-20240229",
                "claude-3-sonnet-20240229",
                "claude-3-haiku-20240307"
            })
    void theModelsChannelsWereMadeWithBeforeStillAnswer(String model) {
        FlowRun<ChatEvent> run = run(CHANNEL, hi(model, true, ""), Golden.stream("text.sse"));

        assertThat(CLAUDE.descriptor().templateModels()).contains(model);
        assertThat(run.ending()).isEqualTo(FlowRun.Ending.DONE);
        assertThat(run.sent().getFirst().json().longValue("max_tokens", 0)).isEqualTo(2_500);
    }

    @Test
    void theOldestModelsOfferChatOnly() {
        Offer old = CLAUDE.offer("claude-2.1", CHANNEL);

        assertThat(old.capabilities()).containsExactlyInAnyOrder(Capability.CHAT, Capability.MODEL_LIST);
        assertThat(old.imageInput()).isEqualTo(Offer.ImageInput.NONE);
        assertThat(CLAUDE.offer("claude-3-haiku-20240307", CHANNEL).has(Capability.REASONING))
                .isFalse();
        assertThat(CLAUDE.offer("claude-opus-5", CHANNEL).imageInput()).isEqualTo(Offer.ImageInput.URL_OR_INLINE);
    }

    @Test
    void thinkingThatIsRefusedIsTakenOutAndTheVendorAskedOnceMore() {
        Reply refusal = Golden.error(
                400, "invalid_request_error", "messages.1.content.0: Invalid `signature` in `thinking` block");

        FlowRun<ChatEvent> run = run(CHANNEL, THOUGHT.formatted(""), refusal, Golden.stream("text.sse"));

        assertThat(run.ending()).isEqualTo(FlowRun.Ending.DONE);
        assertThat(run.sent()).hasSize(2);
        assertThat(run.sent().get(0).json().at("messages", 1, "content", 0, "signature"))
                .hasToString("\"EqQB\"");
        assertThat(run.sent().get(1).json().at("messages", 1, "content")).hasToString("\"42\"");
        assertThat(run.notes()).containsKey("retried");
        assertThat(run.dropped()).isEmpty();
    }

    @Test
    void aSecondRefusalStands() {
        Reply refusal = Golden.error(
                400, "invalid_request_error", "Expected `thinking` or `redacted_thinking`, but found `tool_use`");

        FlowRun<ChatEvent> run = run(CHANNEL, THOUGHT.formatted("\"reasoning_effort\":\"low\","), refusal);

        assertThat(run.sent()).hasSize(2);
        assertThat(run.sent().get(1).json().at("thinking", "type")).hasToString("\"disabled\"");
        assertThat(run.dropped()).containsExactly("reasoning_effort");
        assertThat(Objects.requireNonNull(run.fault()).kind()).isEqualTo(FaultKind.BAD_REQUEST);
    }

    @Test
    void aRequestWithoutThinkingIsNotAskedTwice() {
        Reply refusal = Golden.error(400, "invalid_request_error", "Invalid `signature` in `thinking` block");

        assertThat(run(CHANNEL, hi("claude-opus-4-6", true, ""), refusal).sent())
                .hasSize(1);
    }

    @Test
    void aBodyOfThisDialectIsForwardedUnderTheUpstreamsModelName() {
        byte[] body =
                "{\"model\":\"public\",\"max_tokens\":5,\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}],\"x\":1.50}"
                        .getBytes(StandardCharsets.UTF_8);
        TestChatCall call = TestChatCall.of(Dialect.ANTHROPIC_MESSAGES, body).upstreamModel("claude-sonnet-5");

        FlowRun<ChatEvent> run = FlowDriver.answering(Golden.json("whole.json")).chat(CLAUDE.chat(call, CHANNEL));

        assertThat(run.sent().getFirst().text()).contains("\"model\":\"claude-sonnet-5\"", "\"x\":1.50");
        assertThat(run.ending()).isEqualTo(FlowRun.Ending.DONE);
        assertThat(call.requestReads()).isZero();
    }

    @ParameterizedTest
    @CsvSource({
        "402, billing_error, QUOTA",
        "403, permission_error, NO_ACCESS",
        "413, request_too_large, TOO_LONG",
        "500, api_error, UPSTREAM",
        "504, timeout_error, RETRY"
    })
    void errorTypesAreReadByTheirNames(int status, String type, FaultKind kind) {
        FlowRun<ChatEvent> run = run(
                CHANNEL,
                hi("claude-sonnet-4-6", true, ""),
                Golden.error(status, type, "made by the test").header("request-id", "req_9"));

        assertThat(Objects.requireNonNull(run.fault()).kind()).isEqualTo(kind);
        assertThat(run.notes()).containsEntry("request-id", "req_9");
    }

    private static Duration wait(Reply reply) {
        FlowRun<ChatEvent> run = FlowDriver.answering(reply)
                .startingAt(Instant.parse("2026-11-24T08:00:00Z"))
                .chat(CLAUDE.chat(TestChatCall.of(hi("claude-sonnet-4-6", true, "")), CHANNEL));
        return Objects.requireNonNullElse(Objects.requireNonNull(run.fault()).after(), Duration.ZERO);
    }

    @Test
    void theWaitIsTakenFromTheHeadersOfTheLimitThatIsUsedUp() {
        Reply limited = Golden.error(429, "rate_limit_error", "This request would exceed the limit");
        Reply byLimit = limited.header("anthropic-ratelimit-requests-remaining", "0")
                .header("anthropic-ratelimit-requests-reset", "2026-11-24T08:00:30Z")
                .header("anthropic-ratelimit-input-tokens-remaining", "0")
                .header("anthropic-ratelimit-input-tokens-reset", "2026-11-24T08:01:00Z")
                .header("anthropic-ratelimit-output-tokens-remaining", "7")
                .header("anthropic-ratelimit-output-tokens-reset", "2026-11-24T09:00:00Z");

        assertThat(wait(byLimit)).isBetween(Duration.ofSeconds(59), Duration.ofSeconds(60));
        assertThat(wait(byLimit.header("retry-after", "7"))).isEqualTo(Duration.ofSeconds(7));
        assertThat(wait(limited)).isZero();
    }

    @Test
    void theWaitOfASubscriptionIsItsUnifiedReset() {
        long inTwoHours = Instant.parse("2026-11-24T10:00:00Z").getEpochSecond();
        Reply limited =
                Golden.error(429, "rate_limit_error", "limit").header("anthropic-ratelimit-unified-status", "rejected");

        assertThat(wait(limited.header("anthropic-ratelimit-unified-reset", Long.toString(inTwoHours))))
                .isBetween(Duration.ofMinutes(119), Duration.ofMinutes(120));
        assertThat(wait(limited.header("anthropic-ratelimit-unified-reset", "99999999999")))
                .isEqualTo(Duration.ofDays(7));
        assertThat(wait(limited.header("anthropic-ratelimit-unified-reset", "1")))
                .isZero();
    }
}

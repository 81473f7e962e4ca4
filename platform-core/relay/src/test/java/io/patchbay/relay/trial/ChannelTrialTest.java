package io.patchbay.relay.trial;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.patchbay.foundation.problem.Problem;
import io.patchbay.relay.trial.TrialReport.Check;
import io.patchbay.spi.Bytes;
import io.patchbay.spi.ChannelType;
import io.patchbay.spi.ChannelView;
import io.patchbay.spi.Fault;
import io.patchbay.spi.FaultKind;
import io.patchbay.spi.Flow;
import io.patchbay.spi.Minted;
import io.patchbay.spi.ModelInfo;
import io.patchbay.spi.Next;
import io.patchbay.spi.Socket;
import io.patchbay.spi.SocketReader;
import io.patchbay.spi.Usage;
import io.patchbay.spi.chat.ChatCall;
import io.patchbay.spi.chat.ChatEvent;
import io.patchbay.spi.http.HttpRequest;
import io.patchbay.testkit.upstream.OpenAiScripts;
import io.patchbay.testkit.upstream.ReceivedRequest;
import io.patchbay.testkit.upstream.Script;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One live chat on one channel: what is told of it, and what is not. */
final class ChannelTrialTest {
    private static final String CHAT = "/v1/chat/completions";

    private @Nullable TrialWorld open;

    private TrialWorld world(@Nullable ChannelType type) throws Exception {
        open = new TrialWorld(type);
        return open;
    }

    @AfterEach
    void close() {
        if (open != null) {
            await().untilAsserted(() -> assertThat(open.leases).hasValue(0));
            open.close();
        }
    }

    private static TrialOrder order(@Nullable String model, boolean stream) {
        return TrialWorld.order(model, stream, TrialWorld.PATIENCE);
    }

    private static List<String> steps(TrialReport report) {
        return report.facts().steps().stream()
                .map(step -> (step.what() + " " + step.detail()).strip())
                .toList();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aChatIsToldWithItsTranscript(boolean stream) throws Exception {
        TrialWorld world = world(new TrialToy());
        world.upstream.on(
                "POST", CHAT, OpenAiScripts.echoModel("O", "K").reasoning("Hm.").usage(9, 3));

        TrialReport report = world.run(world.channel("fast>m-1", Map.of(), "m-2"), order("fast", stream));

        assertThat(report.ok()).isTrue();
        assertThat(report.check()).isEqualTo(Check.CHAT);
        assertThat(report.model()).isEqualTo("fast");
        assertThat(report.upstreamModel()).isEqualTo("m-1");
        assertThat(report.listed()).isTrue();
        assertThat(report.fault()).isNull();
        TrialReport.Answer answer = report.answer();
        assertThat(answer.text()).isEqualTo("OK");
        assertThat(answer.cut()).isFalse();
        assertThat(answer.reasoning()).isTrue();
        assertThat(answer.finish()).isEqualTo("stop");
        assertThat(answer.usage()).extracting(Usage::input, Usage::output).containsExactly(9L, 3L);
        InquiryFacts facts = report.facts();
        assertThat(answer.firstContentMillis()).isBetween(0L, facts.totalMillis());
        assertThat(facts.pluginId() + " " + facts.pluginVersion() + " " + facts.generation())
                .isEqualTo("toy 1.2.3 4");
        assertThat(facts.key()).isZero();
        assertThat(facts.mask()).isEqualTo("sk-f****6789");
        assertThat(facts.notes()).containsOnlyKeys("mark");
        assertThat(steps(report))
                .containsExactly(
                        "ready",
                        "asked POST /v1/chat/completions",
                        "head 200 " + (stream ? "text/event-stream" : "application/json"),
                        "first content",
                        "end ok");
        assertThat(facts.steps()).extracting(TrialStep::at).isSorted();
        ReceivedRequest sent = world.upstream.received().getFirst();
        assertThat(sent.header("authorization")).isEqualTo("Bearer " + TrialWorld.KEY);
        assertThat(sent.json().string("model")).isEqualTo("m-1");
        assertThat(sent.json().longValue("max_tokens", 0)).isEqualTo(64);
        assertThat(sent.json().at("messages", 0, "content").string()).isEqualTo("Say OK.");
    }

    @Test
    void theKeyThatIsNamedIsUsedAndAnotherIsRefused() throws Exception {
        TrialWorld world = world(new TrialToy());
        world.upstream.on("POST", CHAT, OpenAiScripts.echoModel("OK"));
        TrialOrder second = new TrialOrder("m", 1, true, "Hi", 64, TrialWorld.PATIENCE);

        TrialReport report = world.run(world.channel("", Map.of(), "m"), second);

        assertThat(report.facts().key()).isEqualTo(1);
        assertThat(world.upstream.received().getFirst().header("authorization"))
                .isEqualTo("Bearer " + TrialWorld.SECOND_KEY);
        TrialOrder third = new TrialOrder("m", 2, true, "Hi", 64, TrialWorld.PATIENCE);
        assertThatThrownBy(() -> world.run(world.channel("", Map.of(), "m"), third))
                .isInstanceOf(Problem.class)
                .hasMessage("key: the channel has 2 keys, expected 0 to 1, found 2");
        assertThatThrownBy(() -> world.run(world.channel(List.of(), "", Map.of(), "m"), second))
                .hasMessage("key: the channel has 0 keys, so none can be chosen, found 1");
    }

    @Test
    void withoutAModelTheFirstThatChatsIsTried() throws Exception {
        TrialWorld world = world(new TrialToy());
        world.upstream.on("POST", CHAT, OpenAiScripts.echoModel("OK"));

        assertThat(world.run(world.channel("", Map.of(), "draw-1", "m-1", "m-2"), order(null, true))
                        .model())
                .isEqualTo("m-1");
        assertThat(world.run(world.channel("", Map.of()), order(null, true)).model())
                .isEqualTo("template-1");
    }

    @Test
    void aModelTheChannelDoesNotListIsTriedAllTheSame() throws Exception {
        TrialWorld world = world(new TrialToy());
        world.upstream.on(
                "POST", CHAT, OpenAiScripts.error(404, "invalid_request_error", "model_not_found", "no such model"));

        TrialReport report = world.run(world.channel("", Map.of(), "m-1"), order("m-9", true));

        assertThat(report.listed()).isFalse();
        assertThat(report.ok()).isFalse();
        assertThat(report.fault().kind()).isEqualTo(FaultKind.NO_ACCESS);
        assertThat(report.fault().vendorCode()).isEqualTo("model_not_found");
        assertThat(report.fault().status()).isEqualTo(404);
        assertThat(steps(report)).endsWith("head 404 application/json", "end NO_ACCESS");
    }

    @Test
    void aFaultTellsNeitherTheKeyNorTheAddress() throws Exception {
        TrialWorld world = world(new TrialToy());
        world.upstream.on(
                "POST",
                CHAT,
                OpenAiScripts.error(
                        401,
                        "invalid_request_error",
                        "invalid_api_key",
                        "Incorrect API key " + TrialWorld.KEY + " at " + world.upstream.uri() + "/v1"));

        TrialReport report = world.run(world.channel("", Map.of(), "m"), order("m", true));

        assertThat(report.fault().kind()).isEqualTo(FaultKind.KEY_DEAD);
        assertThat(TrialJson.of(report).toString())
                .contains("Incorrect API key")
                .doesNotContain(TrialWorld.KEY)
                .doesNotContain("127.0.0.1");
        assertThat(report.answer().text()).isEmpty();
        assertThat(report.answer().firstContentMillis()).isEqualTo(-1);
    }

    @Test
    void aLongAnswerIsCutAndAKeyInItIsBlankedOut() throws Exception {
        TrialWorld world = world(new TrialToy());
        String filler = "é".repeat(1_990);
        world.upstream.on("POST", CHAT, OpenAiScripts.echoModel(filler, " ", TrialWorld.KEY, " on".repeat(3_000)));

        TrialReport report = world.run(world.channel("", Map.of(), "m"), order("m", true));

        assertThat(report.ok()).isTrue();
        assertThat(report.answer().cut()).isTrue();
        assertThat(report.answer().text()).hasSize(2_000).isEqualTo(filler + " *** on on");
    }

    @Test
    void anAnswerWithoutItsEndIsAFault() throws Exception {
        TrialWorld world = world(new TrialToy());
        world.upstream.on(
                "POST",
                CHAT,
                Script.answer()
                        .sse("{\"choices\":[{\"index\":0,\"delta\":{\"content\":\"Hel\"},\"finish_reason\":null}]}")
                        .endWithoutMarker());

        TrialReport report = world.run(world.channel("", Map.of(), "m"), order("m", true));

        assertThat(report.fault().kind()).isEqualTo(FaultKind.TRUNCATED);
        assertThat(report.answer().text()).isEqualTo("Hel");
    }

    @Test
    void aSilentUpstreamIsGivenUpInTime() throws Exception {
        TrialWorld world = world(new TrialToy());
        world.upstream.on("POST", CHAT, Script.answer().stall());

        TrialReport report =
                world.run(world.channel("", Map.of(), "m"), TrialWorld.order("m", true, Duration.ofSeconds(1)));

        assertThat(report.fault().kind()).isEqualTo(FaultKind.RETRY);
        assertThat(report.fault().sub()).isEqualTo("timeout");
        assertThat(report.fault().message()).isEqualTo("it took longer than 1 s");
        assertThat(report.facts().totalMillis()).isBetween(1_000L, 15_000L);
        assertThat(world.upstream.awaitCancelled(1)).hasSize(1);
    }

    @Test
    void aModelThatDrawsIsCheckedByTheListOfModels() throws Exception {
        TrialWorld world = world(new TrialToy());
        world.upstream.on("GET", "/v1/models", OpenAiScripts.models("draw-1", "m-1"));

        TrialReport report = world.run(world.channel("", Map.of(), "draw-1"), order("draw-1", true));

        assertThat(report.check()).isEqualTo(Check.MODELS);
        assertThat(report.ok()).isTrue();
        assertThat(report.answer()).isNull();
        assertThat(report.listing().models()).containsExactly("draw-1", "m-1");
        assertThat(world.upstream.requests()).isEqualTo(1);
        assertThat(TrialJson.of(report).path("upstreamHasModel").asBoolean()).isTrue();
        assertThat(TrialJson.of(report).at("/remark/en").asText()).contains("does not chat");
    }

    @Test
    void aDeadKeyOfAModelThatDrawsIsFoundByTheList() throws Exception {
        TrialWorld world = world(new TrialToy());
        world.upstream.on(
                "GET", "/v1/models", OpenAiScripts.error(401, "invalid_request_error", "invalid_api_key", "no"));

        TrialReport report = world.run(world.channel("", Map.of(), "draw-1"), order(null, true));

        assertThat(report.check()).isEqualTo(Check.MODELS);
        assertThat(report.ok()).isFalse();
        assertThat(report.fault().kind()).isEqualTo(FaultKind.KEY_DEAD);
    }

    @Test
    void workThatBecomesATaskIsNotHandedIn() throws Exception {
        TrialWorld world = world(new TrialToy() {
            @Override
            public Flow<ModelInfo> models(ChannelView channel) {
                return Flow.unsupported("a model list");
            }
        });

        TrialReport report = world.run(world.channel("", Map.of(), "work-1"), order("work-1", true));

        assertThat(report.check()).isEqualTo(Check.NONE);
        assertThat(report.ok()).isFalse();
        assertThat(report.fault()).isNull();
        assertThat(world.upstream.requests()).isZero();
        assertThat(TrialJson.of(report).at("/remark/en").asText()).contains("a chat does not fit");
    }

    @Test
    void theChannelsOwnParametersGoAlongAndLostFieldsAreTold() throws Exception {
        TrialWorld world = world(new TrialToy());
        world.upstream.on("POST", CHAT, OpenAiScripts.echoModel("OK"));

        TrialReport report = world.run(
                world.channel("", Map.of("param_override", "{\"seed\":7,\"max_tokens\":null}"), "m"), order("m", true));

        assertThat(report.facts().dropped()).containsExactly("seed");
        assertThat(world.upstream.received().getFirst().json().longValue("seed", 0))
                .isEqualTo(7);
        assertThat(world.upstream.received().getFirst().json().get("max_tokens"))
                .isNull();
    }

    @Test
    void aPluginThatIsMissingOrBreaksIsAFault() throws Exception {
        assertThat(world(null)
                        .run(open.channel("", Map.of(), "m"), order("m", true))
                        .fault()
                        .kind())
                .isEqualTo(FaultKind.CONFIG);
        close();
        TrialReport report = world(new TrialToy() {
                    @Override
                    public Flow<ChatEvent> chat(ChatCall call, ChannelView channel) {
                        throw new IllegalStateException(
                                "bad " + channel.secret("key").reveal());
                    }
                })
                .run(open.channel("", Map.of(), "m"), order("m", true));
        assertThat(report.fault().kind()).isEqualTo(FaultKind.PLUGIN);
        assertThat(report.fault().message()).contains("IllegalStateException: bad ***");
        assertThat(report.facts().pluginId()).isEqualTo("toy");
    }

    @Test
    void aCredentialThatCannotBeMintedIsAFault() throws Exception {
        TrialWorld world = world(new TrialToy() {
            @Override
            public Flow<Minted> mint(ChannelView channel) {
                return turn -> Next.fail(Fault.of(FaultKind.KEY_DEAD, "the token service knows no such key"));
            }
        });

        TrialReport report = world.run(world.channel("", Map.of(), "m"), order("m", true));

        assertThat(report.fault().kind()).isEqualTo(FaultKind.KEY_DEAD);
        assertThat(steps(report)).containsExactly("end KEY_DEAD");
    }

    @Test
    void aConversationOnASocketIsToldToo() throws Exception {
        TrialWorld world = world(new TrialToy() {
            @Override
            public Flow<ChatEvent> chat(ChatCall call, ChannelView channel) {
                String address = channel.endpoint().replace("http://", "ws://") + "/talk?token=secret-in-the-query";
                return turn -> Next.dial(HttpRequest.get(address).build(), new SocketReader() {
                    @Override
                    public Next opened(Socket socket) {
                        return Next.more();
                    }

                    @Override
                    public Next on(Bytes message) {
                        turn.emit(new ChatEvent.Text(message.utf8()));
                        turn.emit(new ChatEvent.Finish("stop"));
                        return Next.done();
                    }
                });
            }
        });
        world.upstream.on("GET", "/v1/talk", Script.socket().say("OK"));

        TrialReport report = world.run(world.channel("", Map.of(), "m"), order("m", true));

        assertThat(report.answer().text()).isEqualTo("OK");
        assertThat(steps(report)).containsExactly("ready", "asked GET /v1/talk", "head 101", "first content", "end ok");
    }

    @Test
    void aPromptOfHalfACharacterIsSentAllTheSame() throws Exception {
        TrialWorld world = world(new TrialToy());
        world.upstream.on("POST", CHAT, OpenAiScripts.echoModel("OK"));
        TrialOrder odd = new TrialOrder("m", 0, true, "a\ud83db\u0000", 64, TrialWorld.PATIENCE);

        assertThat(world.run(world.channel("", Map.of(), "m"), odd).ok()).isTrue();
    }

    @Test
    void anEndpointThatIsNotThereIsAFaultOfTheNetwork() throws Exception {
        TrialWorld world = world(new TrialToy());
        var channel = world.channel("", Map.of(), "m");
        world.upstream.close();

        TrialReport report = world.run(channel, order("m", true));

        assertThat(report.fault().kind()).isEqualTo(FaultKind.RETRY);
        assertThat(report.fault().sub()).isEqualTo("network");
        assertThat(FaultHints.of(report.fault()).byLanguage().get("en")).contains("No connection");
    }

    @Test
    void noMoreThanEightRunAtOnce() throws Exception {
        TrialWorld world = world(new TrialToy());
        CountDownLatch gate = new CountDownLatch(1);
        world.upstream.on(
                "POST",
                CHAT,
                request -> Script.answer()
                        .until(gate)
                        .sse(
                                "{\"choices\":[{\"index\":0,\"delta\":{\"content\":\"OK\"},\"finish_reason\":\"stop\"}]}"));
        List<CompletableFuture<TrialReport>> running = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            running.add(world.trials.chat().run(world.channel("", Map.of(), "m"), order("m", true), 3));
        }

        assertThatThrownBy(() ->
                        world.trials.models().list(world.channel("", Map.of(), "m"), null, 3, TrialWorld.PATIENCE))
                .isInstanceOfSatisfying(
                        Problem.class, problem -> assertThat(problem.kind()).isEqualTo(Problem.Kind.TOO_MANY))
                .hasMessageStartingWith("8 channels are being tried at the moment");
        gate.countDown();
        for (CompletableFuture<TrialReport> trial : running) {
            assertThat(TrialWorld.soon(trial).ok()).isTrue();
        }
        assertThat(world.run(world.channel("", Map.of(), "m"), order("m", true)).ok())
                .isTrue();
    }
}

package io.patchbay.testkit.conformance;

import io.patchbay.spi.Capability;
import io.patchbay.spi.FaultKind;
import io.patchbay.spi.ModelInfo;
import io.patchbay.spi.chat.ChatMessage.ToolCall;
import io.patchbay.spi.json.JsonString;
import io.patchbay.spi.media.Embeddings;
import io.patchbay.spi.media.ImageEvent;
import io.patchbay.spi.media.Moderation;
import io.patchbay.spi.media.Transcript;
import io.patchbay.testkit.host.ChatSummary;
import io.patchbay.testkit.host.FlowDriver;
import io.patchbay.testkit.host.FlowRun;
import io.patchbay.testkit.host.Passed;
import io.patchbay.testkit.host.TestBlob;
import io.patchbay.testkit.host.TestCalls;
import io.patchbay.testkit.upstream.OpenAiScripts;
import io.patchbay.testkit.upstream.ReceivedRequest;
import io.patchbay.testkit.upstream.Script;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Ready-made fixtures for types whose upstream is shaped like OpenAI's. */
public final class OpenAiFixtures {
    private static final ToolCall WEATHER = new ToolCall("call_a", "get_weather", "{\"city\":\"Oslo\"}");
    private static final ToolCall TIME = new ToolCall("call_b", "get_time", "{}");
    private static final String PICTURE = "data:image/png;base64,iVBORw0KGgoAAAANSUhEUg==";

    private final String model;
    private final Set<Capability> claimed;
    private final List<Fixture> all = new ArrayList<>();

    private OpenAiFixtures(String model, Set<Capability> claimed) {
        this.model = new JsonString(model).toJson();
        this.claimed = claimed;
    }

    /** Returns fixtures that show everything of {@code claimed} they know, asked of that model. */
    public static List<Fixture> of(String model, Set<Capability> claimed) {
        OpenAiFixtures fixtures = new OpenAiFixtures(model, claimed);
        if (claimed.contains(Capability.CHAT)) {
            fixtures.texts();
            fixtures.features();
            fixtures.faults();
        }
        fixtures.media();
        return List.copyOf(fixtures.all);
    }

    private String body(boolean stream, String more) {
        return "{\"model\":" + model + ",\"messages\":[{\"role\":\"system\",\"content\":\"Be brief.\"},"
                + "{\"role\":\"user\",\"content\":\"Grüß Gott, 你好\"}],\"temperature\":0.5,\"stream\":" + stream
                + (stream ? ",\"stream_options\":{\"include_usage\":true}" : "") + more + "}";
    }

    private void add(@Nullable Capability capability, Fixture fixture) {
        if (capability == null || claimed.contains(capability)) {
            all.add(fixture);
        }
    }

    private static Fixture upstream(Fixture fixture, Function<ReceivedRequest, Script> scripts) {
        return fixture.upstream(FlowDriver.Upstream.scripted(scripts));
    }

    private void texts() {
        for (boolean stream : new boolean[] {true, false}) {
            String how = stream ? "streamed" : "whole";
            add(
                    null,
                    upstream(
                                    Fixture.chat("text, " + how, body(stream, "")),
                                    OpenAiScripts.text("m-2026", "Hel", "lo ", "wörld 你", "好 🎉!"))
                            .expectText("Hello wörld 你好 🎉!")
                            .expectFinish("stop")
                            .expectUsage(10, 4));
            add(
                    null,
                    upstream(
                                    Fixture.chat("cut by length, " + how, body(stream, ",\"max_tokens\":2")),
                                    OpenAiScripts.text("m-2026", "Hel", "lo").finish("length"))
                            .expectText("Hello")
                            .expectFinish("length"));
        }
    }

    private void features() {
        String tools = ",\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"get_weather\",\"parameters\":"
                + "{\"type\":\"object\",\"properties\":{\"city\":{\"type\":\"string\"}}}}},"
                + "{\"type\":\"function\",\"function\":{\"name\":\"get_time\"}}]";
        String picture = ",\"messages\":[{\"role\":\"user\",\"content\":[{\"type\":\"text\",\"text\":\"What?\"},"
                + "{\"type\":\"image_url\",\"image_url\":{\"url\":\"" + PICTURE + "\"}}]}]";
        String schema = ",\"response_format\":{\"type\":\"json_schema\",\"json_schema\":{\"name\":\"answer\","
                + "\"schema\":{\"type\":\"object\"}}}";
        for (boolean stream : new boolean[] {true, false}) {
            String how = stream ? ", streamed" : ", whole";
            add(
                    Capability.TOOLS,
                    upstream(
                                    Fixture.chat("one tool call" + how, body(stream, tools)),
                                    OpenAiScripts.tools("m-2026", WEATHER))
                            .shows(Capability.TOOLS)
                            .expectCalls("get_weather", WEATHER.arguments())
                            .expectFinish("tool_calls"));
            add(
                    Capability.PARALLEL_TOOLS,
                    upstream(
                                    Fixture.chat("two tool calls" + how, body(stream, tools)),
                                    OpenAiScripts.tools("m-2026", WEATHER, TIME))
                            .shows(Capability.PARALLEL_TOOLS)
                            .expectCalls("get_weather", WEATHER.arguments(), "get_time", "{}")
                            .expectFinish("tool_calls"));
            add(
                    Capability.REASONING,
                    upstream(
                                    Fixture.chat("reasoning" + how, body(stream, "")),
                                    OpenAiScripts.text("m-2026", "42").reasoning("Let me ", "think."))
                            .shows(Capability.REASONING)
                            .expectReasoning("Let me think.")
                            .expectText("42"));
            add(
                    Capability.SEVERAL_CHOICES,
                    upstream(
                                    Fixture.chat("two choices" + how, body(stream, ",\"n\":2")),
                                    OpenAiScripts.text("m-2026", "a", "b"))
                            .shows(Capability.SEVERAL_CHOICES)
                            .expect(run -> Expect.same(
                                    "choices",
                                    2,
                                    ChatSummary.of(run.events()).choices().size())));
            add(
                    Capability.VISION,
                    upstream(
                                    Fixture.chat(
                                            "a picture" + how,
                                            "{\"model\":" + model + ",\"stream\":" + stream + picture + "}"),
                                    OpenAiScripts.vision("m-2026"))
                            .shows(Capability.VISION)
                            .expectText("images: 1"));
            add(
                    Capability.JSON_OUTPUT,
                    upstream(
                                    Fixture.chat("an answer by schema" + how, body(stream, schema)),
                                    OpenAiScripts.text("m-2026", "{\"a\"", ":1}"))
                            .shows(Capability.JSON_OUTPUT)
                            .expectText("{\"a\":1}")
                            .expect(run -> Expect.that(
                                    run.sent().getLast().mentions("json_schema"), "the schema was not sent")));
        }
    }

    private void faults() {
        add(null, refusing("a dead key", 401, "invalid_request_error", "invalid_api_key", FaultKind.KEY_DEAD));
        add(null, refusing("a rate limit", 429, "requests", "rate_limit_exceeded", FaultKind.RATE));
        add(null, refusing("no balance", 429, "insufficient_quota", "insufficient_quota", FaultKind.QUOTA));
        add(null, refusing("too long", 400, "invalid_request_error", "context_length_exceeded", FaultKind.TOO_LONG));
        add(null, refusing("no such model", 404, "invalid_request_error", "model_not_found", FaultKind.NO_ACCESS));
    }

    private Fixture refusing(String name, int status, String type, String code, FaultKind kind) {
        Script script = OpenAiScripts.error(status, type, code, "made by the test");
        return upstream(Fixture.chat(name, body(true, "")), request -> script).expectFault(kind);
    }

    private void media() {
        String start = "{\"model\":" + model;
        TestBlob picture = TestBlob.of("a.png", "image/png", "a picture, by its name");
        TestBlob audio = TestBlob.of("a.mp3", "audio/mpeg", "an audio file, by its name");
        byte[] sound = "sound ".repeat(500).getBytes(StandardCharsets.UTF_8);
        media(
                Capability.EMBEDDINGS,
                (type, channel) -> type.embed(TestCalls.embedding(start + ",\"input\":[\"a\",\"b\"]}"), channel),
                OpenAiScripts.embeddings(6),
                run -> {
                    Embeddings embeddings = only(run, Embeddings.class);
                    Expect.same("vectors", 2, embeddings.vectors().size());
                    Expect.same("dimensions", 6, embeddings.vectors().getFirst().length);
                    Expect.same("input tokens", 10L, embeddings.usage().input());
                });
        media(
                Capability.IMAGES,
                (type, channel) -> type.images(TestCalls.image(start + ",\"prompt\":\"a cat\",\"n\":2}"), channel),
                OpenAiScripts.images(),
                run -> Expect.same("images", 2L, made(run)));
        media(
                Capability.IMAGE_EDITS,
                (type, channel) -> type.images(
                        TestCalls.imageEdit(start + ",\"prompt\":\"a hat\"}", List.of(picture), null), channel),
                OpenAiScripts.images(),
                run -> {
                    Expect.same("images", 1L, made(run));
                    Expect.that(run.sent().getLast().mentions("a picture, by its name"), "the picture was not sent");
                });
        media(
                Capability.SPEECH,
                (type, channel) ->
                        type.speech(TestCalls.speech(start + ",\"input\":\"Hello\",\"voice\":\"alloy\"}"), channel),
                OpenAiScripts.speech(sound),
                run -> {
                    Passed passed = run.passed();
                    Expect.that(passed != null && Arrays.equals(sound, passed.body()), "other sound: " + run);
                });
        media(
                Capability.TRANSCRIPTION,
                (type, channel) -> type.transcribe(TestCalls.transcription(start + "}", audio, false), channel),
                OpenAiScripts.transcription("hello world"),
                run -> {
                    Expect.same(
                            "text", "hello world", only(run, Transcript.class).text());
                    Expect.that(run.sent().getLast().mentions("an audio file, by its name"), "the audio was not sent");
                });
        media(
                Capability.MODERATION,
                (type, channel) ->
                        type.moderate(TestCalls.moderation(start + ",\"input\":[\"peace\",\"violence\"]}"), channel),
                OpenAiScripts.moderations(),
                run -> {
                    Moderation moderation = only(run, Moderation.class);
                    Expect.same("results", 2, moderation.results().size());
                    Expect.that(moderation.results().get(1).flag("flagged", false), "violence was not flagged");
                });
        media(
                Capability.MODEL_LIST,
                (type, channel) -> type.models(channel),
                request -> OpenAiScripts.models("model-a", "model-b"),
                run -> {
                    List<String> ids = run.events().stream()
                            .map(event -> ((ModelInfo) event).id())
                            .toList();
                    Expect.same("models", List.of("model-a", "model-b"), ids);
                });
    }

    private void media(
            Capability capability,
            Fixture.Opening opening,
            Function<ReceivedRequest, Script> scripts,
            Consumer<FlowRun<?>> expectation) {
        add(
                capability,
                upstream(Fixture.of(capability.id(), opening), scripts)
                        .shows(capability)
                        .expect(expectation));
    }

    private static long made(FlowRun<?> run) {
        return run.events().stream()
                .filter(event -> event instanceof ImageEvent.Made)
                .count();
    }

    private static <T> T only(FlowRun<?> run, Class<T> type) {
        List<?> events = run.events();
        Expect.that(events.size() == 1 && type.isInstance(events.getFirst()), "expected one event, found " + run);
        return type.cast(events.getFirst());
    }
}

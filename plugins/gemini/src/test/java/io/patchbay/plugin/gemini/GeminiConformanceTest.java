package io.patchbay.plugin.gemini;

import io.patchbay.spi.Capability;
import io.patchbay.spi.ChannelType;
import io.patchbay.spi.FaultKind;
import io.patchbay.spi.ModelInfo;
import io.patchbay.spi.json.Json;
import io.patchbay.spi.media.Embeddings;
import io.patchbay.spi.media.ImageEvent;
import io.patchbay.testkit.conformance.ChannelTypeConformance;
import io.patchbay.testkit.conformance.Fixture;
import io.patchbay.testkit.host.FlowRun;
import io.patchbay.testkit.host.Reply;
import io.patchbay.testkit.host.TestBlob;
import io.patchbay.testkit.host.TestCalls;
import java.util.List;
import java.util.Objects;
import java.util.Set;

final class GeminiConformanceTest extends ChannelTypeConformance {
    private static final String MODEL = "gemini-3.5-flash";
    private static final String TOOLS = """
            ,"tools":[{"type":"function","function":{"name":"get_weather","parameters":{"type":"object","properties":\
            {"city":{"type":"string"}}}}},{"type":"function","function":{"name":"get_time"}}]""";

    @Override
    protected ChannelType type() {
        return new GeminiChannelType();
    }

    @Override
    protected Set<Capability> claimed() {
        return Set.of(
                Capability.CHAT,
                Capability.TOOLS,
                Capability.PARALLEL_TOOLS,
                Capability.VISION,
                Capability.REASONING,
                Capability.JSON_OUTPUT,
                Capability.SEVERAL_CHOICES,
                Capability.WEB_SEARCH,
                Capability.EMBEDDINGS,
                Capability.IMAGES,
                Capability.IMAGE_EDITS,
                Capability.MODEL_LIST);
    }

    @Override
    protected List<Fixture> fixtures() {
        return List.of(
                chat("text", true, "text.sse")
                        .expectText("Good day, 世界!")
                        .expectFinish("stop")
                        .expectUsage(9, 4),
                chat("whole text", false, "text.json")
                        .expectText("Good day, 世界!")
                        .expectFinish("stop")
                        .expectUsage(9, 4),
                chat("a list of pieces", true, "pieces.json")
                        .expectText("Good day, 世界!")
                        .expectUsage(9, 4),
                Fixture.chat("a model that cannot stream", body(MODEL, true, ""))
                        .replies(
                                Reply.json(404, "{\"error\":{\"code\":404,\"status\":\"NOT_FOUND\"}}"),
                                Golden.reply("text.json"))
                        .expectText("Good day, 世界!"),
                chat("tools", TOOLS, "tools.sse")
                        .shows(Capability.TOOLS, Capability.PARALLEL_TOOLS)
                        .expectCalls("get_weather", "{\"city\":\"Oslo\"}", "get_time", "{}")
                        .expectFinish("tool_calls")
                        .expectUsage(92, 41),
                resultsSentBack(),
                vision(),
                chat("reasoning and cache", ",\"reasoning_effort\":\"high\"", "reasoning.sse")
                        .shows(Capability.REASONING)
                        .expectReasoning("Let me think.")
                        .expectText("42")
                        .expectUsage(20, 47)
                        .expect(run -> sent(run, "thinkingLevel")),
                chat("json", ",\"response_format\":{\"type\":\"json_object\"}", "text.sse")
                        .shows(Capability.JSON_OUTPUT)
                        .expect(run -> sent(run, "application/json")),
                chat("choices", ",\"n\":2", "choices.sse")
                        .shows(Capability.SEVERAL_CHOICES)
                        .expectText("one"),
                chat("search", ",\"web_search_options\":{}", "search.sse")
                        .shows(Capability.WEB_SEARCH)
                        .expectText("It rains.")
                        .expectUsage(16, 3)
                        .expect(run -> sent(run, "googleSearch")),
                Fixture.chat("a picture in the answer", body("gemini-2.5-flash-image", true, ""))
                        .transcript(Golden.class, "picture.sse")
                        .expectText("A cat:\n\n![image](data:image/png;base64,iVBORw0KGgo=)"),
                Fixture.chat("Imagen in a chat", body("imagen-3.0-generate-002", true, ""))
                        .transcript(Golden.class, "imagen.json")
                        .expect(run -> sent(run, "\"prompt\":\"Hi\"")),
                Fixture.chat("lost signatures", signed())
                        .replies(Reply.json(400, Golden.text("error-signature.json")), Golden.reply("text.sse"))
                        .expectText("Good day, 世界!")
                        .expect(run -> sent(run, "skip_thought_signature_validator")),
                refused("a dead key", 400, "error-key.json", FaultKind.KEY_DEAD),
                refused("a minute's quota", 429, "error-rate.json", FaultKind.RATE),
                refused("a day's quota", 429, "error-day.json", FaultKind.QUOTA),
                chat("a blocked prompt", true, "blocked.sse").expectFault(FaultKind.CONTENT),
                chat("an error in the stream", true, "error-rate.json").expectFault(FaultKind.RATE),
                Fixture.of("models", (type, channel) -> type.models(channel))
                        .replies(Golden.reply("models-1.json"), Golden.reply("models-2.json"))
                        .shows(Capability.MODEL_LIST)
                        .expect(run -> same(
                                List.of("gemini-3.5-flash", "gemini-embedding-001", "tunedModels/mine-1"),
                                run.events().stream()
                                        .map(event -> ((ModelInfo) event).id())
                                        .toList())),
                Fixture.of(
                                "embeddings",
                                (type, channel) -> type.embed(
                                        TestCalls.embedding(
                                                "{\"model\":\"gemini-embedding-001\",\"input\":[\"a\",\"b\"]}"),
                                        channel))
                        .transcript(Golden.class, "embeddings.json")
                        .shows(Capability.EMBEDDINGS)
                        .expect(run -> same(
                                2,
                                ((Embeddings) run.events().getFirst()).vectors().size())),
                Fixture.of(
                                "a picture of Gemini",
                                (type, channel) -> type.images(
                                        TestCalls.image("{\"model\":\"gemini-2.5-flash-image\",\"prompt\":\"a cat\"}"),
                                        channel))
                        .transcript(Golden.class, "picture.json")
                        .shows(Capability.IMAGES)
                        .expect(run -> same(1L, made(run))),
                Fixture.of(
                                "pictures of Imagen",
                                (type, channel) -> type.images(
                                        TestCalls.image(
                                                "{\"model\":\"imagen-4.0-generate-001\",\"prompt\":\"a cat\",\"n\":2}"),
                                        channel))
                        .transcript(Golden.class, "imagen.json")
                        .shows(Capability.IMAGES)
                        .expect(run -> same(2L, made(run))),
                Fixture.of(
                                "an edit",
                                (type, channel) -> type.images(
                                        TestCalls.imageEdit(
                                                "{\"model\":\"gemini-2.5-flash-image\",\"prompt\":\"a hat\"}",
                                                List.of(TestBlob.of("a.png", "image/png", "CAT")),
                                                null),
                                        channel))
                        .transcript(Golden.class, "picture.json")
                        .shows(Capability.IMAGE_EDITS)
                        .expect(run -> sent(run, "Q0FU")));
    }

    private static Fixture chat(String name, boolean stream, String transcript) {
        return Fixture.chat(name, body(MODEL, stream, "")).transcript(Golden.class, transcript);
    }

    private static Fixture chat(String name, String members, String transcript) {
        return Fixture.chat(name, body(MODEL, true, members)).transcript(Golden.class, transcript);
    }

    private static Fixture refused(String name, int status, String error, FaultKind kind) {
        return Fixture.chat(name, body(MODEL, true, ""))
                .replies(Reply.json(status, Golden.text(error)))
                .expectFault(kind);
    }

    private static Fixture vision() {
        String picture =
                "[{\"type\":\"text\",\"text\":\"What?\"},{\"type\":\"image_url\",\"image_url\":{\"url\":\"data:image/png;base64,iVBORw0KGgo=\"}}]";
        return Fixture.chat("a picture", body(MODEL, true, "").replace("\"Hi\"", picture))
                .transcript(Golden.class, "text.sse")
                .shows(Capability.VISION);
    }

    private static Fixture resultsSentBack() {
        String turns = "},{\"role\":\"assistant\",\"tool_calls\":[{\"id\":\"c1\",\"type\":\"function\",\"function\":"
                + "{\"name\":\"get_weather\",\"arguments\":\"{}\"}}]},"
                + "{\"role\":\"tool\",\"tool_call_id\":\"c1\",\"content\":\"17 degrees\"}]";
        return Fixture.chat("results sent back", body(MODEL, true, TOOLS).replaceFirst("\\}\\]", turns))
                .transcript(Golden.class, "text.sse")
                .expect(run -> same(
                        Json.parse("{\"id\":\"c1\",\"name\":\"get_weather\",\"response\":{\"result\":\"17 degrees\"}}"),
                        run.sent().getFirst().json().at("contents", 2, "parts", 0, "functionResponse")));
    }

    /** Returns a chat whose call was signed by somebody else. */
    private static String signed() {
        return "{\"model\":\"gemini-2.5-flash\",\"stream\":true,\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"},"
                + "{\"role\":\"assistant\",\"tool_calls\":[{\"id\":\"c1\",\"type\":\"function\",\"function\":"
                + "{\"name\":\"f\",\"arguments\":\"{}\"}}],\"reasoning_details\":[{\"type\":\"reasoning.encrypted\","
                + "\"format\":\"google-gemini-v1\",\"data\":\"FOREIGN\",\"id\":\"c1\"}]},"
                + "{\"role\":\"tool\",\"tool_call_id\":\"c1\",\"content\":\"1\"}]}";
    }

    private static String body(String model, boolean stream, String members) {
        return "{\"model\":\"" + model + "\",\"stream\":" + stream
                + ",\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]" + members + "}";
    }

    private static long made(FlowRun<?> run) {
        return run.events().stream()
                .filter(event -> event instanceof ImageEvent.Made)
                .count();
    }

    private static void sent(FlowRun<?> run, String text) {
        if (!run.sent().getLast().mentions(text)) {
            throw new AssertionError(
                    text + " was not sent: " + run.sent().getLast().text());
        }
    }

    private static void same(Object expected, Object found) {
        if (!Objects.equals(expected, found)) {
            throw new AssertionError("expected " + expected + ", found " + found);
        }
    }
}

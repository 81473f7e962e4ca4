package io.patchbay.plugin.vertex;

import io.patchbay.spi.Capability;
import io.patchbay.spi.ChannelType;
import io.patchbay.spi.FaultKind;
import io.patchbay.spi.json.Json;
import io.patchbay.testkit.conformance.ChannelTypeConformance;
import io.patchbay.testkit.conformance.Fixture;
import io.patchbay.testkit.host.FlowRun;
import io.patchbay.testkit.host.Reply;
import io.patchbay.testkit.host.TestBlob;
import io.patchbay.testkit.host.TestCalls;
import io.patchbay.testkit.host.TestChannel;
import java.util.List;
import java.util.Set;

final class VertexConformanceTest extends ChannelTypeConformance {
    private static final String GEMINI = "gemini-3.5-flash";
    private static final String CLAUDE = "claude-sonnet-4-5@20250929";
    private static final String TOOLS = """
            ,"tools":[{"type":"function","function":{"name":"get_weather","parameters":{"type":"object","properties":\
            {"city":{"type":"string"}}}}},{"type":"function","function":{"name":"get_time"}}]""";

    @Override
    protected ChannelType type() {
        return new VertexChannelType();
    }

    @Override
    protected TestChannel channel(ChannelType type) {
        return TestChannel.builder(type.descriptor(), "one")
                .secret("account", Accounts.file("project-one", "key of one"))
                .minted("token", "ya29.one-0123456789")
                .build();
    }

    @Override
    protected TestChannel otherChannel(ChannelType type) {
        return TestChannel.builder(type.descriptor(), "two")
                .id(2)
                .endpoint("https://other-upstream.invalid")
                .secret("account", Accounts.file("project-two", "key of two"))
                .minted("token", "ya29.two-0123456789")
                .build();
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
                Capability.IMAGE_EDITS);
    }

    @Override
    protected List<Fixture> fixtures() {
        return List.of(
                chat("Gemini", GEMINI, true, "", "gemini.sse")
                        .expectText("Good day, 世界!")
                        .expectFinish("stop")
                        .expectUsage(9, 4),
                chat("whole Gemini", GEMINI, false, "", "gemini.json")
                        .expectText("Good day, 世界!")
                        .expectUsage(9, 4),
                chat("tools and reasoning", GEMINI, true, TOOLS + ",\"reasoning_effort\":\"low\"", "gemini-tools.sse")
                        .shows(Capability.TOOLS, Capability.PARALLEL_TOOLS, Capability.REASONING)
                        .expectReasoning("Checking.")
                        .expectCalls("get_weather", "{\"city\":\"Oslo\"}", "get_time", "{}")
                        .expectUsage(92, 51),
                resultsSentBack(),
                vision(),
                chat("json", GEMINI, true, ",\"response_format\":{\"type\":\"json_object\"}", "gemini.sse")
                        .shows(Capability.JSON_OUTPUT),
                chat("choices", GEMINI, true, ",\"n\":2", "choices.sse").shows(Capability.SEVERAL_CHOICES),
                chat("search", GEMINI, true, ",\"web_search_options\":{}", "search.sse")
                        .shows(Capability.WEB_SEARCH)
                        .expectText("It rains."),
                chat("Claude", CLAUDE, true, "", "claude.sse")
                        .expectText("Good day, 世界!")
                        .expectFinish("stop")
                        .expectUsage(9, 4)
                        .expect(run -> sent(run, "vertex-2023-10-16")),
                chat("whole Claude", CLAUDE, false, "", "claude.json")
                        .expectText("Good day, 世界!")
                        .expectUsage(9, 4),
                chat("an open model", "qwen/qwen3-235b-a22b-instruct-2507-maas", true, "", "open.sse")
                        .expectText("Good day")
                        .expectUsage(9, 2),
                chat("Imagen in a chat", "imagen-4.0-generate-001", true, "", "imagen.json")
                        .expectText("![image](data:image/png;base64,iVBORw0KGgo=)"),
                refused("a token that is too old", GEMINI, 401, "error-token.json", FaultKind.KEY_STALE),
                refused("an API that is switched off", GEMINI, 403, "error-api.json", FaultKind.KEY_DEAD),
                refused("no capacity", GEMINI, 429, "error-capacity.json", FaultKind.RATE),
                refused("no such model", GEMINI, 404, "error-model.json", FaultKind.NO_ACCESS),
                refused("an error inside an error", CLAUDE, 400, "error-wrapped.json", FaultKind.TOO_LONG),
                Fixture.of(
                                "embeddings",
                                (type, channel) -> type.embed(
                                        TestCalls.embedding(
                                                "{\"model\":\"text-embedding-005\",\"input\":[\"a\",\"b\"]}"),
                                        channel))
                        .transcript(Golden.class, "embeddings.json")
                        .shows(Capability.EMBEDDINGS),
                Fixture.of(
                                "a picture of Imagen",
                                (type, channel) -> type.images(
                                        TestCalls.image("{\"model\":\"imagen-4.0-generate-001\",\"prompt\":\"a cat\"}"),
                                        channel))
                        .transcript(Golden.class, "imagen.json")
                        .shows(Capability.IMAGES),
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

    private static Fixture chat(String name, String model, boolean stream, String members, String transcript) {
        return Fixture.chat(name, body(model, stream, members)).transcript(Golden.class, transcript);
    }

    private static Fixture refused(String name, String model, int status, String error, FaultKind kind) {
        return Fixture.chat(name, body(model, true, ""))
                .replies(Reply.json(status, Golden.text(error)))
                .expectFault(kind);
    }

    private static Fixture vision() {
        String picture =
                "[{\"type\":\"text\",\"text\":\"What?\"},{\"type\":\"image_url\",\"image_url\":{\"url\":\"data:image/png;base64,iVBORw0KGgo=\"}}]";
        return Fixture.chat("a picture", body(GEMINI, true, "").replace("\"Hi\"", picture))
                .transcript(Golden.class, "gemini.sse")
                .shows(Capability.VISION);
    }

    private static Fixture resultsSentBack() {
        String turns = "},{\"role\":\"assistant\",\"tool_calls\":[{\"id\":\"c1\",\"type\":\"function\",\"function\":"
                + "{\"name\":\"get_weather\",\"arguments\":\"{}\"}}]},"
                + "{\"role\":\"tool\",\"tool_call_id\":\"c1\",\"content\":\"17 degrees\"}]";
        return Fixture.chat("results sent back", body(GEMINI, true, TOOLS).replaceFirst("\\}\\]", turns))
                .transcript(Golden.class, "gemini.sse")
                .expect(run -> {
                    Object found = run.sent().getFirst().json().at("contents", 2, "parts", 0);
                    Object expected = Json.parse(
                            "{\"functionResponse\":{\"name\":\"get_weather\",\"response\":{\"result\":\"17 degrees\"}}}");
                    if (!expected.equals(found)) {
                        throw new AssertionError("expected " + expected + ", found " + found);
                    }
                });
    }

    private static String body(String model, boolean stream, String members) {
        return "{\"model\":\"" + model + "\",\"stream\":" + stream
                + ",\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]" + members + "}";
    }

    private static void sent(FlowRun<?> run, String text) {
        if (!run.sent().getLast().mentions(text)) {
            throw new AssertionError(
                    text + " was not sent: " + run.sent().getLast().text());
        }
    }
}

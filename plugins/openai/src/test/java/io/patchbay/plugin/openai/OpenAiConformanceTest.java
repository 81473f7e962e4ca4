package io.patchbay.plugin.openai;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.spi.Capability;
import io.patchbay.spi.ChannelType;
import io.patchbay.spi.FaultKind;
import io.patchbay.spi.task.Artifact;
import io.patchbay.spi.task.TaskNews;
import io.patchbay.spi.task.TaskRef;
import io.patchbay.testkit.conformance.ChannelTypeConformance;
import io.patchbay.testkit.conformance.Fixture;
import io.patchbay.testkit.conformance.OpenAiFixtures;
import io.patchbay.testkit.host.FlowRun;
import io.patchbay.testkit.host.Reply;
import io.patchbay.testkit.host.TestChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Set;

final class OpenAiConformanceTest extends ChannelTypeConformance {
    private static final String TOOLS = """
            "tools":[{"type":"function","function":{"name":"get_weather","parameters":{"type":"object"}}},\
            {"type":"function","function":{"name":"get_time"}}]""";

    @Override
    protected ChannelType type() {
        return new OpenAiChannelType();
    }

    /** Another of OpenAI's own hosts: elsewhere, the models of the Responses API are asked by chat. */
    @Override
    protected TestChannel otherChannel(ChannelType type) {
        return super.otherChannel(type).toBuilder()
                .endpoint("https://eu.api.openai.com")
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
                Capability.EMBEDDINGS,
                Capability.IMAGES,
                Capability.IMAGE_EDITS,
                Capability.SPEECH,
                Capability.TRANSCRIPTION,
                Capability.MODERATION,
                Capability.TASKS,
                Capability.MODEL_LIST);
    }

    @Override
    protected List<Fixture> fixtures() {
        List<Fixture> all = new ArrayList<>(OpenAiFixtures.of("gpt-5.4-mini", claimed()));
        all.add(golden("golden text", chat("gpt-5.4-mini", ""), "chat-text.sse")
                .expectText("Hello, 世界 👋!")
                .expectFinish("stop")
                .expectUsage(8, 3));
        all.add(golden("golden tools", chat("gpt-5.4-mini", "," + TOOLS), "chat-tools.sse")
                .shows(Capability.TOOLS, Capability.PARALLEL_TOOLS)
                .expectCalls("get_weather", "{\"city\":\"Oslo\"}", "get_time", "{}")
                .expectFinish("tool_calls")
                .expectUsage(92, 41));
        all.add(golden("golden choices", chat("gpt-4.1", ",\"n\":2"), "chat-choices.sse")
                .shows(Capability.SEVERAL_CHOICES)
                .expectText("one"));
        all.add(golden("golden reasoning", chat("kimi-k2.5", ""), "chat-reasoning.sse")
                .shows(Capability.REASONING)
                .expectReasoning("Let me think.")
                .expectText("42")
                .expectUsage(11, 9));
        all.add(golden("golden response", chat("gpt-5.5-pro", ""), "responses-text.sse")
                .shows(Capability.REASONING)
                .expectReasoning("Greeting.\n\nDone.")
                .expectText("Hello, 世界!")
                .expectFinish("stop")
                .expectUsage(12, 30));
        all.add(golden("golden response with tools", chat("gpt-5.5-pro", "," + TOOLS), "responses-tools.sse")
                .shows(Capability.TOOLS, Capability.PARALLEL_TOOLS)
                .expectCalls("get_weather", "{\"city\":\"Oslo\"}", "get_time", "{}")
                .expectFinish("tool_calls"));
        all.add(golden("golden whole response", whole("gpt-5.5-pro"), "responses-whole.json")
                .expectReasoning("Hm.")
                .expectText("Hello")
                .expectFinish("length")
                .expectUsage(36, 87));
        all.add(golden("golden failed response", chat("gpt-5.5-pro", ""), "responses-failed.sse")
                .expectFault(FaultKind.QUOTA));
        all.add(golden("golden overload", chat("gpt-5.4-mini", ""), "chat-refused-early.sse")
                .expectFault(FaultKind.RETRY));
        all.add(golden("golden whole", whole("gpt-5.4-mini"), "chat-whole.json")
                .expectText("Hello!")
                .expectUsage(8, 74));
        all.add(golden(
                        "golden whole tools",
                        whole("gpt-5.4-mini").replace("}]}", "}]," + TOOLS + "}"),
                        "chat-whole-tools.json")
                .shows(Capability.TOOLS)
                .expectCalls("get_weather", "{\"city\":\"Oslo\"}"));
        all.add(golden("golden completion", chat("gpt-3.5-turbo-instruct", ""), "completion.sse")
                .expectText("\n\nGood day, 你好")
                .expectFinish("stop")
                .expectUsage(12, 4));
        all.add(golden("golden whole completion", whole("gpt-3.5-turbo-instruct"), "completion.json")
                .expectText("\n\nGood day")
                .expectUsage(12, 3));
        all.add(Fixture.chat("asked once more", chat("gpt-4.1", ",\"temperature\":0.2"))
                .replies(
                        Reply.json(400, Golden.text("error-unsupported-temperature.json")),
                        Reply.events(Golden.bytes("chat-text.sse")))
                .expectText("Hello, 世界 👋!"));
        all.addAll(videos());
        return all;
    }

    private static List<Fixture> videos() {
        TaskRef video = new TaskRef("video_1", "video", "sora-2", "");
        return List.of(
                Fixture.task("golden video", chat("sora-2", ",\"seconds\":8,\"size\":\"720x1280\""))
                        .transcript(OpenAiConformanceTest.class, "/golden/video-queued.json")
                        .expect(run -> assertThat(news(run).upstreamId()).isEqualTo("video_1")),
                Fixture.task("video that begins with a picture", picture("sora-2"))
                        .transcript(OpenAiConformanceTest.class, "/golden/video-queued.json")
                        .expect(run -> assertThat(run.sent().getFirst().text()).contains("PNG-BYTES")),
                Fixture.taskCheck("golden video on its way", video)
                        .transcript(OpenAiConformanceTest.class, "/golden/video-running.json")
                        .expect(run -> assertThat(news(run).progress()).isEqualTo(46)),
                Fixture.taskCheck("golden finished video", video)
                        .transcript(OpenAiConformanceTest.class, "/golden/video-completed.json")
                        .expect(run -> assertThat(news(run).artifacts()).hasSize(1)),
                Fixture.taskCheck("golden failed video", video)
                        .transcript(OpenAiConformanceTest.class, "/golden/video-failed.json")
                        .expect(run ->
                                assertThat(String.valueOf(news(run).fault())).startsWith("CONTENT")),
                Fixture.taskContent("golden video file", video, Artifact.atUpstream("video", "video", "video/mp4"))
                        .replies(Reply.of(200, "video/mp4", Golden.film()))
                        .expect(run -> assertThat(run.passed().body()).isEqualTo(Golden.film())),
                Fixture.task("video that is refused", chat("sora-2", ""))
                        .replies(Reply.json(400, Golden.text("error-image-moderated.json")))
                        .expectFault(FaultKind.CONTENT));
    }

    private static TaskNews news(FlowRun<?> run) {
        return (TaskNews) run.events().getLast();
    }

    private static String picture(String model) {
        String png = Base64.getEncoder().encodeToString("PNG-BYTES".getBytes(StandardCharsets.US_ASCII));
        return "{\"model\":\"" + model + "\",\"messages\":[{\"role\":\"user\",\"content\":["
                + "{\"type\":\"text\",\"text\":\"it moves\"},{\"type\":\"image_url\",\"image_url\":{\"url\":"
                + "\"data:image/png;base64," + png + "\"}}]}]}";
    }

    private static Fixture golden(String name, String body, String transcript) {
        return Fixture.chat(name, body).transcript(OpenAiConformanceTest.class, "/golden/" + transcript);
    }

    private static String chat(String model, String more) {
        return "{\"model\":\"" + model + "\",\"stream\":true,\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]"
                + more + "}";
    }

    private static String whole(String model) {
        return "{\"model\":\"" + model + "\",\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}";
    }
}

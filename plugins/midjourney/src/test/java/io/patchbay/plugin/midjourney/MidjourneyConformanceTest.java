package io.patchbay.plugin.midjourney;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.spi.Capability;
import io.patchbay.spi.ChannelType;
import io.patchbay.spi.ChannelView;
import io.patchbay.spi.FaultKind;
import io.patchbay.spi.Flow;
import io.patchbay.spi.json.Json;
import io.patchbay.spi.task.TaskNews;
import io.patchbay.spi.task.TaskPhase;
import io.patchbay.spi.task.TaskRef;
import io.patchbay.testkit.conformance.ChannelTypeConformance;
import io.patchbay.testkit.conformance.Fixture;
import io.patchbay.testkit.host.FlowRun;
import io.patchbay.testkit.host.Reply;
import io.patchbay.testkit.host.TestChatCall;
import java.util.List;
import java.util.Set;

final class MidjourneyConformanceTest extends ChannelTypeConformance {
    static final String TASK = "1704441600123456";
    private static final String PICTURE = "data:image/png;base64,iVBORw0KGgo=";

    @Override
    protected ChannelType type() {
        return new MidjourneyChannelType();
    }

    @Override
    protected Set<Capability> claimed() {
        return Set.of(Capability.TASKS, Capability.VISION);
    }

    @Override
    protected List<Fixture> fixtures() {
        return List.of(
                Fixture.task(
                                "imagine",
                                "{\"model\":\"midjourney\",\"stream\":true,\"messages\":[{\"role\":\"user\","
                                        + "\"content\":\"a cat\"}]}")
                        .transcript(MidjourneyConformanceTest.class, "submitted.json")
                        .expect(MidjourneyConformanceTest::handedIn),
                Fixture.of("queued upscale", (type, channel) -> submit(type, channel, "/UPSCALE " + TASK + " 2"))
                        .replies(Reply.json(
                                "{\"code\":22,\"result\":1704441600123456,\"properties\":{\"numberOfQueues\":3}}"))
                        .expect(MidjourneyConformanceTest::handedIn),
                Fixture.of("upscale that exists", (type, channel) -> submit(type, channel, "/UPSCALE " + TASK + " 2"))
                        .replies(Reply.json(
                                "{\"code\":21,\"result\":\"" + TASK + "\",\"properties\":{\"status\":\"SUCCESS\"}}"))
                        .expect(MidjourneyConformanceTest::handedIn),
                Fixture.of("describe", (type, channel) -> describe(type, channel))
                        .transcript(MidjourneyConformanceTest.class, "submitted.json")
                        .shows(Capability.VISION)
                        .expect(run -> assertThat(run.sent().getFirst().text()).contains(PICTURE)),
                Fixture.of("running", (type, channel) -> check(type, channel))
                        .transcript(MidjourneyConformanceTest.class, "running.json")
                        .shows(Capability.TASKS)
                        .expect(run -> {
                            assertThat(news(run).phase()).isEqualTo(TaskPhase.RUNNING);
                            assertThat(news(run).progress()).isEqualTo(46);
                            assertThat(news(run).artifacts().getFirst().preview())
                                    .isTrue();
                        }),
                Fixture.of("finished", (type, channel) -> check(type, channel))
                        .transcript(MidjourneyConformanceTest.class, "finished.json")
                        .expect(run -> {
                            assertThat(news(run).phase()).isEqualTo(TaskPhase.SUCCEEDED);
                            assertThat(news(run).artifacts().getFirst().url())
                                    .isEqualTo("https://cdn.example/grid.png");
                            assertThat(news(run).buttons()).hasSize(9);
                            assertThat(news(run).buttons().get(1).command()).isEqualTo("/UPSCALE " + TASK + " 2");
                        }),
                refusal("the queue is full", 23, FaultKind.RATE),
                refusal("a banned word", 24, FaultKind.CONTENT),
                refusal("no account", 3, FaultKind.NO_ACCESS),
                refusal("a bad parameter", 4, FaultKind.BAD_REQUEST),
                refusal("the same prompt again", 21, FaultKind.BAD_REQUEST),
                refusal("a failure of the proxy", 9, FaultKind.UPSTREAM));
    }

    private static Fixture refusal(String name, int code, FaultKind kind) {
        return Fixture.of(name, (type, channel) -> submit(type, channel, "a cat"))
                .replies(Reply.json("{\"code\":" + code + ",\"description\":\"no\",\"result\":\"" + TASK + "\"}"))
                .expectFault(kind);
    }

    private static Flow<TaskNews> submit(ChannelType type, ChannelView channel, String text) {
        TestChatCall call = TestChatCall.asking("midjourney", text);
        return type.tasks().submit(type.tasks().fromChat(call, channel), channel);
    }

    private static Flow<TaskNews> describe(ChannelType type, ChannelView channel) {
        TestChatCall call = TestChatCall.of("{\"model\":\"midjourney\",\"messages\":[{\"role\":\"user\",\"content\":["
                + "{\"type\":\"text\",\"text\":\"/describe\"},{\"type\":\"image_url\",\"image_url\":{\"url\":\""
                + PICTURE
                + "\"}}]}]}");
        return type.tasks().submit(type.tasks().fromChat(call, channel), channel);
    }

    private static Flow<TaskNews> check(ChannelType type, ChannelView channel) {
        return type.tasks().check(new TaskRef(TASK, "IMAGINE", "midjourney", ""), channel);
    }

    private static void handedIn(FlowRun<?> run) {
        assertThat(news(run).phase()).isEqualTo(TaskPhase.QUEUED);
        assertThat(news(run).upstreamId()).isEqualTo(TASK);
        assertThat(run.sent().getFirst().header("mj-api-secret")).startsWith("sk-");
        assertThat(Json.parse(run.sent().getFirst().body()).asObject().isEmpty())
                .isFalse();
    }

    private static TaskNews news(FlowRun<?> run) {
        return (TaskNews) run.events().getLast();
    }
}

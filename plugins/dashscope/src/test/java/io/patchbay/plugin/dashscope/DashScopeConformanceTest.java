package io.patchbay.plugin.dashscope;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.spi.Capability;
import io.patchbay.spi.ChannelType;
import io.patchbay.spi.ChannelView;
import io.patchbay.spi.FaultKind;
import io.patchbay.spi.Flow;
import io.patchbay.spi.media.ImageEvent;
import io.patchbay.spi.task.TaskNews;
import io.patchbay.spi.task.TaskPhase;
import io.patchbay.spi.task.TaskRef;
import io.patchbay.testkit.conformance.ChannelTypeConformance;
import io.patchbay.testkit.conformance.Fixture;
import io.patchbay.testkit.host.FlowRun;
import io.patchbay.testkit.host.Reply;
import io.patchbay.testkit.host.TestBlob;
import io.patchbay.testkit.host.TestCalls;
import io.patchbay.testkit.host.TestChatCall;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;

final class DashScopeConformanceTest extends ChannelTypeConformance {
    private static final String TOOLS = ",\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"get_weather\","
            + "\"parameters\":{\"type\":\"object\"}}},{\"type\":\"function\",\"function\":{\"name\":\"get_time\"}}]";
    private static final String PICTURE = "[{\"type\":\"image_url\",\"image_url\":{\"url\":"
            + "\"data:image/png;base64,iVBORw0KGgo=\"}},{\"type\":\"text\",\"text\":\"What?\"}]";
    private static final TaskRef TASK = new TaskRef("t-1", "image", "wanx-v1", "");

    @Override
    protected ChannelType type() {
        return new DashScopeChannelType();
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
                Capability.WEB_SEARCH,
                Capability.EMBEDDINGS,
                Capability.IMAGES,
                Capability.IMAGE_EDITS,
                Capability.TASKS);
    }

    @Override
    protected List<Fixture> fixtures() {
        List<Fixture> all = new ArrayList<>(chats());
        all.addAll(faults());
        all.addAll(media());
        return all;
    }

    private static List<Fixture> chats() {
        return List.of(
                chat("text", "qwen-plus", true, "\"Hi\"", "", "text.sse")
                        .expectText("Good day, 世界!")
                        .expectFinish("stop")
                        .expectUsage(9, 4),
                chat(
                                "whole",
                                "qwen-plus",
                                false,
                                "\"Hi\"",
                                ",\"response_format\":{\"type\":\"json_object\"}",
                                "text.sse")
                        .shows(Capability.JSON_OUTPUT)
                        .expectText("Good day, 世界!"),
                chat("thinking", "qwen3-32b", true, "\"Hi\"", ",\"reasoning_effort\":\"low\"", "thinking.sse")
                        .shows(Capability.REASONING)
                        .expectReasoning("A greeting.")
                        .expectText("Hello")
                        .expectUsage(8, 6),
                chat("tools", "qwen-plus", true, "\"Weather?\"", TOOLS, "tools.sse")
                        .shows(Capability.TOOLS, Capability.PARALLEL_TOOLS)
                        .expectCalls("get_weather", "{\"city\":\"Oslo\"}", "get_time", "{}")
                        .expectFinish("tool_calls")
                        .expectUsage(60, 20),
                chat("a picture", "qwen-vl-max", true, PICTURE, "", "picture.sse")
                        .shows(Capability.VISION)
                        .expectText("A cat.")
                        .expectFinish("stop"),
                chat("searched", "qwen-plus-net", true, "\"Rain?\"", "", "searched.sse")
                        .shows(Capability.WEB_SEARCH)
                        .expectText("It rains.")
                        .expectFinish("length")
                        .expect(run -> assertThat(run.events().toString()).contains("https://weather.example")),
                chat("an old model's whole answer", "qwen-turbo", true, "\"Hi\"", "", "old.json")
                        .expectText("Good day")
                        .expectFinish("stop"));
    }

    private static List<Fixture> faults() {
        return List.of(
                refused(401, "InvalidApiKey", "no", FaultKind.KEY_DEAD),
                refused(400, "Arrearage", "no", FaultKind.QUOTA),
                refused(403, "AllocationQuota.FreeTierOnly", "no", FaultKind.QUOTA),
                refused(429, "Throttling.RateQuota", "no", FaultKind.RATE),
                refused(429, "Throttling.AllocationQuota", "please raise the quota", FaultKind.RATE),
                refused(429, "Throttling.AllocationQuota", "free quota used up", FaultKind.QUOTA),
                refused(403, "AccessDenied.Unpurchased", "no", FaultKind.NO_ACCESS),
                refused(404, "ModelNotFound", "no", FaultKind.NO_ACCESS),
                refused(400, "InvalidParameter", "no", FaultKind.BAD_REQUEST),
                refused(400, "InvalidParameter", "Range of input length should be [1, 6000]", FaultKind.TOO_LONG),
                refused(400, "InvalidParameter.DataInspection", "no", FaultKind.CONTENT),
                refused(500, "InternalError.Algo", "no", FaultKind.UPSTREAM),
                refused(503, "ModelServingError", "no", FaultKind.RETRY),
                Fixture.chat("an error inside the stream", body("qwen-plus", true, "\"Hi\"", ""))
                        .replies(Reply.events(
                                ("id:1\nevent:error\n:HTTP_STATUS/400\ndata:{\"code\":\"DataInspectionFailed\","
                                                + "\"message\":\"no\",\"request_id\":\"r-2\"}\n\n")
                                        .getBytes(StandardCharsets.UTF_8)))
                        .expectFault(FaultKind.CONTENT));
    }

    private static List<Fixture> media() {
        return List.of(
                Fixture.of(
                                "a drawing",
                                (type, channel) -> type.images(
                                        TestCalls.image("{\"model\":\"qwen-image\",\"prompt\":\"a cat\"}"), channel))
                        .transcript(DashScopeConformanceTest.class, "drawn.json")
                        .shows(Capability.IMAGES)
                        .expect(run -> assertThat(
                                        ((ImageEvent.Made) run.events().getFirst()).url())
                                .isEqualTo("https://dashscope-result.example/a.png")),
                Fixture.of(
                                "an edit",
                                (type, channel) -> type.images(
                                        TestCalls.imageEdit(
                                                "{\"model\":\"qwen-image-edit\",\"prompt\":\"a hat\"}",
                                                List.of(TestBlob.of("a.png", "image/png", "ABC")),
                                                null),
                                        channel))
                        .transcript(DashScopeConformanceTest.class, "drawn.json")
                        .shows(Capability.IMAGE_EDITS)
                        .expect(run -> assertThat(run.sent().getFirst().text())
                                .contains("{\"image\":\"data:image/png;base64,QUJD\"},{\"text\":\"a hat\"}")),
                Fixture.of(
                                "vectors",
                                (type, channel) -> type.embed(
                                        TestCalls.embedding(
                                                "{\"model\":\"text-embedding-v4\",\"input\":[\"a\",\"b\"]}"),
                                        channel))
                        .transcript(DashScopeConformanceTest.class, "vectors.json")
                        .shows(Capability.EMBEDDINGS),
                Fixture.of("submit", (type, channel) -> submit(type, channel, "wanx-v1"))
                        .transcript(DashScopeConformanceTest.class, "submitted.json")
                        .shows(Capability.TASKS)
                        .expect(run -> {
                            assertThat(news(run).phase()).isEqualTo(TaskPhase.QUEUED);
                            assertThat(news(run).upstreamId()).isEqualTo("t-1");
                        }),
                Fixture.of("draw in a chat", (type, channel) -> submit(type, channel, "qwen-image"))
                        .transcript(DashScopeConformanceTest.class, "drawn.json")
                        .shows(Capability.TASKS)
                        .expect(run -> assertThat(news(run).phase()).isEqualTo(TaskPhase.SUCCEEDED)),
                Fixture.of("check", (type, channel) -> type.tasks().check(TASK, channel))
                        .transcript(DashScopeConformanceTest.class, "finished.json")
                        .expect(run -> {
                            assertThat(news(run).phase()).isEqualTo(TaskPhase.SUCCEEDED);
                            assertThat(news(run).artifacts()).hasSize(1);
                        }),
                Fixture.of("submit without rights", (type, channel) -> submit(type, channel, "wanx-v1"))
                        .replies(Reply.json(
                                403, "{\"code\":\"AccessDenied\",\"message\":\"does not support synchronous calls\"}"))
                        .expectFault(FaultKind.NO_ACCESS));
    }

    private static TaskNews news(FlowRun<?> run) {
        return (TaskNews) run.events().getLast();
    }

    private static Flow<TaskNews> submit(ChannelType type, ChannelView channel, String model) {
        return type.tasks()
                .submit(
                        Objects.requireNonNull(type.tasks().fromChat(TestChatCall.asking(model, "a red fox"), channel)),
                        channel);
    }

    private static Fixture chat(
            String name, String model, boolean stream, String content, String more, String transcript) {
        return Fixture.chat(name, body(model, stream, content, more))
                .transcript(DashScopeConformanceTest.class, transcript);
    }

    private static Fixture refused(int status, String code, String message, FaultKind kind) {
        return Fixture.chat("error " + code + " " + message, body("qwen-plus", true, "\"Hi\"", ""))
                .replies(Reply.json(
                        status, "{\"code\":\"" + code + "\",\"message\":\"" + message + "\",\"request_id\":\"r-0\"}"))
                .expectFault(kind);
    }

    private static String body(String model, boolean stream, String content, String more) {
        return "{\"model\":\"" + model + "\",\"stream\":" + stream + ",\"messages\":[{\"role\":\"user\",\"content\":"
                + content + "}]" + more + "}";
    }
}

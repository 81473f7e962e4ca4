package io.patchbay.plugin.dashscope;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.spi.FaultKind;
import io.patchbay.spi.json.Json;
import io.patchbay.spi.task.Artifact;
import io.patchbay.spi.task.TaskNews;
import io.patchbay.spi.task.TaskOrder;
import io.patchbay.spi.task.TaskPhase;
import io.patchbay.spi.task.TaskRef;
import io.patchbay.spi.task.TaskWork;
import io.patchbay.testkit.host.FlowDriver;
import io.patchbay.testkit.host.FlowRun;
import io.patchbay.testkit.host.Reply;
import io.patchbay.testkit.host.SentRequest;
import io.patchbay.testkit.host.TestBlob;
import io.patchbay.testkit.host.TestCalls;
import io.patchbay.testkit.host.TestChannel;
import io.patchbay.testkit.host.TestChatCall;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

final class QwenWorkTest {
    private static final TaskWork WORK = new DashScopeChannelType().tasks();
    private static final TestChannel CHANNEL =
            TestChannel.builder(new DashScopeChannelType().descriptor(), "a").build();
    private static final String SUBMITTED = "{\"output\":{\"task_status\":\"PENDING\",\"task_id\":\"t-1\"}}";
    private static final TaskRef TASK = new TaskRef("t/1", "image", "wanx-v1", "");

    @Test
    void anImageCallIsHandedInAsATask() {
        TaskOrder order = Objects.requireNonNull(WORK.fromImages(
                TestCalls.image("{\"model\":\"wan2.2-t2i-flash\",\"prompt\":\"a fox\",\"size\":\"1024x1024\",\"n\":2,"
                        + "\"negative_prompt\":\"text\",\"seed\":7,\"quality\":\"hd\"}"),
                CHANNEL));

        FlowRun<TaskNews> run = submit(order, SUBMITTED);

        SentRequest sent = run.sent().getFirst();
        assertThat(sent.url())
                .isEqualTo("https://dashscope.aliyuncs.com/api/v1/services/aigc/text2image/image-synthesis");
        assertThat(sent.header("x-dashscope-async")).isEqualTo("enable");
        assertThat(sent.source().creating()).isTrue();
        assertThat(sent.json())
                .isEqualTo(Json.parse("{\"model\":\"wan2.2-t2i-flash\",\"input\":{\"prompt\":\"a fox\","
                        + "\"negative_prompt\":\"text\"},\"parameters\":{\"size\":\"1024*1024\",\"n\":2,\"seed\":7}}"));
        assertThat(run.dropped()).containsExactly("quality");
        assertThat(run.events().getFirst().checkAfter()).isEqualTo(Duration.ofSeconds(3));
    }

    @Test
    void aChatWithAModelThatFilmsIsATaskWithItsPicture() {
        FlowRun<TaskNews> run = submit(
                chat(
                        "wan2.5-i2v-preview",
                        "[{\"type\":\"text\",\"text\":\"it runs\"},{\"type\":\"image_url\",\"image_url\":"
                                + "{\"url\":\"https://a.example/b.png\"}}]",
                        ",\"duration\":5,\"resolution\":\"720P\",\"temperature\":1"),
                SUBMITTED);

        SentRequest sent = run.sent().getFirst();
        assertThat(sent.path()).isEqualTo("/api/v1/services/aigc/video-generation/video-synthesis");
        assertThat(sent.json())
                .isEqualTo(Json.parse("{\"model\":\"wan2.5-i2v-preview\",\"input\":{\"prompt\":\"it runs\","
                        + "\"img_url\":\"https://a.example/b.png\"},\"parameters\":{\"duration\":5,"
                        + "\"resolution\":\"720P\"}}"));
        assertThat(run.dropped()).containsExactly("temperature");
    }

    @Test
    void firstAndLastFrameHaveAPathOfTheirOwn() {
        SentRequest sent = submit(
                        chat(
                                "wan2.2-kf2v-flash",
                                "[{\"type\":\"image_url\",\"image_url\":{\"url\":\"https://a.example/1\"}},"
                                        + "{\"type\":\"image_url\",\"image_url\":{\"url\":\"https://a.example/2\"}}]",
                                ""),
                        SUBMITTED)
                .sent()
                .getFirst();

        assertThat(sent.path()).isEqualTo("/api/v1/services/aigc/image2video/video-synthesis");
        assertThat(sent.json().get("input"))
                .isEqualTo(Json.parse("{\"prompt\":\"\",\"first_frame_url\":\"https://a.example/1\","
                        + "\"last_frame_url\":\"https://a.example/2\"}"));
    }

    @Test
    void aModelThatDrawsAtOnceIsFinishedWhenHandedIn() {
        FlowRun<TaskNews> run = submit(
                chat(
                        "qwen-image-edit",
                        "[{\"type\":\"text\",\"text\":\"a hat\"},{\"type\":\"image_url\",\"image_url\":"
                                + "{\"url\":\"data:image/png;base64,QUJD\"}}]",
                        ""),
                "{\"output\":{\"choices\":[{\"message\":{\"content\":[{\"image\":\"https://a.example/1.png\"}]}}]},"
                        + "\"usage\":{\"image_count\":1},\"request_id\":\"r-7\"}");

        assertThat(run.sent().getFirst().header("x-dashscope-async")).isNull();
        assertThat(run.sent().getFirst().json())
                .isEqualTo(Json.parse("{\"model\":\"qwen-image-edit\",\"input\":{\"messages\":[{\"role\":\"user\","
                        + "\"content\":[{\"image\":\"data:image/png;base64,QUJD\"},{\"text\":\"a hat\"}]}]},"
                        + "\"parameters\":{}}"));
        TaskNews news = run.events().getFirst();
        assertThat(news.phase()).isEqualTo(TaskPhase.SUCCEEDED);
        assertThat(news.artifacts()).containsExactly(Artifact.image("https://a.example/1.png"));
        assertThat(news.usage().raw().longValue("image_count", 0)).isEqualTo(1);
    }

    @Test
    void aModelThatDrawsFromWordsRefusesPictures() {
        TaskOrder order =
                chat("wanx-v1", "[{\"type\":\"image_url\",\"image_url\":{\"url\":\"https://a.example/1\"}}]", "");

        FlowRun<TaskNews> run = FlowDriver.silent().run(WORK.submit(order, CHANNEL));

        assertThat(run.fault().kind()).isEqualTo(FaultKind.BAD_REQUEST);
    }

    @Test
    void otherChatsAndCallsAreNoTasks() {
        assertThat(WORK.fromChat(TestChatCall.asking("qwen-plus", "draw"), CHANNEL))
                .isNull();
        assertThat(WORK.fromImages(TestCalls.image("{\"model\":\"qwen-image\",\"prompt\":\"a\"}"), CHANNEL))
                .isNull();
        assertThat(WORK.fromImages(
                        TestCalls.imageEdit(
                                "{\"model\":\"wanx-v1\",\"prompt\":\"a\"}",
                                List.of(TestBlob.of("a", "image/png", "A")),
                                null),
                        CHANNEL))
                .isNull();
    }

    @Test
    void theStateOfATaskIsRead() {
        assertThat(check("\"task_status\":\"SUSPENDED\"").phase()).isEqualTo(TaskPhase.QUEUED);
        assertThat(check("\"task_status\":\"RUNNING\"").phase()).isEqualTo(TaskPhase.RUNNING);
        assertThat(check("\"task_status\":\"CANCELED\"").phase()).isEqualTo(TaskPhase.CANCELLED);
        assertThat(check("\"task_status\":\"UNKNOWN\"").fault().kind()).isEqualTo(FaultKind.UPSTREAM);
        assertThat(check("\"task_status\":\"SUCCEEDED\",\"video_url\":\"http://a.example/v.mp4\"")
                        .artifacts())
                .containsExactly(new Artifact("video", "http://a.example/v.mp4", "video/mp4", false));
    }

    @Test
    void whatFailedIsToldByItsCode() {
        TaskNews failed = check("\"task_status\":\"FAILED\",\"code\":\"DataInspectionFailed\",\"message\":\"no\"");
        assertThat(failed.phase()).isEqualTo(TaskPhase.FAILED);
        assertThat(failed.fault().kind()).isEqualTo(FaultKind.CONTENT);
        TaskNews nothing = check(
                "\"task_status\":\"SUCCEEDED\",\"results\":[{\"code\":\"InternalError.Timeout\",\"message\":\"late\"}]");
        assertThat(nothing.phase()).isEqualTo(TaskPhase.FAILED);
        assertThat(nothing.fault().message()).isEqualTo("late");
    }

    @Test
    void theAddressOfATaskCannotBeLeft() {
        FlowRun<TaskNews> run = FlowDriver.answering(Reply.json("{}")).run(WORK.cancel(TASK, CHANNEL));

        assertThat(run.sent().getFirst().method()).isEqualTo("POST");
        assertThat(run.sent().getFirst().source().url())
                .isEqualTo("https://dashscope.aliyuncs.com/api/v1/tasks/t%2F1/cancel");
        assertThat(run.events().getFirst().phase()).isEqualTo(TaskPhase.CANCELLED);
    }

    private static TaskNews check(String output) {
        FlowRun<TaskNews> run = FlowDriver.answering(Reply.json("{\"output\":{\"task_id\":\"t-1\"," + output + "}}"))
                .run(WORK.check(TASK, CHANNEL));
        assertThat(run.sent().getFirst().method()).isEqualTo("GET");
        return run.events().getFirst();
    }

    private static TaskOrder chat(String model, String content, String more) {
        return Objects.requireNonNull(WORK.fromChat(
                TestChatCall.of("{\"model\":\"" + model + "\",\"messages\":[{\"role\":\"user\",\"content\":" + content
                        + "}]" + more + "}"),
                CHANNEL));
    }

    private static FlowRun<TaskNews> submit(TaskOrder order, String answer) {
        FlowRun<TaskNews> run = FlowDriver.answering(Reply.json(answer)).run(WORK.submit(order, CHANNEL));
        assertThat(run.mistakes()).isEmpty();
        return run;
    }
}

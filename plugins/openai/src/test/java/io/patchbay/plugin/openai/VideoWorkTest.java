package io.patchbay.plugin.openai;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.spi.Capability;
import io.patchbay.spi.ChannelType;
import io.patchbay.spi.FaultKind;
import io.patchbay.spi.Offer.ImageInput;
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
import io.patchbay.testkit.host.TestChannel;
import io.patchbay.testkit.host.TestChatCall;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class VideoWorkTest {
    private static final ChannelType OPENAI = new OpenAiChannelType();
    private static final TaskWork WORK = Objects.requireNonNull(OPENAI.tasks());
    private static final TestChannel CHANNEL = TestChannel.builder(OPENAI.descriptor(), "a")
            .secret("key", "sk-test-1")
            .build();
    private static final TestChannel ELSEWHERE = CHANNEL.toBuilder()
            .endpoint("https://gateway.example/v1")
            .option("videoModels", "veo-3.1, Kling-*")
            .option("videosAsJson", "true")
            .build();
    private static final TaskRef VIDEO = new TaskRef("video_1", "video", "sora-2", "");
    private static final String PNG = "data:image/png;base64,"
            + Base64.getEncoder().encodeToString("PNG-BYTES".getBytes(StandardCharsets.US_ASCII));

    private static TestChatCall call(String model, String messages, String more) {
        return TestChatCall.of("{\"model\":\"" + model + "\",\"messages\":[" + messages + "]" + more + "}");
    }

    private static String user(String text) {
        return "{\"role\":\"user\",\"content\":\"" + text + "\"}";
    }

    private static String user(String text, String... pictures) {
        StringBuilder parts = new StringBuilder("{\"type\":\"text\",\"text\":\"" + text + "\"}");
        for (String picture : pictures) {
            parts.append(",{\"type\":\"image_url\",\"image_url\":{\"url\":\"")
                    .append(picture)
                    .append("\"}}");
        }
        return "{\"role\":\"user\",\"content\":[" + parts + "]}";
    }

    private static TaskOrder order(TestChannel channel, TestChatCall call) {
        return Objects.requireNonNull(WORK.fromChat(call, channel));
    }

    private static FlowRun<TaskNews> submit(TestChannel channel, TestChatCall call) {
        FlowRun<TaskNews> run =
                FlowDriver.answering(Golden.json("video-queued.json")).run(WORK.submit(order(channel, call), channel));
        assertThat(run.mistakes()).isEmpty();
        return run;
    }

    private static TaskNews checked(String answer) {
        FlowRun<TaskNews> run = FlowDriver.answering(Reply.json(answer)).run(WORK.check(VIDEO, CHANNEL));
        assertThat(run.events()).as(run.toString()).hasSize(1);
        return run.events().getFirst();
    }

    @Test
    void whatTheUserSaysLastIsHandedInAsAForm() {
        FlowRun<TaskNews> run = submit(
                CHANNEL,
                call(
                        "sora-2",
                        user("a dog") + ",{\"role\":\"assistant\",\"content\":\"![video](x)\"}," + user("a cat"),
                        ",\"seconds\":8,\"size\":\"720x1280\""));

        SentRequest sent = run.sent().getFirst();
        assertThat(sent.method() + " " + sent.url()).isEqualTo("POST https://api.openai.com/v1/videos");
        assertThat(sent.header("authorization")).isEqualTo("Bearer sk-test-1");
        assertThat(sent.header("content-type")).startsWith("multipart/form-data; boundary=");
        assertThat(sent.text())
                .contains("name=\"model\"\r\n\r\nsora-2\r\n")
                .contains("name=\"prompt\"\r\n\r\na cat\r\n")
                .contains("name=\"seconds\"\r\n\r\n8\r\n")
                .contains("name=\"size\"\r\n\r\n720x1280\r\n")
                .doesNotContain("a dog");
        assertThat(sent.source().creating()).isTrue();
        TaskNews news = run.events().getFirst();
        assertThat(news.phase()).isEqualTo(TaskPhase.QUEUED);
        assertThat(news.upstreamId()).isEqualTo("video_1");
        assertThat(news.details()).isEqualTo(Map.of("seconds", "8", "size", "720x1280"));
    }

    @Test
    void aPictureIsWhatTheVideoBeginsWith() {
        String form = submit(CHANNEL, call("sora-2", user("it moves", PNG), ""))
                .sent()
                .getFirst()
                .text();

        assertThat(form)
                .contains("name=\"input_reference\"; filename=\"picture.png\"\r\nContent-Type: image/png\r\n\r\n"
                        + "PNG-BYTES\r\n");
    }

    @Test
    void serversThatReadNoFormsGetJson() {
        SentRequest sent = submit(ELSEWHERE, call("kling-2", user("it moves", PNG), ",\"seconds\":\"5\""))
                .sent()
                .getFirst();

        assertThat(sent.url()).isEqualTo("https://gateway.example/v1/videos");
        assertThat(sent.json())
                .isEqualTo(Json.parse("{\"model\":\"kling-2\",\"prompt\":\"it moves\",\"seconds\":\"5\","
                        + "\"input_reference\":{\"image_url\":\"" + PNG + "\"}}"));
    }

    @ParameterizedTest
    @CsvSource({"sora-2, true", "VEO-3.1, true", "veo-3.1-fast, false", "kling-v2-master, true", "gpt-4o, false"})
    void theChannelSaysWhichModelsMakeVideos(String model, boolean video) {
        assertThat(WORK.fromChat(call(model, user("a cat"), ""), ELSEWHERE) != null)
                .isEqualTo(video);
        assertThat(OPENAI.offer(model, ELSEWHERE).has(Capability.TASKS)).isEqualTo(video);
        assertThat(OPENAI.offer(model, ELSEWHERE).imageInput() == ImageInput.INLINE)
                .isEqualTo(video);
    }

    @Test
    void modelsThatMakeNoVideosAreNoTasks() {
        assertThat(WORK.fromChat(call("gpt-4o", user("a cat"), ""), CHANNEL)).isNull();
        assertThat(WORK.fromChat(call("veo-3.1", user("a cat"), ""), CHANNEL)).isNull();
    }

    @Test
    void fieldsThatTheVendorDoesNotSeeAreTold() {
        TaskOrder order = order(
                CHANNEL,
                call(
                        "sora-2",
                        "{\"role\":\"system\",\"content\":\"be brief\"}," + user("a cat"),
                        ",\"temperature\":0.5,\"n\":2,\"seconds\":{\"a\":1},\"stream_options\":{}"));

        assertThat(order.dropped()).containsExactly("messages.system", "n", "seconds", "temperature");
        assertThat(order(CHANNEL, call("sora-2", user("a cat"), ",\"n\":1")).dropped())
                .isEmpty();
    }

    @Test
    void whatCannotBecomeAVideoIsRefusedBeforeAnythingIsSent() {
        assertRefused(call("sora-2", user(" "), ""), "say what the video is to show");
        assertRefused(call("sora-2", "{\"role\":\"system\",\"content\":\"a cat\"}", ""), "say what the video");
        assertRefused(call("sora-2", user("both", PNG, PNG), ""), "begins with one picture, found 2");
        assertRefused(call("sora-2", user("it", "https://a.example/b.png"), ""), "no data URL in base64");
        assertRefused(call("sora-2", user("it", "data:image/png;base64,A"), ""), "no data URL in base64");
    }

    private static void assertRefused(TestChatCall call, String words) {
        FlowRun<TaskNews> run = FlowDriver.silent().run(WORK.submit(order(CHANNEL, call), CHANNEL));
        assertThat(run.sent()).isEmpty();
        assertThat(run.fault().kind()).isEqualTo(FaultKind.BAD_REQUEST);
        assertThat(run.fault().message()).contains(words);
    }

    @Test
    void theVideoIsAskedForByItsId() {
        TaskRef odd = new TaskRef("vid/é 1", "video", "sora-2", "");
        SentRequest sent = FlowDriver.answering(Golden.json("video-running.json"))
                .run(WORK.check(odd, CHANNEL))
                .sent()
                .getFirst();

        assertThat(sent.method() + " " + sent.url()).isEqualTo("GET https://api.openai.com/v1/videos/vid%2F%C3%A9%201");
    }

    @ParameterizedTest
    @CsvSource({
        "queued, QUEUED", "pending, QUEUED", "submitted, QUEUED",
        "in_progress, RUNNING", "processing, RUNNING", "running, RUNNING",
        "completed, SUCCEEDED", "Succeeded, SUCCEEDED", "success, SUCCEEDED",
        "failed, FAILED", "expired, FAILED", "cancelled, CANCELLED",
    })
    void theStatusIsReadInTheWordsOfManyServers(String status, TaskPhase phase) {
        assertThat(checked("{\"id\":\"video_1\",\"status\":\"" + status + "\"}").phase())
                .isEqualTo(phase);
    }

    @ParameterizedTest
    @CsvSource({"46, 46", "46.6, 47", "-5, 0", "1e9, 100", "'\"46\"', -1", "null, -1"})
    void progressIsWhatIsANumber(String written, int expected) {
        assertThat(checked("{\"status\":\"in_progress\",\"progress\":" + written + "}")
                        .progress())
                .isEqualTo(expected);
    }

    @Test
    void aFinishedVideoIsFetchedWithTheKey() {
        Artifact product =
                checked(Golden.text("video-completed.json")).artifacts().getFirst();
        assertThat(product.kind()).isEqualTo("video");
        assertThat(product.upstreamReference()).isEqualTo("video");
        FlowRun<Void> run = FlowDriver.answering(Reply.of(200, "video/mp4", Golden.film()))
                .run(Objects.requireNonNull(WORK.content(VIDEO, product, CHANNEL)));

        SentRequest sent = run.sent().getFirst();
        assertThat(sent.method() + " " + sent.url()).isEqualTo("GET https://api.openai.com/v1/videos/video_1/content");
        assertThat(sent.header("authorization")).isEqualTo("Bearer sk-test-1");
        assertThat(run.ending()).isEqualTo(FlowRun.Ending.PASSED);
    }

    @Test
    void whyAVideoFailedIsTold() {
        assertThat(checked(Golden.text("video-failed.json")).fault())
                .hasToString("CONTENT/content_policy [moderation_blocked]");
        assertThat(checked("{\"status\":\"failed\",\"error\":null}").fault().message())
                .contains("told no reason");
    }

    @Test
    void anAnswerThatIsNoVideoSaysNothingOfTheTask() {
        for (String body : new String[] {"{}", "[]", "{\"status\":\"dreaming\"}", "{\"error\":{\"message\":\"no\"}}"}) {
            FlowRun<TaskNews> run = FlowDriver.answering(Reply.json(body)).run(WORK.check(VIDEO, CHANNEL));
            assertThat(run.events()).as(body).isEmpty();
            assertThat(run.fault()).as(body).isNotNull();
        }
        FlowRun<TaskNews> nameless = FlowDriver.answering(Reply.json("{\"status\":\"queued\"}"))
                .run(WORK.submit(order(CHANNEL, call("sora-2", user("a cat"), "")), CHANNEL));
        assertThat(nameless.fault()).isNotNull();
    }

    @Test
    void theVendorsWishToWaitIsHeeded() {
        FlowRun<TaskNews> run = FlowDriver.answering(
                        Reply.json(429, Golden.text("error-rate.json")).header("retry-after", "7"))
                .run(WORK.submit(order(CHANNEL, call("sora-2", user("a cat"), "")), CHANNEL));

        assertThat(run.fault().kind()).isEqualTo(FaultKind.RATE);
        assertThat(run.fault().after()).isEqualTo(Duration.ofSeconds(7));
    }
}

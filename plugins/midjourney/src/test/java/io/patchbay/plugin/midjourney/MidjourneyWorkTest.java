package io.patchbay.plugin.midjourney;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.spi.FaultKind;
import io.patchbay.spi.json.Json;
import io.patchbay.spi.json.JsonValue;
import io.patchbay.spi.task.Notice;
import io.patchbay.spi.task.Noticed;
import io.patchbay.spi.task.TaskButton;
import io.patchbay.spi.task.TaskNews;
import io.patchbay.spi.task.TaskOrder;
import io.patchbay.spi.task.TaskPhase;
import io.patchbay.spi.task.TaskRef;
import io.patchbay.testkit.host.FlowDriver;
import io.patchbay.testkit.host.FlowRun;
import io.patchbay.testkit.host.Reply;
import io.patchbay.testkit.host.SentRequest;
import io.patchbay.testkit.host.TestBlob;
import io.patchbay.testkit.host.TestCalls;
import io.patchbay.testkit.host.TestChannel;
import io.patchbay.testkit.host.TestChatCall;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class MidjourneyWorkTest {
    private static final String TASK = MidjourneyConformanceTest.TASK;
    private static final Reply SUBMITTED = Reply.json("{\"code\":1,\"result\":\"" + TASK + "\"}");
    private static final TaskRef IMAGINED = new TaskRef(TASK, "IMAGINE", "midjourney", "");

    private final MidjourneyWork work = new MidjourneyWork();
    private final TestChannel channel = TestChannel.builder()
            .endpoint("http://proxy.example:8080")
            .secret("secret", "s3cret-of-the-proxy")
            .secret("hookCallers", "")
            .build();

    private TaskOrder order(String model, String text) {
        return work.fromChat(TestChatCall.asking(model, text), channel);
    }

    private FlowRun<TaskNews> submit(String model, String text, TestChannel on) {
        TaskOrder order =
                work.fromChat(TestChatCall.asking(model, text), on).withHook("https://site.example/hook/t0k3n");
        return FlowDriver.answering(SUBMITTED).run(work.submit(order, on));
    }

    private SentRequest sent(String text) {
        FlowRun<TaskNews> run = submit("midjourney", text, channel);
        assertThat(run.mistakes()).isEmpty();
        return run.sent().getFirst();
    }

    @ParameterizedTest
    @CsvSource({
        "midjourney, a cat --fast in the sun, a cat in the sun --relax",
        "midjourney-fast, a cat --turbo, a cat --fast",
        "midjourney-turbo, a cat, a cat --turbo",
    })
    void theSpeedFollowsTheModelAndNotTheUser(String model, String prompt, String expected) {
        assertThat(order(model, prompt).prompt()).isEqualTo(expected);
    }

    @Test
    void anEndpointThatStandsForAModeLeavesThePromptAlone() {
        TestChannel fast =
                channel.toBuilder().endpoint("http://proxy.example/mj-fast/").build();
        FlowRun<TaskNews> run = submit("midjourney", "a cat --turbo", fast);

        assertThat(run.sent().getFirst().url()).isEqualTo("http://proxy.example/mj-fast/mj/submit/imagine");
        assertThat(run.sent().getFirst().json().string("prompt")).isEqualTo("a cat --turbo");
    }

    @Test
    void handsInAnImagineWithSecretAndHook() {
        SentRequest sent = sent("/IMAGINE a cat");

        assertThat(sent.url()).isEqualTo("http://proxy.example:8080/mj/submit/imagine");
        assertThat(sent.header("mj-api-secret")).isEqualTo("s3cret-of-the-proxy");
        assertThat(sent.json())
                .isEqualTo(Json.parse(
                        "{\"prompt\":\"a cat --relax\",\"notifyHook\":\"https://site.example/hook/t0k3n\"}"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/UPSCALE 1704441600123456 2",
                "/upscale 1704441600123456  2",
                "https://chatnio.virtual/UPSCALE-1704441600123456-2::midjourney",
                "[U2](https://chatnio.virtual/UPSCALE-1704441600123456-2::midjourney)",
                "https://coai.virtual/UPSCALE%201704441600123456%202::midjourney-fast",
                "https://coai.virtual/UPSCALE-1704441600123456-2::midjourney",
            })
    void understandsFollowUpsInAllSpellingsOfTheClients(String text) {
        SentRequest sent = sent(text);

        assertThat(order("midjourney", text).parent()).isEqualTo(TASK);
        assertThat(sent.path()).isEqualTo("/mj/submit/change");
        assertThat(sent.json().string("action")).isEqualTo("UPSCALE");
        assertThat(sent.json().string("taskId")).isEqualTo(TASK);
        assertThat(sent.json().get("index")).isEqualTo(JsonValue.of(2));
    }

    @Test
    void understandsAButtonsIdThatHoldsMarksAndDashesItself() {
        String custom = "MJ::JOB::upsample::1::3dbbd469-36af-4a0f-8f02-df6c579e7011";
        SentRequest sent =
                sent("https://chatnio.virtual/ACTION%20" + TASK + "%20" + custom.replace(":", "%3A") + "::midjourney");

        assertThat(sent.path()).isEqualTo("/mj/submit/action");
        assertThat(sent.json().string("customId")).isEqualTo(custom);
        assertThat(sent.json().string("taskId")).isEqualTo(TASK);
    }

    @Test
    void settingsThatTheProxyDoesNotSeeAreTold() {
        TaskOrder chat = work.fromChat(
                TestChatCall.of("{\"model\":\"midjourney\",\"stream\":true,\"temperature\":0.5,\"size\":\"1024x1024\","
                        + "\"n\":2,\"messages\":[{\"role\":\"system\",\"content\":\"be brief\"},"
                        + "{\"role\":\"user\",\"content\":\"a cat\"}]}"),
                channel);
        TaskOrder image = work.fromImages(
                TestCalls.image("{\"model\":\"midjourney\",\"prompt\":\"a cat\",\"n\":2,\"size\":\"1024x1024\"}"),
                channel);
        TaskOrder edit = work.fromImages(
                TestCalls.imageEdit(
                        "{\"model\":\"midjourney\",\"prompt\":\"a hat\",\"n\":1}",
                        List.of(TestBlob.of("a.png", "image/png", "PNG")),
                        TestBlob.of("m.png", "image/png", "PNG")),
                channel);

        assertThat(chat.dropped()).containsExactly("messages.system", "n", "size", "temperature");
        assertThat(image.dropped()).containsExactly("n", "size");
        assertThat(edit.dropped()).containsExactly("image", "mask");
        assertThat(order("midjourney", "a cat").dropped()).isEmpty();
    }

    @Test
    void aPictureBesideAFollowUpSaysNothing() {
        String picture = "{\"type\":\"image_url\",\"image_url\":{\"url\":\"data:image/png;base64,iVBORw0KGgo=\"}}";
        for (String text : List.of("/UPSCALE 17 1", "a cat")) {
            TaskOrder order = work.fromChat(
                    TestChatCall.of("{\"model\":\"midjourney\",\"messages\":[{\"role\":\"user\",\"content\":["
                            + "{\"type\":\"text\",\"text\":\"" + text + "\"}," + picture + "]}]}"),
                    channel);
            assertThat(order.dropped()).isEqualTo(text.startsWith("/") ? Set.of("messages.image_url") : Set.of());
        }
    }

    @Test
    void aRerollNeedsNoNumber() {
        assertThat(sent("/REROLL " + TASK).json().get("index")).isNull();
    }

    @Test
    void aProxyWithoutSecretGetsNone() {
        TestChannel open = channel.toBuilder().secret("secret", "null").build();

        assertThat(submit("midjourney", "a cat", open).sent().getFirst().header("mj-api-secret"))
                .isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "'/IMAGINE ', available prompt",
        "/UPSCALE, the id of a task",
        "/UPSCALE 17 5, from 1 to 4",
        "/ACTION 17 rm -rf, the id of a button",
        "/DESCRIBE, needs a picture",
        "/BLEND, 2 to 5 pictures",
    })
    void refusesWhatCannotBeDoneBeforeAnythingIsSent(String text, String words) {
        FlowRun<TaskNews> run = submit("midjourney", text, channel);

        assertThat(run.sent()).isEmpty();
        assertThat(run.fault().kind()).isEqualTo(FaultKind.BAD_REQUEST);
        assertThat(run.fault().message()).contains(words);
    }

    @Test
    void aDialogAsksForWords() {
        TaskOrder order = order("midjourney", "/ACTION " + TASK + " MJ::CustomZoom::abc");
        FlowRun<TaskNews> run = FlowDriver.answering(
                        Reply.json("{\"code\":21,\"description\":\"Waiting for window confirm\",\"result\":\"99\","
                                + "\"properties\":{\"status\":\"MODAL\"}}"))
                .run(work.submit(order, channel));

        assertThat(run.fault().message()).contains("/MODAL 99");
        assertThat(sent("/MODAL 99 a wider view").json().string("prompt")).isEqualTo("a wider view");
    }

    @Test
    void buttonsOfTheProxyBecomeActions() throws IOException {
        TaskNews news = told(resource("buttons.json")).news();

        assertThat(news.buttons())
                .containsExactly(
                        new TaskButton(
                                "U1",
                                "/ACTION " + TASK + " MJ::JOB::upsample::1::3dbbd469-36af-4a0f-8f02-df6c579e7011",
                                0),
                        new TaskButton(
                                "🔄",
                                "/ACTION " + TASK + " MJ::JOB::reroll::0::3dbbd469-36af-4a0f-8f02-df6c579e7011::SOLO",
                                0));
    }

    @Test
    void aNoticeOfAnotherTaskIsNoNews() throws IOException {
        assertThat(told(resource("finished.json").replace(TASK, "42"))).isEqualTo(Noticed.NOTHING);
        assertThat(told("{}")).isEqualTo(Noticed.NOTHING);
        assertThat(told("[1]")).isEqualTo(Noticed.NOTHING);
        assertThat(told(resource("finished.json")).news().phase()).isEqualTo(TaskPhase.SUCCEEDED);
    }

    @ParameterizedTest
    @CsvSource({"46%, 46", "46, 46", "'', -1", "waiting, -1", "100%, 100", "12345, -1"})
    void readsProgressHoweverItIsWritten(String written, int expected) {
        assertThat(told("{\"id\":\"" + TASK + "\",\"status\":\"IN_PROGRESS\",\"progress\":\"" + written + "\"}")
                        .news()
                        .progress())
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "Banned prompt detected, CONTENT",
        "[Invalid parameter] unrecognized --zz, BAD_REQUEST",
        "Your subscription has expired, QUOTA",
        "[Error] timeout, UPSTREAM",
        "'', UPSTREAM",
    })
    void theReasonOfAFailureIsReadFromItsWords(String reason, FaultKind kind) {
        TaskNews news = told("{\"id\":\"" + TASK + "\",\"status\":\"FAILURE\",\"failReason\":\"" + reason + "\"}")
                .news();

        assertThat(news.phase()).isEqualTo(TaskPhase.FAILED);
        assertThat(news.fault().kind()).isEqualTo(kind);
    }

    @Test
    void anAddressThatIsNoneIsNoPicture() {
        assertThat(told("{\"id\":\"" + TASK + "\",\"status\":\"SUCCESS\",\"imageUrl\":\"javascript:alert(1)\"}")
                        .news()
                        .artifacts())
                .isEmpty();
    }

    private Noticed told(String body) {
        return work.noticed(IMAGINED, new Notice("POST", Map.of(), "", body, Json.parse(body)));
    }

    private static String resource(String name) throws IOException {
        try (InputStream in = MidjourneyWorkTest.class.getResourceAsStream(name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}

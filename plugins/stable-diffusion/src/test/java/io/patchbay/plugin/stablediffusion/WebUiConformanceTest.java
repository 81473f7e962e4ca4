package io.patchbay.plugin.stablediffusion;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.spi.Capability;
import io.patchbay.spi.ChannelType;
import io.patchbay.spi.ChannelView;
import io.patchbay.spi.FaultKind;
import io.patchbay.spi.Flow;
import io.patchbay.spi.ModelInfo;
import io.patchbay.spi.json.Json;
import io.patchbay.spi.media.ImageEvent;
import io.patchbay.spi.task.TaskNews;
import io.patchbay.spi.task.TaskPhase;
import io.patchbay.spi.task.TaskRef;
import io.patchbay.testkit.conformance.ChannelTypeConformance;
import io.patchbay.testkit.conformance.Fixture;
import io.patchbay.testkit.host.Reply;
import io.patchbay.testkit.host.TestBlob;
import io.patchbay.testkit.host.TestCalls;
import io.patchbay.testkit.host.TestChatCall;
import java.util.List;
import java.util.Set;

final class WebUiConformanceTest extends ChannelTypeConformance {
    private static final String PICTURE = "iVBORw0KGgo=";
    private static final Reply MADE =
            Reply.json("{\"images\":[\"" + PICTURE + "\"],\"parameters\":{},\"info\":\"{\\\"seed\\\":1}\"}");

    @Override
    protected ChannelType type() {
        return new WebUiChannelType();
    }

    @Override
    protected Set<Capability> claimed() {
        return Set.of(
                Capability.IMAGES, Capability.IMAGE_EDITS, Capability.TASKS, Capability.VISION, Capability.MODEL_LIST);
    }

    @Override
    protected List<Fixture> fixtures() {
        return List.of(
                Fixture.of(
                                "two pictures",
                                (type, channel) -> type.images(
                                        TestCalls.image(
                                                "{\"model\":\"dream.safetensors\",\"prompt\":\"a hill\",\"n\":2,"
                                                        + "\"size\":\"1024x770\",\"quality\":\"hd\",\"background\":\"opaque\"}"),
                                        channel))
                        .replies(Reply.json("{\"images\":[\"R1JJRA==\",\"QQ==\",\"Qg==\"]}"))
                        .shows(Capability.IMAGES)
                        .expect(run -> {
                            assertThat(run.sent().getFirst().path()).isEqualTo("/sdapi/v1/txt2img");
                            assertThat(run.sent().getFirst().json())
                                    .isEqualTo(
                                            Json.parse("{\"prompt\":\"a hill\",\"negative_prompt\":\"\",\"steps\":40,"
                                                    + "\"batch_size\":1,\"n_iter\":2,\"send_images\":true,\"save_images\":false,"
                                                    + "\"width\":1024,\"height\":768,\"override_settings\":"
                                                    + "{\"sd_model_checkpoint\":\"dream.safetensors\"}}"));
                            assertThat(run.events())
                                    .map(event -> ((ImageEvent.Made) event).base64())
                                    .containsExactly("QQ==", "Qg==");
                            assertThat(run.dropped()).containsExactly("background");
                        }),
                Fixture.of(
                                "edit",
                                (type, channel) -> type.images(
                                        TestCalls.imageEdit(
                                                "{\"model\":\"stable-diffusion\",\"prompt\":\"greener\"}",
                                                List.of(TestBlob.of("a.png", "image/png", "picture")),
                                                null),
                                        channel))
                        .replies(MADE)
                        .shows(Capability.IMAGE_EDITS)
                        .expect(run -> {
                            assertThat(run.sent().getFirst().path()).isEqualTo("/sdapi/v1/img2img");
                            assertThat(run.sent().getFirst().json().elements("init_images"))
                                    .hasSize(1);
                            assertThat(run.sent().getFirst().text()).contains("\"cGljdHVyZQ==\"");
                        }),
                Fixture.of(
                                "a chat",
                                (type, channel) ->
                                        submit(type, channel, TestChatCall.asking("stable-diffusion", "a hill")))
                        .replies(MADE)
                        .shows(Capability.TASKS)
                        .expect(run -> {
                            TaskNews begun = (TaskNews) run.events().getFirst();
                            TaskNews made = (TaskNews) run.events().getLast();
                            assertThat(begun.upstreamId()).startsWith("task(");
                            assertThat(run.sent().getFirst().json().string("force_task_id"))
                                    .isEqualTo(begun.upstreamId());
                            assertThat(made.phase()).isEqualTo(TaskPhase.SUCCEEDED);
                            assertThat(made.artifacts().getFirst().url()).isEqualTo("data:image/png;base64," + PICTURE);
                        }),
                Fixture.of("a chat with a picture", (type, channel) -> submit(type, channel, pictured()))
                        .replies(MADE)
                        .shows(Capability.VISION)
                        .expect(run ->
                                assertThat(run.sent().getFirst().text()).contains("data:image/png;base64," + PICTURE)),
                Fixture.of(
                                "progress",
                                (type, channel) -> type.tasks()
                                        .check(new TaskRef("task(1)", "PICTURE", "stable-diffusion", ""), channel))
                        .replies(Reply.json("{\"progress\":0.455,\"eta_relative\":3.1,\"state\":{\"job_count\":1}}"))
                        .expect(run -> assertThat(((TaskNews) run.events().getFirst()).progress())
                                .isEqualTo(46)),
                Fixture.of("models", (type, channel) -> type.models(channel))
                        .replies(Reply.json("[{\"title\":\"dream.safetensors [abc]\",\"model_name\":\"dream\"}]"))
                        .shows(Capability.MODEL_LIST)
                        .expect(run -> assertThat(((ModelInfo) run.events().getFirst()).id())
                                .isEqualTo("dream")),
                Fixture.of(
                                "out of memory",
                                (type, channel) -> type.images(
                                        TestCalls.image("{\"model\":\"stable-diffusion\",\"prompt\":\"a hill\"}"),
                                        channel))
                        .replies(
                                Reply.json(
                                        500,
                                        "{\"error\":\"OutOfMemoryError\",\"detail\":\"\",\"body\":\"\",\"errors\":\"CUDA out of memory\"}"))
                        .expectFault(FaultKind.UPSTREAM));
    }

    private static TestChatCall pictured() {
        return TestChatCall.of("{\"model\":\"stable-diffusion\",\"messages\":[{\"role\":\"user\",\"content\":["
                + "{\"type\":\"text\",\"text\":\"greener\"},{\"type\":\"image_url\",\"image_url\":{\"url\":\"data:image/png;base64,"
                + PICTURE + "\"}}]}]}");
    }

    private static Flow<TaskNews> submit(ChannelType type, ChannelView channel, TestChatCall call) {
        return type.tasks().submit(type.tasks().fromChat(call, channel), channel);
    }
}

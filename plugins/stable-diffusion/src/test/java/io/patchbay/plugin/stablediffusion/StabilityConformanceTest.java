package io.patchbay.plugin.stablediffusion;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.spi.Capability;
import io.patchbay.spi.ChannelType;
import io.patchbay.spi.FaultKind;
import io.patchbay.spi.media.ImageEvent;
import io.patchbay.testkit.conformance.ChannelTypeConformance;
import io.patchbay.testkit.conformance.Fixture;
import io.patchbay.testkit.host.Reply;
import io.patchbay.testkit.host.TestBlob;
import io.patchbay.testkit.host.TestCalls;
import java.util.List;
import java.util.Set;

final class StabilityConformanceTest extends ChannelTypeConformance {
    private static final Reply MADE =
            Reply.json("{\"image\":\"QQ==\",\"finish_reason\":\"SUCCESS\",\"seed\":343940597}");

    @Override
    protected ChannelType type() {
        return new StabilityChannelType();
    }

    @Override
    protected String model(ChannelType type) {
        return "sd3.5-large";
    }

    @Override
    protected Set<Capability> claimed() {
        return Set.of(Capability.IMAGES, Capability.IMAGE_EDITS);
    }

    @Override
    protected List<Fixture> fixtures() {
        return List.of(
                Fixture.of(
                                "two pictures",
                                (type, channel) -> type.images(
                                        TestCalls.image(
                                                "{\"model\":\"stable-image-core\",\"prompt\":\"a hill\",\"n\":2,"
                                                        + "\"size\":\"1792x1024\",\"style\":\"anime\"}"),
                                        channel))
                        .replies(MADE)
                        .shows(Capability.IMAGES)
                        .expect(run -> {
                            assertThat(run.sent()).hasSize(2);
                            assertThat(run.sent().getFirst().path()).isEqualTo("/v2beta/stable-image/generate/core");
                            assertThat(run.sent().getFirst().text())
                                    .contains("name=\"aspect_ratio\"\r\n\r\n16:9")
                                    .contains("name=\"style_preset\"\r\n\r\nanime")
                                    .doesNotContain("name=\"model\"");
                            assertThat(((ImageEvent.Made) run.events().getLast()).base64())
                                    .isEqualTo("QQ==");
                            assertThat(run.events()).hasSize(2);
                        }),
                Fixture.of(
                                "edit",
                                (type, channel) -> type.images(
                                        TestCalls.imageEdit(
                                                "{\"model\":\"sd3.5-large\",\"prompt\":\"greener\"}",
                                                List.of(TestBlob.of("a.png", "image/png", "picture")),
                                                null),
                                        channel))
                        .replies(MADE)
                        .shows(Capability.IMAGE_EDITS)
                        .expect(run -> assertThat(run.sent().getFirst().text())
                                .contains("name=\"mode\"\r\n\r\nimage-to-image")
                                .contains("name=\"model\"\r\n\r\nsd3.5-large")
                                .contains("filename=\"a.png\"")),
                fault(
                        "a blurred picture",
                        Reply.json("{\"image\":\"QQ==\",\"finish_reason\":\"CONTENT_FILTERED\"}"),
                        FaultKind.CONTENT),
                fault(
                        "moderation",
                        Reply.json(403, "{\"id\":\"1\",\"name\":\"content_moderation\",\"errors\":[\"flagged\"]}"),
                        FaultKind.CONTENT),
                fault(
                        "no credits",
                        Reply.json(402, "{\"id\":\"1\",\"name\":\"payment_required\",\"errors\":[\"no credits\"]}"),
                        FaultKind.QUOTA),
                fault(
                        "a bad field",
                        Reply.json(
                                400, "{\"id\":\"1\",\"name\":\"bad_request\",\"errors\":[\"seed: must be a number\"]}"),
                        FaultKind.BAD_REQUEST));
    }

    private static Fixture fault(String name, Reply reply, FaultKind kind) {
        return Fixture.of(
                        name,
                        (type, channel) -> type.images(
                                TestCalls.image("{\"model\":\"stable-image-ultra\",\"prompt\":\"a hill\"}"), channel))
                .replies(reply)
                .expectFault(kind);
    }
}

package io.patchbay.plugin.skylark;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.spi.Capability;
import io.patchbay.spi.ChannelType;
import io.patchbay.spi.FaultKind;
import io.patchbay.testkit.conformance.ChannelTypeConformance;
import io.patchbay.testkit.conformance.Fixture;
import io.patchbay.testkit.host.Reply;
import io.patchbay.testkit.host.TestBlob;
import io.patchbay.testkit.host.TestCalls;
import io.patchbay.testkit.host.TestChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Ark. */
final class SkylarkConformanceTest extends ChannelTypeConformance {
    private static final String MODEL = "doubao-seed-1-6-250615";
    private static final String TOOLS = ",\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"get_weather\","
            + "\"parameters\":{\"type\":\"object\"}}},{\"type\":\"function\",\"function\":{\"name\":\"get_time\"}}]";
    private static final String PICTURE = "[{\"type\":\"image_url\",\"image_url\":{\"url\":"
            + "\"data:image/png;base64,iVBORw0KGgo=\",\"detail\":\"low\"}}]";

    @Override
    protected ChannelType type() {
        return new SkylarkChannelType();
    }

    @Override
    protected TestChannel channel(ChannelType type) {
        return Channels.ark("one");
    }

    @Override
    protected TestChannel otherChannel(ChannelType type) {
        return Channels.ark("two").toBuilder()
                .id(2)
                .endpoint("https://other-upstream.invalid")
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
                Capability.EMBEDDINGS,
                Capability.IMAGES,
                Capability.IMAGE_EDITS);
    }

    @Override
    protected List<Fixture> fixtures() {
        List<Fixture> all = new ArrayList<>();
        all.add(chat("text", true, "\"Hi\"", "", "text.sse")
                .shows(Capability.REASONING)
                .expectReasoning("Greeting.")
                .expectText("Good day, 世界!")
                .expectFinish("stop")
                .expectUsage(10, 6));
        all.add(chat("whole", false, "\"Hi\"", ",\"response_format\":{\"type\":\"json_object\"}", "text.json")
                .shows(Capability.JSON_OUTPUT)
                .expectText("Good day")
                .expectFinish("content_filter")
                .expectUsage(10, 2));
        all.add(chat("tools", false, "\"Weather?\"", TOOLS, "tools.json")
                .shows(Capability.TOOLS, Capability.PARALLEL_TOOLS)
                .expectCalls("get_weather", "{\"city\":\"Oslo\"}", "get_time", "{}")
                .expectFinish("tool_calls"));
        all.add(chat("a picture", true, PICTURE, "", "text.sse").shows(Capability.VISION));
        all.add(refused(401, "AuthenticationError", "no", FaultKind.KEY_DEAD));
        all.add(refused(403, "AccountOverdueError", "no", FaultKind.QUOTA));
        all.add(refused(403, "AccessDenied", "no", FaultKind.NO_ACCESS));
        all.add(refused(404, "ModelNotOpen", "no", FaultKind.NO_ACCESS));
        all.add(refused(404, "InvalidEndpointOrModel.NotFound", "no", FaultKind.NO_ACCESS));
        all.add(refused(400, "InvalidParameter", "no", FaultKind.BAD_REQUEST));
        all.add(refused(400, "InvalidParameter", "Total tokens exceed the limit", FaultKind.TOO_LONG));
        all.add(refused(400, "InputTextSensitiveContentDetected", "no", FaultKind.CONTENT));
        all.add(refused(400, "OutputTextRiskDetection", "no", FaultKind.CONTENT));
        all.add(refused(429, "RateLimitExceeded.EndpointRPMExceeded", "no", FaultKind.RATE));
        all.add(refused(429, "ModelAccountTpmRateLimitExceeded", "no", FaultKind.RATE));
        all.add(refused(429, "QuotaExceeded", "no", FaultKind.QUOTA));
        all.add(refused(429, "QuotaExceeded", "too many tasks in queue", FaultKind.RATE));
        all.add(refused(429, "SetLimitExceeded", "no", FaultKind.QUOTA));
        all.add(refused(429, "ServerOverloaded", "no", FaultKind.RETRY));
        all.add(refused(500, "InternalServiceError", "no", FaultKind.UPSTREAM));
        all.add(Fixture.of(
                        "a drawing",
                        (type, channel) -> type.images(
                                TestCalls.image("{\"model\":\"doubao-seedream-4-0-250828\",\"prompt\":\"a cat\"}"),
                                channel))
                .transcript(SkylarkConformanceTest.class, "picture.json")
                .shows(Capability.IMAGES));
        all.add(Fixture.of(
                        "an edit",
                        (type, channel) -> type.images(
                                TestCalls.imageEdit(
                                        "{\"model\":\"doubao-seededit-3-0-i2i-250628\",\"prompt\":\"a hat\"}",
                                        List.of(TestBlob.of("a.png", "image/png", "ABC")),
                                        null),
                                channel))
                .transcript(SkylarkConformanceTest.class, "picture.json")
                .shows(Capability.IMAGE_EDITS)
                .expect(run ->
                        assertThat(run.sent().getFirst().text()).contains("\"image\":\"data:image/png;base64,QUJD\"")));
        all.add(Fixture.of(
                        "vectors",
                        (type, channel) -> type.embed(
                                TestCalls.embedding(
                                        "{\"model\":\"doubao-embedding-text-240715\",\"input\":[\"a\",\"b\"]}"),
                                channel))
                .transcript(SkylarkConformanceTest.class, "vectors.json")
                .shows(Capability.EMBEDDINGS));
        return all;
    }

    private static Fixture chat(String name, boolean stream, String content, String more, String transcript) {
        return Fixture.chat(name, body(stream, content, more)).transcript(SkylarkConformanceTest.class, transcript);
    }

    private static Fixture refused(int status, String code, String message, FaultKind kind) {
        return Fixture.chat("error " + code + " " + message, body(true, "\"Hi\"", ""))
                .replies(Reply.json(
                        status,
                        "{\"error\":{\"code\":\"" + code + "\",\"message\":\"" + message
                                + " Request id: 0217abc\",\"param\":\"\",\"type\":\"\"}}"))
                .expectFault(kind)
                .expect(run -> assertThat(run.fault().message()).isEqualTo(message));
    }

    private static String body(boolean stream, String content, String more) {
        return "{\"model\":\"" + MODEL + "\",\"stream\":" + stream + ",\"messages\":[{\"role\":\"user\",\"content\":"
                + content + "}]" + more + "}";
    }
}

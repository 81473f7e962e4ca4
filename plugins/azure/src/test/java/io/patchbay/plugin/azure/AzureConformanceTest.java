package io.patchbay.plugin.azure;

import io.patchbay.spi.Capability;
import io.patchbay.spi.ChannelType;
import io.patchbay.spi.FaultKind;
import io.patchbay.testkit.conformance.ChannelTypeConformance;
import io.patchbay.testkit.conformance.Fixture;
import io.patchbay.testkit.conformance.OpenAiFixtures;
import io.patchbay.testkit.host.Reply;
import io.patchbay.testkit.host.TestChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

final class AzureConformanceTest extends ChannelTypeConformance {
    private static final Set<Capability> CLAIMED = Set.of(
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
            Capability.MODEL_LIST);
    private static final String HELLO =
            "{\"model\":\"gpt-4o\",\"stream\":true,\"messages\":[{\"role\":\"user\",\"content\":\"Hello\"}]}";

    @Override
    protected ChannelType type() {
        return new AzureChannelType();
    }

    @Override
    protected Set<Capability> claimed() {
        return CLAIMED;
    }

    /** The resource stands in the endpoint here; the seed's way round is a test of its own. */
    @Override
    protected TestChannel channel(ChannelType type) {
        return TestChannel.builder(type.descriptor(), "one")
                .endpoint("https://one.openai.azure.com")
                .secret(Resource.ADDRESS, "")
                .build();
    }

    @Override
    protected TestChannel otherChannel(ChannelType type) {
        return super.otherChannel(type).toBuilder().secret(Resource.ADDRESS, "").build();
    }

    @Override
    protected List<Fixture> fixtures() {
        List<Fixture> all = new ArrayList<>(OpenAiFixtures.of("gpt-4o", CLAIMED));
        all.add(Fixture.chat("filter results around the answer", HELLO)
                .transcript(AzureConformanceTest.class, "hello.sse")
                .expectText("Good day, 世界!")
                .expectFinish("stop")
                .expectUsage(9, 4));
        all.add(refused(
                "the filter",
                400,
                "{\"error\":{\"code\":\"content_filter\",\"message\":\"The response was filtered\",\"param\":\"prompt\",\"status\":400,"
                        + "\"type\":null,\"innererror\":{\"code\":\"ResponsibleAIPolicyViolation\"}}}",
                FaultKind.CONTENT));
        all.add(refused(
                "no deployment",
                404,
                "{\"error\":{\"code\":\"DeploymentNotFound\",\"message\":\"The API deployment for this resource does not exist.\"}}",
                FaultKind.NO_ACCESS));
        all.add(refused(
                "a wrong address",
                404,
                "{\"error\":{\"code\":\"404\",\"message\":\"Resource not found\"}}",
                FaultKind.CONFIG));
        all.add(refused(
                "a wrong key",
                401,
                "{\"error\":{\"code\":\"401\",\"message\":\"Access denied due to invalid subscription key or wrong API endpoint.\"}}",
                FaultKind.KEY_DEAD));
        return all;
    }

    private static Fixture refused(String name, int status, String body, FaultKind kind) {
        return Fixture.chat(name, HELLO).replies(Reply.json(status, body)).expectFault(kind);
    }
}

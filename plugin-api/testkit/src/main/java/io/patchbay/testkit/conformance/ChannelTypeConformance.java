package io.patchbay.testkit.conformance;

import io.patchbay.spi.Capability;
import io.patchbay.spi.ChannelType;
import io.patchbay.testkit.host.TestChannel;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;

/**
 * The suite every provider plugin passes. Extend it in the plugin's tests:
 *
 * <pre>{@code
 * final class AcmeConformanceTest extends ChannelTypeConformance {
 *     @Override protected ChannelType type() { return new AcmeChannelType(); }
 *     @Override protected Set<Capability> claimed() { return Set.of(Capability.CHAT, Capability.TOOLS); }
 *     @Override protected List<Fixture> fixtures() {
 *         return List.of(Fixture.chat("text", "{\"model\":\"m\",\"stream\":true,\"messages\":[…]}")
 *                 .transcript(AcmeConformanceTest.class, "text.sse")
 *                 .expectText("Hello!").expectFinish("stop").expectUsage(8, 3));
 *     }
 * }
 * }</pre>
 *
 * <p>Each fixture is played cut at every byte, under every line end, byte by byte, given up at every step, ended early at
 * every byte, beside another call of another channel, refused, and fed nonsense; a conversation on a socket is ended early
 * and fed nonsense at every message. What is claimed must be shown by a
 * fixture; what is not claimed must answer {@code UNSUPPORTED}.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class ChannelTypeConformance {
    private @Nullable Report report;

    /** For subclasses. */
    protected ChannelTypeConformance() {}

    /** Returns the type under test. Called once; one object serves all calls, as in the host. */
    protected abstract ChannelType type();

    /** Returns what the type claims to do. */
    protected abstract Set<Capability> claimed();

    /** Returns recorded conversations; see {@link OpenAiFixtures} for types that speak OpenAI's dialect. */
    protected abstract List<Fixture> fixtures();

    /** Returns an upstream model for which everything claimed is offered; the first proposed one unless overridden. */
    protected String model(ChannelType type) {
        List<String> models = type.descriptor().templateModels();
        return models.isEmpty() ? "model" : models.getFirst();
    }

    /** Returns a channel of the type; made from the descriptor unless overridden. */
    protected TestChannel channel(ChannelType type) {
        return TestChannel.builder(type.descriptor(), "one").build();
    }

    /** Returns another channel, with other secrets and another endpoint; made from the descriptor unless overridden. */
    protected TestChannel otherChannel(ChannelType type) {
        TestChannel.Builder builder =
                TestChannel.builder(type.descriptor(), "two").id(2);
        URI endpoint = URI.create(channel(type).endpoint());
        String scheme = String.valueOf(endpoint.getScheme()).startsWith("ws") ? "wss" : "https";
        return builder.endpoint(scheme + "://other-upstream.invalid" + endpoint.getPath())
                .build();
    }

    /**
     * Returns whether the class scan reads that class of the folder or jar the type comes from; all unless overridden.
     *
     * @param binaryName such as {@code com.acme.patchbay.AcmeChannelType}
     */
    protected boolean scanned(String binaryName) {
        return true;
    }

    /** Keeps what came of the run for the table of all providers. */
    @AfterAll
    final void keepReport() {
        Report made = report;
        if (made != null) {
            made.write();
        }
    }

    @TestFactory
    final Stream<DynamicNode> conformance() {
        ChannelType type = type();
        Subject subject =
                new Subject(type, channel(type), otherChannel(type), model(type), claimed(), fixtures(), this::scanned);
        Report made = new Report(subject, getClass().getSimpleName());
        report = made;
        Map<String, Stream.Builder<DynamicNode>> groups = new LinkedHashMap<>();
        for (Check check : Conformance.checks(subject)) {
            groups.computeIfAbsent(check.group(), ignored -> Stream.builder())
                    .add(DynamicTest.dynamicTest(check.name(), () -> made.run(check)));
        }
        return groups.entrySet().stream()
                .map(group -> DynamicContainer.dynamicContainer(
                        group.getKey(), group.getValue().build()));
    }
}

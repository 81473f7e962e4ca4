package io.patchbay.kernel;

import static io.patchbay.kernel.Workbench.ask;
import static io.patchbay.kernel.Workbench.files;
import static io.patchbay.kernel.Workbench.install;
import static io.patchbay.kernel.Workbench.refusal;
import static io.patchbay.kernel.Workbench.status;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.patchbay.foundation.state.Subscription;
import io.patchbay.kernel.PluginEvent.Phase;
import io.patchbay.kernel.PluginStatus.Draining;
import io.patchbay.spi.ChannelType;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

final class SwapTest {
    private static final byte[] ONE = JarForge.channelType("acme", "1.0.0").bundle();
    private static final byte[] TWO = JarForge.channelType("acme", "2.0.0").bundle();
    private static final byte[] THREE = JarForge.channelType("acme", "3.0.0").bundle();

    @Test
    void anInstalledPluginAnswersCalls() {
        try (Workbench bench = new Workbench();
                PluginKernel kernel = bench.start()) {
            Installed installed = install(kernel, ONE);

            assertThat(installed.change()).isEqualTo(Installed.Change.ADDED);
            PluginStatus plugin = installed.plugin();
            assertThat(plugin.observed()).isEqualTo(ObservedState.ACTIVE);
            assertThat(plugin.observedVersion()).isEqualTo("1.0.0");
            assertThat(plugin.desiredVersion()).isEqualTo("1.0.0");
            assertThat(plugin.provides()).containsExactly(new PluginStatus.Provided("ChannelType", "acme"));
            assertThat(ask(kernel, "acme")).isEqualTo("1.0.0");
            assertThat(ask(kernel, "other")).isNull();
            assertThat(kernel.channelTypes().all()).singleElement().satisfies(type -> {
                assertThat(type.id()).isEqualTo("acme");
                assertThat(type.pluginId()).isEqualTo("acme");
                assertThat(type.descriptor().name().byLanguage()).containsEntry("en", "Acme");
            });
            assertThat(files(bench.folder())).singleElement().asString().matches("acme/1\\.0\\.0-[0-9a-f]{8}\\.jar");
        }
    }

    @Test
    void aRunningCallKeepsItsGenerationAndNewCallsGetTheNewOneAtOnce() {
        try (Workbench bench = new Workbench();
                PluginKernel kernel = bench.start()) {
            install(kernel, ONE);
            Lease<ChannelType> call = kernel.channelTypes().lease("acme").orElseThrow();

            Installed installed = install(kernel, TWO);

            assertThat(installed.change()).isEqualTo(Installed.Change.UPDATED);
            assertThat(ask(kernel, "acme")).isEqualTo("2.0.0");
            assertThat(call.service()).hasToString("1.0.0");
            assertThat(call.pluginVersion()).isEqualTo("1.0.0");
            PluginStatus plugin = status(kernel, "acme");
            assertThat(plugin.previousVersion()).isEqualTo("1.0.0");
            assertThat(plugin.draining()).singleElement().satisfies(draining -> {
                assertThat(draining.version()).isEqualTo("1.0.0");
                assertThat(draining.leases()).isEqualTo(1);
            });

            call.close();
            call.close();

            await().untilAsserted(
                            () -> assertThat(status(kernel, "acme").draining()).isEmpty());
            assertThatThrownBy(call::service).isInstanceOf(IllegalStateException.class);
            assertThat(phases(kernel))
                    .containsSubsequence(
                            Phase.FOUND,
                            Phase.RESOLVED,
                            Phase.STARTED,
                            Phase.REPLACED,
                            Phase.DRAINING,
                            Phase.DRAINED,
                            Phase.STOPPED);
        }
    }

    @Test
    void aVersionThatFailsLeavesTheOldOneServing() {
        try (Workbench bench = new Workbench();
                PluginKernel kernel = bench.start()) {
            install(kernel, ONE);
            byte[] broken = JarForge.plugin("acme", "2.0.0")
                    .source("acme.Broken", REFUSING_CONSTRUCTOR)
                    .bundle();

            assertThat(refusal(kernel, broken).code()).isEqualTo(RejectionCode.CONSTRUCTOR_FAILED);

            assertThat(ask(kernel, "acme")).isEqualTo("1.0.0");
            PluginStatus plugin = status(kernel, "acme");
            assertThat(plugin.observed()).isEqualTo(ObservedState.ACTIVE);
            assertThat(plugin.desiredVersion()).isEqualTo("1.0.0");
            assertThat(plugin.cause()).contains("no such luck");
            assertThat(files(bench.folder())).hasSize(1);

            install(kernel, TWO);
            assertThat(status(kernel, "acme").cause()).isNull();
        }
    }

    static final String REFUSING_CONSTRUCTOR = """
            package acme;

            import io.patchbay.spi.*;
            import org.osgi.service.component.annotations.*;

            @Component(service = ChannelType.class)
            public final class Broken implements ChannelType {
                public Broken() {
                    throw new IllegalStateException("no such luck");
                }

                @Override public ChannelDescriptor descriptor() {
                    return ChannelDescriptor.builder("acme", Text.of("Acme")).build();
                }
            }
            """;

    @Test
    void undoLeadsCallsBackWithoutLoadingAnything() {
        try (Workbench bench = new Workbench();
                PluginKernel kernel = bench.start()) {
            install(kernel, ONE);
            Lease<ChannelType> call = kernel.channelTypes().lease("acme").orElseThrow();
            long first = call.generation();
            install(kernel, TWO);

            PluginStatus undone = kernel.undo("acme").join();

            assertThat(undone.generation()).isEqualTo(first);
            assertThat(undone.desiredVersion()).isEqualTo("1.0.0");
            assertThat(undone.previousVersion()).isEqualTo("2.0.0");
            assertThat(ask(kernel, "acme")).isEqualTo("1.0.0");
            call.close();
            await().untilAsserted(
                            () -> assertThat(status(kernel, "acme").draining()).isEmpty());
            assertThat(ask(kernel, "acme")).isEqualTo("1.0.0");
            assertThat(refusal(() -> kernel.undo("acme").join()).code()).isEqualTo(RejectionCode.NOTHING_TO_UNDO);
        }
    }

    @Test
    void rollbackReloadsThePreviousVersionAndAgainTheLeftOne() {
        try (Workbench bench = new Workbench();
                PluginKernel kernel = bench.start()) {
            install(kernel, ONE);
            assertThat(refusal(() -> kernel.rollback("acme").join()).code())
                    .isEqualTo(RejectionCode.NOTHING_TO_ROLL_BACK);
            install(kernel, TWO);
            install(kernel, THREE);
            await().untilAsserted(
                            () -> assertThat(status(kernel, "acme").draining()).isEmpty());

            assertThat(kernel.rollback("acme").join().observedVersion()).isEqualTo("2.0.0");
            assertThat(ask(kernel, "acme")).isEqualTo("2.0.0");
            assertThat(kernel.rollback("acme").join().observedVersion()).isEqualTo("3.0.0");
            assertThat(files(bench.folder())).hasSize(2);
        }
    }

    @Test
    void aDisabledPluginTakesNoCallsAndLetsRunningOnesEnd() {
        try (Workbench bench = new Workbench();
                PluginKernel kernel = bench.start()) {
            install(kernel, ONE);
            Lease<ChannelType> call = kernel.channelTypes().lease("acme").orElseThrow();

            PluginStatus disabled = kernel.disable("acme").join();

            assertThat(disabled.observed()).isEqualTo(ObservedState.DRAINING);
            assertThat(disabled.draining()).extracting(Draining::leases).containsExactly(1);
            assertThat(ask(kernel, "acme")).isNull();
            assertThat(call.service()).hasToString("1.0.0");
            call.close();
            await().untilAsserted(
                            () -> assertThat(status(kernel, "acme").observed()).isEqualTo(ObservedState.DISABLED));

            assertThat(kernel.enable("acme").join().observed()).isEqualTo(ObservedState.ACTIVE);
            assertThat(ask(kernel, "acme")).isEqualTo("1.0.0");
        }
    }

    @Test
    void undoTakesADisablingBackWhileCallsStillRun() {
        try (Workbench bench = new Workbench();
                PluginKernel kernel = bench.start()) {
            install(kernel, ONE);
            try (Lease<ChannelType> call = kernel.channelTypes().lease("acme").orElseThrow()) {
                kernel.disable("acme").join();

                PluginStatus undone = kernel.undo("acme").join();

                assertThat(undone.enabled()).isTrue();
                assertThat(undone.generation()).isEqualTo(call.generation());
                assertThat(ask(kernel, "acme")).isEqualTo("1.0.0");
            }
        }
    }

    @Test
    void anUpdateOfADisabledPluginIsTriedAndStaysDisabled() {
        try (Workbench bench = new Workbench();
                PluginKernel kernel = bench.start()) {
            install(kernel, ONE);
            kernel.disable("acme").join();

            PluginStatus updated = install(kernel, TWO).plugin();

            assertThat(updated.desiredVersion()).isEqualTo("2.0.0");
            assertThat(updated.observed()).isEqualTo(ObservedState.DISABLED);
            assertThat(ask(kernel, "acme")).isNull();
            assertThat(kernel.enable("acme").join().observedVersion()).isEqualTo("2.0.0");
        }
    }

    @Test
    void aRemovedPluginIsGoneWithItsJarsOnceItsCallsHaveEnded() {
        try (Workbench bench = new Workbench();
                PluginKernel kernel = bench.start()) {
            install(kernel, ONE);
            Lease<ChannelType> call = kernel.channelTypes().lease("acme").orElseThrow();

            kernel.remove("acme").join();

            assertThat(ask(kernel, "acme")).isNull();
            assertThat(files(bench.folder())).isEmpty();
            assertThat(status(kernel, "acme").draining()).hasSize(1);
            assertThat(call.service()).hasToString("1.0.0");
            call.close();
            await().untilAsserted(() -> assertThat(kernel.plugins()).isEmpty());
            assertThat(refusal(() -> kernel.enable("acme").join()).code()).isEqualTo(RejectionCode.UNKNOWN_PLUGIN);

            assertThat(install(kernel, ONE).change()).isEqualTo(Installed.Change.ADDED);
            assertThat(ask(kernel, "acme")).isEqualTo("1.0.0");
        }
    }

    @Test
    void theSameJarAgainChangesNothing() {
        try (Workbench bench = new Workbench();
                PluginKernel kernel = bench.start()) {
            long generation = install(kernel, ONE).plugin().generation();

            Installed again = install(kernel, ONE);

            assertThat(again.change()).isEqualTo(Installed.Change.UNCHANGED);
            assertThat(again.plugin().generation()).isEqualTo(generation);
        }
    }

    @Test
    void callsThatOutliveTheDeadlineAreCut() {
        try (Workbench bench = new Workbench().drainTimeout(Duration.ofMillis(300));
                PluginKernel kernel = bench.start()) {
            install(kernel, ONE);
            Lease<ChannelType> call = kernel.channelTypes().lease("acme").orElseThrow();
            install(kernel, TWO);

            await().untilAsserted(
                            () -> assertThat(status(kernel, "acme").draining()).isEmpty());

            assertThat(kernel.events().recent())
                    .anySatisfy(event ->
                            assertThat(event.text()).contains("1 call after").contains("cut"));
            assertThatThrownBy(() -> call.service().toString()).hasMessage("called after its end");
            call.close();
            assertThat(ask(kernel, "acme")).isEqualTo("2.0.0");
        }
    }

    @Test
    void listenersHearOfEveryFlip() {
        try (Workbench bench = new Workbench();
                PluginKernel kernel = bench.start()) {
            AtomicInteger changes = new AtomicInteger();
            Subscription broken = kernel.channelTypes().onChange(() -> {
                throw new IllegalStateException("a listener's own fault");
            });
            Subscription heard = kernel.channelTypes().onChange(changes::incrementAndGet);

            install(kernel, ONE);
            install(kernel, TWO);
            kernel.disable("acme").join();

            assertThat(changes).hasValue(3);
            heard.close();
            broken.close();
            kernel.enable("acme").join();
            assertThat(changes).hasValue(3);
        }
    }

    private static List<Phase> phases(PluginKernel kernel) {
        return kernel.events().recent().stream().map(PluginEvent::phase).toList();
    }
}

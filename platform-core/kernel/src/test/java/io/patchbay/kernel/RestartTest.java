package io.patchbay.kernel;

import static io.patchbay.kernel.Workbench.ask;
import static io.patchbay.kernel.Workbench.files;
import static io.patchbay.kernel.Workbench.install;
import static io.patchbay.kernel.Workbench.status;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.patchbay.kernel.catalogue.PluginStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** What outlives a process: the desired state and the jars; and how nodes and the distribution agree with it. */
final class RestartTest {
    private static final byte[] ONE = JarForge.channelType("acme", "1.0.0").bundle();
    private static final byte[] TWO = JarForge.channelType("acme", "2.0.0").bundle();
    private static final byte[] OTHER =
            JarForge.channelType("other", "1.0.0").listed().plain();

    @Test
    void aRestartRestoresWhatTheOperatorWanted() {
        try (Workbench bench = new Workbench()) {
            try (PluginKernel kernel = bench.start()) {
                install(kernel, ONE);
                install(kernel, TWO);
                install(kernel, OTHER);
                install(kernel, JarForge.channelType("gone", "1.0.0").bundle());
                kernel.disable("other").join();
                kernel.remove("gone").join();
            }
            assertThat(files(bench.home().resolve("cache"))).isEmpty();

            try (PluginKernel kernel = bench.start()) {
                assertThat(kernel.plugins()).extracting(PluginStatus::id).containsExactly("acme", "other");
                assertThat(ask(kernel, "acme")).isEqualTo("2.0.0");
                assertThat(status(kernel, "acme").previousVersion()).isEqualTo("1.0.0");
                assertThat(status(kernel, "other").observed()).isEqualTo(ObservedState.DISABLED);
                assertThat(kernel.rollback("acme").join().observedVersion()).isEqualTo("1.0.0");
                kernel.enable("other").join();
            }

            try (PluginKernel kernel = bench.start()) {
                assertThat(ask(kernel, "acme")).isEqualTo("1.0.0");
                assertThat(ask(kernel, "other")).isEqualTo("1.0.0");
            }
        }
    }

    @Test
    void aPluginThatCannotStartIsListedWithItsCauseAndTheOthersGoOn() throws IOException {
        try (Workbench bench = new Workbench()) {
            Path jar;
            try (PluginKernel kernel = bench.start()) {
                install(kernel, ONE);
                install(kernel, OTHER);
                jar = bench.folder().resolve(files(bench.folder()).getFirst());
            }
            byte[] kept = Files.readAllBytes(jar);
            Files.write(jar, OTHER);

            try (PluginKernel kernel = bench.start()) {
                PluginStatus plugin = status(kernel, "acme");
                assertThat(plugin.observed()).isEqualTo(ObservedState.FAILED);
                assertThat(plugin.cause()).contains("was changed on disk. Upload that version again.");
                assertThat(ask(kernel, "other")).isEqualTo("1.0.0");
                Files.delete(jar);
                assertThat(Workbench.refusal(() -> kernel.enable("acme").join()).text())
                        .contains("is not on this node");
                Files.write(jar, kept);
                assertThat(kernel.enable("acme").join().observed()).isEqualTo(ObservedState.ACTIVE);
                assertThat(status(kernel, "acme").cause()).isNull();
            }
        }
    }

    @Test
    void aPlatformThatIsTooOldForAPluginSaysSoAtTheStart() {
        try (Workbench bench = new Workbench()) {
            try (PluginKernel kernel = bench.start("2.0.0")) {
                install(
                        kernel,
                        JarForge.channelType("acme", "1.0.0")
                                .header("Plugin-Requires", ">=2.0.0")
                                .bundle());
            }
            try (PluginKernel kernel = bench.start("1.9.0")) {
                assertThat(status(kernel, "acme").observed()).isEqualTo(ObservedState.FAILED);
                assertThat(status(kernel, "acme").cause()).contains("needs Patchbay >=2.0.0");
            }
        }
    }

    @Test
    void pluginsStartAfterThoseTheyNeed() {
        try (Workbench bench = new Workbench()) {
            try (PluginKernel kernel = bench.start()) {
                install(kernel, JarForge.channelType("zbase", "1.0.0").bundle());
                install(
                        kernel,
                        JarForge.channelType("acme", "1.0.0")
                                .header("Plugin-Dependencies", "zbase")
                                .bundle());
            }
            try (PluginKernel kernel = bench.start()) {
                assertThat(kernel.events().recent())
                        .filteredOn(event -> event.phase() == PluginEvent.Phase.STARTED)
                        .extracting(PluginEvent::plugin)
                        .containsExactly("zbase", "acme");
            }
        }
    }

    @Test
    void bundledPluginsComeInOnceAndFollowTheDistribution() {
        try (Workbench bench = new Workbench()) {
            bench.bundle("acme.jar", ONE);
            bench.bundle("broken.jar", JarForge.plugin("broken", "1.0.0").plain());
            bench.bundle("junk.jar", new byte[] {1, 2, 3});
            try (PluginKernel kernel = bench.start()) {
                assertThat(ask(kernel, "acme")).isEqualTo("1.0.0");
                assertThat(status(kernel, "acme").bundled()).isTrue();
                assertThat(status(kernel, "broken").observed()).isEqualTo(ObservedState.FAILED);
                assertThat(status(kernel, "broken").cause()).contains("offers no service");
            }
            bench.bundle("acme.jar", TWO);
            try (PluginKernel kernel = bench.start()) {
                assertThat(ask(kernel, "acme")).isEqualTo("2.0.0");
                kernel.rollback("acme").join();
            }
            try (PluginKernel kernel = bench.start()) {
                assertThat(ask(kernel, "acme")).isEqualTo("1.0.0");
                assertThat(status(kernel, "acme").bundled()).isFalse();
                kernel.remove("acme").join();
            }
            try (PluginKernel kernel = bench.start()) {
                assertThat(kernel.plugin("acme")).isEmpty();
            }
        }
    }

    @Test
    void bundledPluginsMayNeedEachOtherWhateverTheirNames() {
        try (Workbench bench = new Workbench()) {
            bench.bundle(
                    "a.jar",
                    JarForge.channelType("a", "1.0.0")
                            .header("Plugin-Dependencies", "z@>=1.0.0")
                            .bundle());
            bench.bundle("z.jar", JarForge.channelType("z", "1.0.0").bundle());
            try (PluginKernel kernel = bench.start()) {
                assertThat(ask(kernel, "a")).isEqualTo("1.0.0");
                assertThat(status(kernel, "a").cause()).isNull();
            }
        }
    }

    @Test
    void aBundledUpdateThatFailsLeavesTheInstalledVersionRunning() {
        try (Workbench bench = new Workbench()) {
            bench.bundle("acme.jar", ONE);
            bench.start().close();
            bench.bundle("acme.jar", JarForge.plugin("acme", "3.0.0").plain());
            try (PluginKernel kernel = bench.start()) {
                assertThat(ask(kernel, "acme")).isEqualTo("1.0.0");
                assertThat(status(kernel, "acme").cause()).contains("acme 3.0.0 offers no service");
            }
        }
    }

    @Test
    void theDistributionRestoresALostPluginFolder() throws IOException {
        try (Workbench bench = new Workbench()) {
            bench.bundle("acme.jar", ONE);
            bench.start().close();
            PluginStore.deleteTree(bench.folder());
            try (PluginKernel kernel = bench.start()) {
                assertThat(ask(kernel, "acme")).isEqualTo("1.0.0");
                assertThat(files(bench.folder())).hasSize(1);
            }
        }
    }

    @Test
    void nodesThatShareAFolderFollowEachOther() {
        try (Workbench bench = new Workbench();
                PluginKernel left = bench.start();
                PluginKernel right = bench.start()) {
            install(left, ONE);
            await().untilAsserted(() -> assertThat(ask(right, "acme")).isEqualTo("1.0.0"));
            install(right, TWO);
            await().untilAsserted(() -> assertThat(ask(left, "acme")).isEqualTo("2.0.0"));
            left.disable("acme").join();
            await().untilAsserted(
                            () -> assertThat(status(right, "acme").observed()).isEqualTo(ObservedState.DISABLED));
            right.enable("acme").join();
            await().untilAsserted(() -> assertThat(ask(left, "acme")).isEqualTo("2.0.0"));
            left.remove("acme").join();
            await().untilAsserted(() -> assertThat(right.plugins()).isEmpty());
            assertThat(ask(right, "acme")).isNull();
        }
    }

    @Test
    void aNodeWithoutTheJarSaysSoAndKeepsWhatItHas() {
        try (Workbench bench = new Workbench();
                PluginKernel left = bench.start();
                PluginKernel right = bench.folder("elsewhere").start()) {
            install(left, ONE);
            await().untilAsserted(() -> assertThat(status(right, "acme").cause())
                    .contains("is not on this node. Upload that version again."));

            install(right, ONE);

            assertThat(ask(right, "acme")).isEqualTo("1.0.0");
            right.reconcile().join();
            left.reconcile().join();
            assertThat(ask(left, "acme")).isEqualTo("1.0.0");
            assertThat(status(left, "acme").cause()).isNull();
        }
    }

    @Test
    void whatACrashLeftInTheCacheIsRemoved() throws IOException {
        try (Workbench bench = new Workbench()) {
            Path cache = bench.home().resolve("cache");
            Files.createDirectories(cache.resolve("plugins-77/bundles"));
            Files.write(cache.resolve("plugins-77/bundles/x"), new byte[1]);
            Files.write(cache.resolve("plugins-77.lock"), new byte[0]);
            try (PluginKernel first = bench.start();
                    PluginKernel second = bench.start()) {
                assertThat(cache.resolve("plugins-77")).doesNotExist();
                install(first, ONE);
                await().untilAsserted(() -> assertThat(ask(second, "acme")).isEqualTo("1.0.0"));
            }
            assertThat(files(cache)).isEmpty();
        }
    }

    @Test
    void closingTwiceIsFineAndLaterChangesAreRefused() {
        try (Workbench bench = new Workbench()) {
            PluginKernel kernel = bench.start();
            install(kernel, ONE);
            kernel.close();
            kernel.close();

            assertThat(ask(kernel, "acme")).isNull();
            assertThat(Workbench.refusal(kernel, TWO).code()).isEqualTo(RejectionCode.STOPPING);
            assertThat(files(bench.folder())).hasSize(1);
        }
    }
}

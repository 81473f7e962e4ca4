package io.patchbay.kernel;

import static io.patchbay.kernel.Workbench.ask;
import static io.patchbay.kernel.Workbench.files;
import static io.patchbay.kernel.Workbench.install;
import static io.patchbay.kernel.Workbench.refusal;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.patchbay.spi.ChannelType;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Every jar that cannot run is refused with a reason, leaves nothing behind, and harms no other plugin. */
final class RefusalTest {

    @Test
    void refusesWhatIsNoJar() {
        refuses("PK? no.".getBytes(StandardCharsets.UTF_8), RejectionCode.NOT_A_PLUGIN, "test.jar is no readable jar");
    }

    @Test
    void refusesAFragment() {
        refuses(
                JarForge.plugin("bad", "1.0.0").header("Fragment-Host", "acme").plain(),
                RejectionCode.NOT_A_PLUGIN,
                "fragment");
    }

    @Test
    void refusesAJarWithoutAnId() {
        refuses(
                JarForge.empty().entry("x.txt", "x").plain(),
                RejectionCode.NO_ID,
                "Add one, for example Plugin-Id: acme");
    }

    @Test
    void refusesAnIdThatCouldNotBeAFolder() {
        for (String id : new String[] {"../up", "a/b", "Upper", ".hidden", "a..", "x".repeat(65)}) {
            refuses(JarForge.plugin(id, "1.0.0").plain(), RejectionCode.BAD_ID, "lower-case letters");
        }
    }

    @Test
    void refusesAVersionThatIsNone() {
        refuses(JarForge.empty().header("Plugin-Id", "bad").plain(), RejectionCode.BAD_VERSION, "no Plugin-Version");
        for (String version : new String[] {"one", "1.0", "1.0.0/..", "1.0.0-" + "a".repeat(64)}) {
            refuses(JarForge.plugin("bad", version).plain(), RejectionCode.BAD_VERSION, "semantic version");
        }
    }

    @Test
    void refusesCopiesOfHostPackages() {
        byte[] any = {1};
        for (Map.Entry<String, String> one : Map.of(
                        "io/patchbay/spi/ChannelType.class", "io.patchbay.spi.ChannelType",
                        "io/patchbay/dialects/deep/New.class", "io.patchbay.dialects.deep.New",
                        "org/slf4j/Logger.class", "org.slf4j.Logger",
                        "META-INF/versions/21/org/slf4j/Logger.class", "org.slf4j.Logger",
                        "java/lang/Evil.class", "java.lang.Evil")
                .entrySet()) {
            refuses(
                    JarForge.channelType("bad", "1.0.0")
                            .entry(one.getKey(), any)
                            .plain(),
                    RejectionCode.EMBEDS_HOST_PACKAGE,
                    "contains " + one.getValue());
        }
        byte[] nested =
                JarForge.empty().entry("io/patchbay/spi/Flow.class", any).plain();
        refuses(
                JarForge.channelType("bad", "1.0.0")
                        .entry("lib/spi.jar", nested)
                        .plain(),
                RejectionCode.EMBEDS_HOST_PACKAGE,
                "the package io.patchbay.spi is lent by the host");
    }

    @Test
    void refusesEntriesThatPointOutside() {
        refuses(
                JarForge.plugin("bad", "1.0.0").entry("a/../../b", "x").plain(),
                RejectionCode.NOT_A_PLUGIN,
                "points outside");
        refuses(
                JarForge.plugin("bad", "1.0.0").entry("/etc/x", "x").plain(),
                RejectionCode.NOT_A_PLUGIN,
                "points outside");
    }

    @Test
    void refusesAPluginForAnotherPlatform() {
        refuses(
                JarForge.channelType("bad", "1.0.0")
                        .header("Plugin-Requires", ">=2.0.0")
                        .bundle(),
                RejectionCode.REQUIRES,
                "bad 1.0.0 needs Patchbay >=2.0.0, and this is 1.4.0-SNAPSHOT");
        refuses(
                JarForge.channelType("bad", "1.0.0")
                        .header("Plugin-Requires", "soon")
                        .bundle(),
                RejectionCode.REQUIRES,
                "'soon' is no version expression");
    }

    @Test
    void aVersionUnderDevelopmentCountsAsTheReleaseItLeadsTo() {
        try (Workbench bench = new Workbench();
                PluginKernel kernel = bench.start()) {
            install(
                    kernel,
                    JarForge.channelType("acme", "1.0.0")
                            .header("Plugin-Requires", "1.4.0")
                            .bundle());

            assertThat(ask(kernel, "acme")).isEqualTo("1.0.0");
        }
    }

    @Test
    void refusesAPluginWhoseImportsNobodyProvides() {
        refuses(
                JarForge.channelType("bad", "1.0.0")
                        .header("Import-Package", "com.nowhere.api;version=\"[2.1,3)\",*")
                        .bundle(),
                RejectionCode.UNRESOLVED,
                "nobody provides com.nowhere.api (version >=2.1.0 <3.0.0)");
        refuses(
                JarForge.channelType("bad", "1.0.0")
                        .header("Import-Package", "io.patchbay.spi;version=\"[9,10)\",*")
                        .bundle(),
                RejectionCode.UNRESOLVED,
                "io.patchbay.spi (version >=9.0.0 <10.0.0; the host has 0.1.0)");
    }

    @Test
    void refusesAConstructorThatFails() {
        String text = refuses(
                JarForge.plugin("bad", "1.0.0")
                        .source("acme.Broken", SwapTest.REFUSING_CONSTRUCTOR)
                        .bundle(),
                RejectionCode.CONSTRUCTOR_FAILED,
                "bad 1.0.0 could not make acme.Broken");
        assertThat(text)
                .contains("java.lang.IllegalStateException: no such luck")
                .contains("Broken.java");

        String listed = refuses(
                JarForge.plugin("bad", "1.0.0")
                        .source("acme.Broken", SwapTest.REFUSING_CONSTRUCTOR)
                        .listed()
                        .plain(),
                RejectionCode.CONSTRUCTOR_FAILED,
                "META-INF/services");
        assertThat(listed).contains("no such luck").contains("Broken.java");
    }

    @Test
    void refusesAServiceEntryWithoutItsClass() {
        refuses(
                JarForge.plugin("bad", "1.0.0")
                        .service(ChannelType.class, "acme.Missing")
                        .plain(),
                RejectionCode.CONSTRUCTOR_FAILED,
                "acme.Missing");
    }

    @Test
    void refusesAnActivatorThatFails() {
        String activator = """
                package acme;

                import org.osgi.framework.*;

                public final class Start implements BundleActivator {
                    @Override public void start(BundleContext context) { throw new UnsupportedOperationException("not today"); }
                    @Override public void stop(BundleContext context) {}
                }
                """;
        refuses(
                JarForge.plugin("bad", "1.0.0")
                        .source("acme.Start", activator)
                        .header("Bundle-Activator", "acme.Start")
                        .bundle(),
                RejectionCode.START_FAILED,
                "not today");
    }

    @Test
    void refusesAPluginThatOffersNothing() {
        refuses(JarForge.plugin("bad", "1.0.0").plain(), RejectionCode.NO_SERVICE, "bad 1.0.0 offers no service");
    }

    @Test
    void namesTheServiceAComponentWaitsFor() {
        String waiting = """
                package acme;

                import io.patchbay.spi.*;
                import org.osgi.service.component.annotations.*;

                @Component(service = ChannelType.class)
                public final class Waiting implements ChannelType {
                    @Reference(name = "runner") Runnable runner;

                    @Override public ChannelDescriptor descriptor() {
                        return ChannelDescriptor.builder("bad", Text.of("Bad")).build();
                    }
                }
                """;
        refuses(
                JarForge.plugin("bad", "1.0.0").source("acme.Waiting", waiting).bundle(),
                RejectionCode.NO_SERVICE,
                "acme.Waiting waits for a service that nobody offers (reference runner)");
    }

    @Test
    void refusesADescriptorThatFailsOrIsMissing() {
        refuses(describing("throw new IllegalArgumentException(\"odd\");"), RejectionCode.PROBE_FAILED, "odd");
        refuses(describing("return null;"), RejectionCode.PROBE_FAILED, "has no descriptor");
        refuses(
                describing("return ChannelDescriptor.builder(\"t\" + System.nanoTime(), Text.of(\"T\")).build();"),
                RejectionCode.PROBE_FAILED,
                "another id each time");
        refuses(describing("return descriptor();"), RejectionCode.PROBE_FAILED, "StackOverflowError");
        refuses(describing("throw new NoClassDefFoundError(\"gone\");"), RejectionCode.PROBE_FAILED, "gone");
    }

    private static byte[] describing(String body) {
        String source = """
                package acme;

                import io.patchbay.spi.*;

                public final class Odd implements ChannelType {
                    @Override public ChannelDescriptor descriptor() { %s }
                }
                """;
        return JarForge.plugin("bad", "1.0.0")
                .source("acme.Odd", source.formatted(body))
                .listed()
                .plain();
    }

    @Test
    void refusesAPluginThatHangs() {
        try (Workbench bench = new Workbench().probeTimeout(Duration.ofSeconds(1));
                PluginKernel kernel = bench.start()) {
            install(kernel, JarForge.channelType("acme", "1.0.0").bundle());

            PluginRejected refusal = refusal(
                    kernel,
                    describing("try { Thread.sleep(60_000); } catch (InterruptedException e) { } return null;"));

            assertThat(refusal.code()).isEqualTo(RejectionCode.PROBE_TIMEOUT);
            assertThat(refusal.text()).contains("no end after 1000 ms").contains("must not wait");
            assertThat(ask(kernel, "acme")).isEqualTo("1.0.0");
            // The interrupted thread ends by itself and takes the late plugin down.
            await().untilAsserted(() -> assertThat(Thread.getAllStackTraces().keySet())
                    .noneMatch(thread -> thread.getName().startsWith("patchbay-plugin-start-bad")));
        }
    }

    @Test
    void refusesAnIdThatAnotherPluginProvides() {
        try (Workbench bench = new Workbench();
                PluginKernel kernel = bench.start()) {
            install(kernel, JarForge.channelType("acme", "1.0.0").bundle());

            PluginRejected refusal = refusal(
                    kernel, JarForge.channelType("thief", "1.0.0", "acme").bundle());

            assertThat(refusal.code()).isEqualTo(RejectionCode.DUPLICATE_PROVIDED_ID);
            assertThat(refusal.text()).contains("provides the ChannelType 'acme', and so does the plugin acme");
            assertThat(ask(kernel, "acme")).isEqualTo("1.0.0");
            kernel.disable("acme").join();
            install(kernel, JarForge.channelType("thief", "1.0.0", "acme").bundle());
            assertThat(refusal(() -> kernel.enable("acme").join()).code())
                    .isEqualTo(RejectionCode.DUPLICATE_PROVIDED_ID);
        }
    }

    @Test
    void refusesAReleasedVersionWithOtherContentButNotAPreRelease() {
        try (Workbench bench = new Workbench();
                PluginKernel kernel = bench.start()) {
            install(kernel, JarForge.channelType("acme", "1.0.0").bundle());
            byte[] other =
                    JarForge.channelType("acme", "1.0.0").entry("more.txt", "x").bundle();
            assertThat(refusal(kernel, other).code()).isEqualTo(RejectionCode.SAME_VERSION_DIFFERENT_CONTENT);

            install(kernel, JarForge.channelType("acme", "1.1.0-dev").bundle());
            byte[] rebuilt = JarForge.channelType("acme", "1.1.0-dev")
                    .entry("more.txt", "x")
                    .bundle();
            assertThat(install(kernel, rebuilt).change()).isEqualTo(Installed.Change.UPDATED);
        }
    }

    @Test
    void keepsDependenciesWhole() {
        byte[] needing = JarForge.channelType("needing", "1.0.0")
                .header("Plugin-Dependencies", "base@>=1.0.0 & <2.0.0, extra?@>=1.0.0")
                .bundle();
        try (Workbench bench = new Workbench();
                PluginKernel kernel = bench.start()) {
            assertThat(refusal(kernel, needing).text())
                    .contains("needs the plugin base, which is not installed. Install it");
            install(kernel, JarForge.channelType("base", "2.0.0").bundle());
            assertThat(refusal(kernel, needing).text()).contains("in version >=1.0.0 & <2.0.0, and 2.0.0 is installed");
            install(kernel, JarForge.channelType("base", "1.5.0").bundle());
            install(kernel, needing);

            assertThat(refusal(kernel, JarForge.channelType("base", "2.1.0").bundle())
                            .code())
                    .isEqualTo(RejectionCode.NEEDED_BY);
            assertThat(refusal(() -> kernel.disable("base").join()).text())
                    .contains(
                            "The plugin needing needs base in version >=1.0.0 & <2.0.0. Disable or update needing first.");
            assertThat(refusal(() -> kernel.remove("base").join()).code()).isEqualTo(RejectionCode.NEEDED_BY);
            kernel.disable("needing").join();
            kernel.disable("base").join();
            assertThat(refusal(() -> kernel.enable("needing").join()).text())
                    .contains("which is disabled. Enable it first");
        }
    }

    private static String refuses(byte[] jar, RejectionCode code, String text) {
        try (Workbench bench = new Workbench();
                PluginKernel kernel = bench.start()) {
            byte[] good = JarForge.channelType("acme", "1.0.0").bundle();
            install(kernel, good);

            PluginRejected refusal = refusal(kernel, jar);

            assertThat(refusal.text()).contains(text);
            assertThat(refusal.code()).isEqualTo(code);
            assertThat(refusal).hasNoCause();
            assertThat(kernel.plugins()).extracting(PluginStatus::id).containsExactly("acme");
            assertThat(ask(kernel, "acme")).isEqualTo("1.0.0");
            assertThat(files(bench.folder())).hasSize(1);
            install(kernel, JarForge.channelType("more", "1.0.0").bundle());
            assertThat(ask(kernel, "more")).isEqualTo("1.0.0");
            return refusal.text();
        }
    }
}

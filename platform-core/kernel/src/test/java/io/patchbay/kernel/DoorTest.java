package io.patchbay.kernel;

import static io.patchbay.kernel.Workbench.ask;
import static io.patchbay.kernel.Workbench.install;
import static io.patchbay.kernel.Workbench.status;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.patchbay.spi.ChannelType;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The two doors for authors, and what a plugin sees behind them. */
final class DoorTest {

    @Test
    void aComponentInABundleIsFound() {
        answers(JarForge.channelType("acme", "1.0.0").bundle());
    }

    @Test
    void aServiceEntryInABundleIsFound() {
        answers(JarForge.channelType("acme", "1.0.0")
                .header("-dsannotations", "!*")
                .listed()
                .bundle());
    }

    @Test
    void aServiceEntryInAPlainJarIsFound() {
        answers(JarForge.channelType("acme", "1.0.0").listed().plain());
    }

    @Test
    void aClassBehindBothDoorsIsMadeOnce() {
        answers(JarForge.channelType("acme", "1.0.0").listed().bundle());
    }

    private static void answers(byte[] jar) {
        try (Workbench bench = new Workbench();
                PluginKernel kernel = bench.start()) {
            install(kernel, jar);

            Lease<ChannelType> call = kernel.channelTypes().lease("acme").orElseThrow();
            ChannelType service = call.service();
            assertThat(service).hasToString("1.0.0");
            kernel.disable("acme").join();
            assertThat(service).hasToString("1.0.0");
            call.close();
            await().untilAsserted(
                            () -> assertThat(status(kernel, "acme").observed()).isEqualTo(ObservedState.DISABLED));
            assertThatThrownBy(service::toString).hasMessage("called after its end");
        }
    }

    @Test
    void aJarMayBringSeveralServices() {
        JarForge forge = JarForge.channelType("acme", "1.0.0");
        JarForge other = JarForge.channelType("other", "1.0.0");
        try (Workbench bench = new Workbench();
                PluginKernel kernel = bench.start()) {
            String second = """
                    package acme.acme;

                    import io.patchbay.spi.*;
                    import org.osgi.service.component.annotations.*;

                    @Component(service = ChannelType.class)
                    public final class Second implements ChannelType {
                        @Override public ChannelDescriptor descriptor() {
                            return ChannelDescriptor.builder("second", Text.of("Second")).build();
                        }
                    }
                    """;
            install(kernel, forge.source("acme.acme.Second", second).bundle());
            install(kernel, other.bundle());

            assertThat(kernel.channelTypes().all())
                    .extracting(OfferedType::id)
                    .containsExactly("acme", "other", "second");
            install(kernel, JarForge.channelType("acme", "1.1.0").bundle());
            assertThat(kernel.channelTypes().all()).extracting(OfferedType::id).containsExactly("acme", "other");
        }
    }

    private static final String CURIOUS = """
            package acme;

            import io.patchbay.spi.*;
            import io.patchbay.spi.host.HostInfo;
            import org.osgi.service.component.annotations.*;

            @Component(service = ChannelType.class)
            public final class Curious implements ChannelType {
                private final ClassLoader context = Thread.currentThread().getContextClassLoader();
                private final HostInfo host;

                @Activate public Curious(@Reference HostInfo host) { this.host = host; }

                @Override public ChannelDescriptor descriptor() {
                    return ChannelDescriptor.builder("curious", Text.of("Curious")).build();
                }

                @Override public String toString() {
                    return host.platformVersion() + " " + host.publicUrl() + " " + (context == Curious.class.getClassLoader());
                }
            }
            """;

    @Test
    void hostServicesAreLentAndTakenBack() {
        try (Workbench bench = new Workbench();
                PluginKernel kernel = bench.start()) {
            ClassLoader before = Thread.currentThread().getContextClassLoader();
            install(
                    kernel,
                    JarForge.plugin("curious", "1.0.0")
                            .source("acme.Curious", CURIOUS)
                            .bundle());

            assertThat(ask(kernel, "curious")).isEqualTo("1.4.0-SNAPSHOT https://patchbay.example true");
            assertThat(status(kernel, "curious").lent()).isEqualTo(1);
            assertThat(Thread.currentThread().getContextClassLoader()).isSameAs(before);

            Lease<ChannelType> call = kernel.channelTypes().lease("curious").orElseThrow();
            ChannelType service = call.service();
            kernel.disable("curious").join();
            call.close();
            await().untilAsserted(() ->
                    assertThat(status(kernel, "curious").observed()).isEqualTo(ObservedState.DISABLED));
            assertThatThrownBy(service::toString).hasMessageContaining("taken back");
            assertThat(status(kernel, "curious").lent()).isZero();
        }
    }

    private static final String PRYING = """
            package acme;

            import io.patchbay.spi.*;

            public final class Prying implements ChannelType {
                @Override public ChannelDescriptor descriptor() {
                    return ChannelDescriptor.builder("prying", Text.of("Prying")).build();
                }

                @Override public String toString() {
                    StringBuilder seen = new StringBuilder();
                    for (String name : %s) {
                        try {
                            Class.forName(name);
                            seen.append(name).append(' ');
                        } catch (ClassNotFoundException | LinkageError e) {
                            // Not seen.
                        }
                    }
                    return seen.toString().strip();
                }
            }
            """;

    private static String seen(boolean bundle, String... names) {
        String list = "new String[] {\"" + String.join("\", \"", names) + "\"}";
        JarForge forge = JarForge.plugin("prying", "1.0.0")
                .source("acme.Prying", PRYING.formatted(list))
                .listed();
        try (Workbench bench = new Workbench();
                PluginKernel kernel = bench.start()) {
            install(kernel, JarForge.channelType("acme", "1.0.0").bundle());
            install(kernel, bundle ? forge.bundle() : forge.plain());
            return String.valueOf(ask(kernel, "prying"));
        }
    }

    @Test
    void aPluginSeesTheJdkAndWhatTheHostLendsAndNothingElse() {
        String[] hidden = {
            "io.patchbay.kernel.PluginKernel",
            "io.patchbay.foundation.json.Json",
            "org.apache.felix.framework.Felix",
            "com.fasterxml.jackson.databind.ObjectMapper",
            "jakarta.ws.rs.Path",
            "org.pf4j.Plugin",
            "org.junit.jupiter.api.Test",
            "acme.acme.Type"
        };
        for (boolean bundle : List.of(true, false)) {
            assertThat(seen(bundle, hidden)).isEmpty();
            assertThat(seen(bundle, "java.sql.Connection", "javax.crypto.Cipher", "java.net.http.HttpClient"))
                    .isEqualTo("java.sql.Connection javax.crypto.Cipher java.net.http.HttpClient");
        }
        assertThat(seen(false, "io.patchbay.spi.json.Json", "org.slf4j.LoggerFactory"))
                .isEqualTo("io.patchbay.spi.json.Json org.slf4j.LoggerFactory");
    }

    @Test
    void aBundleMayAskForTheJavaVersionOfTheHost() {
        try (Workbench bench = new Workbench();
                PluginKernel kernel = bench.start()) {
            install(
                    kernel,
                    JarForge.channelType("acme", "1.0.0")
                            .header("Require-Capability", "osgi.ee;filter:=\"(&(osgi.ee=JavaSE)(version=25))\"")
                            .bundle());

            assertThat(ask(kernel, "acme")).isEqualTo("1.0.0");
        }
    }

    @Test
    void pluginsAreNotWiredToEachOther() {
        try (Workbench bench = new Workbench();
                PluginKernel kernel = bench.start()) {
            install(
                    kernel,
                    JarForge.channelType("acme", "1.0.0")
                            .header("Export-Package", "acme.acme")
                            .bundle());

            PluginRejected refusal = Workbench.refusal(
                    kernel,
                    JarForge.channelType("other", "1.0.0")
                            .header("Import-Package", "acme.acme,*")
                            .bundle());

            assertThat(refusal.code()).isEqualTo(RejectionCode.UNRESOLVED);
            assertThat(refusal.text()).contains("nobody provides acme.acme");
        }
    }

    @Test
    void pluginsDoNotSeeEachOthersServices() {
        String borrowing = """
                package acme;

                import io.patchbay.spi.*;
                import org.osgi.service.component.annotations.*;

                @Component(service = ChannelType.class)
                public final class Borrowing implements ChannelType {
                    @Reference(name = "other") ChannelType other;

                    @Override public ChannelDescriptor descriptor() { return other.descriptor(); }
                }
                """;
        try (Workbench bench = new Workbench();
                PluginKernel kernel = bench.start()) {
            install(kernel, JarForge.channelType("acme", "1.0.0").bundle());

            PluginRejected refusal = Workbench.refusal(
                    kernel,
                    JarForge.plugin("borrowing", "1.0.0")
                            .source("acme.Borrowing", borrowing)
                            .bundle());

            assertThat(refusal.code()).isEqualTo(RejectionCode.NO_SERVICE);
            assertThat(refusal.text()).contains("reference other");
        }
    }

    @Test
    void aBundleThatCallsItselfASingletonIsSwappedLikeAnyOther() {
        try (Workbench bench = new Workbench();
                PluginKernel kernel = bench.start()) {
            for (String version : List.of("1.0.0", "2.0.0")) {
                install(
                        kernel,
                        JarForge.channelType("acme", version)
                                .header("Bundle-SymbolicName", "acme;singleton:=true")
                                .bundle());
                assertThat(ask(kernel, "acme")).isEqualTo(version);
            }
        }
    }
}

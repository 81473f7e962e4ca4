package io.patchbay.kernel.catalogue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.patchbay.kernel.JarForge;
import io.patchbay.kernel.PluginRejected;
import io.patchbay.kernel.RejectionCode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class JarInspectorTest {
    private static final HostPackages NOTHING = HostPackages.of(List.of());
    private static final JarLimits SMALL = new JarLimits(20_000, 100_000, 10);

    @TempDir
    Path folder;

    private InspectedJar inspect(byte[] jar) {
        PluginStore store = new PluginStore(folder, SMALL);
        PluginStore.Incoming incoming = store.receive(JarForge.stream(jar), "acme.jar");
        return new JarInspector(NOTHING, SMALL).inspect(incoming.path(), incoming.sha256(), "acme.jar");
    }

    @Test
    void readsTheCatalogueEntry() {
        InspectedJar jar = inspect(JarForge.plugin("acme", "1.2.0-rc.1")
                .header("Plugin-Description", "Speaks acme.")
                .header("Plugin-Provider", "Acme")
                .header("Plugin-License", "MIT")
                .header("Plugin-Requires", ">=1.0.0")
                .header("Plugin-Dependencies", "base@>=1.0.0, extra?")
                .header("Bundle-Name", "Acme for Patchbay")
                .plain());

        assertThat(jar.id()).isEqualTo("acme");
        assertThat(jar.version()).isEqualTo("1.2.0-rc.1");
        assertThat(jar.name()).isEqualTo("Acme for Patchbay");
        assertThat(jar.description()).isEqualTo("Speaks acme.");
        assertThat(jar.provider()).isEqualTo("Acme");
        assertThat(jar.license()).isEqualTo("MIT");
        assertThat(jar.requires()).isEqualTo(">=1.0.0");
        assertThat(jar.dependencies()).containsExactly("base@>=1.0.0", "extra?@*");
        assertThat(jar.bundle()).isFalse();
    }

    @Test
    void boundsTheFileWhileItIsReceived() {
        byte[] noise = new byte[30_000];
        new Random(1).nextBytes(noise);

        refuses(JarForge.plugin("acme", "1.0.0").entry("noise", noise).plain(), "is larger than 0 MiB");
        assertThat(left()).isEmpty();
    }

    @Test
    void boundsWhatTheFileUnpacksToWhateverItClaims() {
        refuses(
                JarForge.plugin("acme", "1.0.0")
                        .entry("zeros", new byte[5_000_000])
                        .plain(),
                "unpacks to more than");
        byte[] nested = JarForge.empty().entry("zeros", new byte[5_000_000]).plain();
        refuses(JarForge.plugin("acme", "1.0.0").entry("lib/bomb.jar", nested).plain(), "unpacks to more than");
    }

    @Test
    void boundsTheEntries() {
        JarForge forge = JarForge.plugin("acme", "1.0.0");
        for (int i = 0; i < 11; i++) {
            forge.entry("e" + i, "x");
        }
        refuses(forge.plain(), "more than 10 entries");
    }

    @Test
    void keepsAJarUnderItsVersionAndDigest() {
        PluginStore store = new PluginStore(folder, SMALL);
        InspectedJar jar = inspect(JarForge.plugin("acme", "1.0.0+5").plain());

        InspectedJar kept = store.keep(jar);

        assertThat(kept.path())
                .isEqualTo(
                        folder.resolve("acme").resolve("1.0.0+5-" + jar.sha256().substring(0, 8) + ".jar"))
                .isRegularFile();
        assertThat(left()).isEmpty();
        store.prune("acme", Set.of());
        assertThat(folder.resolve("acme")).doesNotExist();
    }

    private void refuses(byte[] jar, String text) {
        assertThatThrownBy(() -> inspect(jar))
                .isInstanceOf(PluginRejected.class)
                .hasMessageContaining(text)
                .extracting(e -> ((PluginRejected) e).code())
                .isEqualTo(RejectionCode.TOO_LARGE);
        left().forEach(file -> file.toFile().delete());
    }

    private List<Path> left() {
        try (Stream<Path> files = Files.list(folder.resolve(".incoming"))) {
            return files.toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

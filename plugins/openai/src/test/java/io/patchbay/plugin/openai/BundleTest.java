package io.patchbay.plugin.openai;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.Attributes;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the kernel and the catalogue read of this plugin's jar, checked in the folder the jar is made of. */
final class BundleTest {
    @Test
    void theManifestNamesThePluginForTheCatalogue() throws Exception {
        Attributes manifest = manifest();

        assertThat(manifest.getValue("Plugin-Id")).isEqualTo("openai");
        assertThat(manifest.getValue("Plugin-Version")).matches("\\d+\\.\\d+\\.\\d+.*");
        assertThat(manifest.getValue("Plugin-Requires")).isEqualTo(">=0.1.0");
        assertThat(manifest.getValue("Plugin-Provider")).isEqualTo("Patchbay");
        assertThat(manifest.getValue("Plugin-License")).isEqualTo("Apache-2.0");
        assertThat(manifest.getValue("Plugin-Description")).isNotBlank();
    }

    @Test
    void onlyTheHostsPackagesAreImportedAndNoneIsExported() throws Exception {
        Attributes manifest = manifest();

        assertThat(manifest.getValue("Import-Package"))
                .contains("io.patchbay.spi;version=\"[0.1,")
                .contains("io.patchbay.dialects")
                .doesNotContain("java.", "io.patchbay.toolkit", "io.patchbay.plugin");
        assertThat(manifest.getValue("Export-Package")).isNull();
        assertThat(manifest.getValue("Service-Component")).contains("OSGI-INF/");
        assertThat(manifest.getValue("Provide-Capability")).contains("io.patchbay.spi.ChannelType");
    }

    @Test
    void theToolkitIsEmbeddedAndNothingElse() throws Exception {
        Path classes = classes();
        try (Stream<Path> files = Files.walk(classes)) {
            assertThat(files.filter(file -> file.toString().endsWith(".class"))
                            .map(file -> classes.relativize(file.getParent())
                                    .toString()
                                    .replace('\\', '/')))
                    .containsOnly(
                            "io/patchbay/plugin/openai",
                            "io/patchbay/toolkit",
                            "io/patchbay/toolkit/data",
                            "io/patchbay/toolkit/openai");
        }
    }

    private static Attributes manifest() throws Exception {
        try (InputStream in = Files.newInputStream(classes().resolve("META-INF/MANIFEST.MF"))) {
            return new Manifest(in).getMainAttributes();
        }
    }

    private static Path classes() throws IOException {
        URI location = URI.create(OpenAiChannelType.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toString());
        return Path.of(location);
    }
}

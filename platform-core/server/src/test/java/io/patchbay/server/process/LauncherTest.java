package io.patchbay.server.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which class archive {@code bin/patchbay} hands to Java. In the place of Java is a script that makes and names it. */
final class LauncherTest {
    private static final Path LAUNCHER =
            Path.of(System.getProperty("patchbay.test.checkout"), "distribution/src/main/dist/bin/patchbay");

    private static final String JAVA = """
            #!/bin/sh
            if [ "$1" = -version ]; then echo 'openjdk version "25.0.3"' >&2; exit 0; fi
            for option in "$@"; do
                case $option in
                    -XX:SharedArchiveFile=*) : >"${option#*=}"; echo "${option#*=}" ;;
                esac
            done
            """;

    @TempDir
    private Path folder;

    @BeforeEach
    void unpack() throws IOException {
        Files.createDirectories(folder.resolve("program/bin"));
        Files.createDirectories(folder.resolve("program/lib"));
        Files.copy(LAUNCHER, folder.resolve("program/bin/patchbay"));
        jar("server", "2026-01-01T00:00:00Z");
        jar("relay", "2026-01-01T00:00:00Z");
        Path java = folder.resolve("jdk/bin/java");
        Files.createDirectories(java.getParent());
        Files.writeString(java, JAVA);
        Files.setPosixFilePermissions(java, PosixFilePermissions.fromString("rwx------"));
    }

    @Test
    void theSameProgramFindsItsArchiveAgain() throws Exception {
        Path archive = start();

        assertThat(archive).exists().hasParent(folder.resolve("program/cache"));
        assertThat(start()).isEqualTo(archive);
        assertThat(start()).exists();
    }

    @Test
    void anArchiveOfOtherJarsIsNotUsedAndGoes() throws Exception {
        Path before = start();

        jar("relay", "2026-01-02T00:00:00Z");
        Path updated = start();
        assertThat(updated).isNotEqualTo(before).exists();
        assertThat(before).doesNotExist();

        jar("billing", "2026-01-01T00:00:00Z");
        assertThat(start()).isNotEqualTo(updated).exists();
        assertThat(updated).doesNotExist();
    }

    @Test
    void aJarOfTheSameSizeAndTimeIsAnotherOneWhenItsContentIs() throws Exception {
        Path before = start();

        jar("relay", "2026-01-01T00:00:00Z", "b jar");

        assertThat(start()).isNotEqualTo(before).exists();
    }

    @Test
    void whoMayNotWriteBesideTheProgramHasItInTheDataFolder() throws Exception {
        Files.createFile(folder.resolve("program/cache"));

        assertThat(start()).exists().hasParent(folder.resolve("data/cache"));
    }

    private void jar(String name, String time) throws IOException {
        jar(name, time, "a jar");
    }

    private void jar(String name, String time, String content) throws IOException {
        Path jar = folder.resolve("program/lib/" + name + ".jar");
        Files.writeString(jar, content);
        Files.setLastModifiedTime(jar, FileTime.from(Instant.parse(time)));
    }

    private Path start() throws Exception {
        ProcessBuilder builder = new ProcessBuilder(
                "bash", folder.resolve("program/bin/patchbay").toString());
        builder.environment().put("JAVA_HOME", folder.resolve("jdk").toString());
        builder.environment().put("PATCHBAY_HOME", folder.resolve("data").toString());
        builder.environment().remove("JAVA_OPTS");
        Process process = builder.redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
        return Path.of(said.strip());
    }
}

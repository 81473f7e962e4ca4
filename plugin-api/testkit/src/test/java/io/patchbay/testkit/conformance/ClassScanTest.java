package io.patchbay.testkit.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.jar.JarOutputStream;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ClassScanTest {
    @Test
    void readsJarsToo(@TempDir Path folder) throws IOException {
        Path jar = folder.resolve("plugin.jar");
        String entry = BadToys.StartsThread.class.getName().replace('.', '/') + ".class";
        try (OutputStream file = Files.newOutputStream(jar);
                JarOutputStream out = new JarOutputStream(file);
                InputStream in = Objects.requireNonNull(
                        ClassScanTest.class.getClassLoader().getResourceAsStream(entry))) {
            out.putNextEntry(new ZipEntry(entry));
            in.transferTo(out);
            out.closeEntry();
        }

        assertThat(ClassScan.problems(jar, name -> true))
                .containsExactly(BadToys.StartsThread.class.getName() + " uses java.lang.Thread");
        assertThat(ClassScan.problems(jar, name -> false)).isEmpty();
    }

    @Test
    void findsNothingInOrdinaryCode() {
        List<String> problems = ClassScan.problems(
                SpeakingToy.class, name -> name.contains("SpeakingToy") && !name.contains("ConformanceTest"));

        assertThat(problems).isEmpty();
    }
}

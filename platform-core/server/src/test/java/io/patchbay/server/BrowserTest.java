package io.patchbay.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The web application in a real Chromium against the running server; the script is {@code admin-ui/e2e/chat.e2e.mjs}. */
final class BrowserTest {
    @TempDir
    private Path home;

    @Test
    void signsInChatsAndShowsTheConsole() throws IOException, InterruptedException {
        Optional<String> chromium = chromium();
        assumeTrue(chromium.isPresent(), "no Chromium on the path");
        Path ui = Path.of("../../admin-ui").toRealPath();
        try (TestServer server = TestServer.start(home)) {
            // Room in the balance, and a price for what the script chats with.
            server.client().signIn();
            File output = Files.createTempFile("browser", ".log").toFile();
            ProcessBuilder builder = new ProcessBuilder("node", "e2e/chat.e2e.mjs")
                    .directory(ui.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(output);
            builder.environment().put("BASE_URL", server.uri().toString());
            builder.environment().put("ROOT_PASSWORD", TestServer.PASSWORD);
            builder.environment().put("CHROMIUM", chromium.get());
            builder.environment()
                    .put("SHOTS", Path.of("target/screens").toAbsolutePath().toString());
            Process process = builder.start();
            boolean ended = process.waitFor(240, TimeUnit.SECONDS);
            if (!ended) {
                process.destroyForcibly();
            }
            String report = Files.readString(output.toPath());
            System.out.println(report);
            assertThat(ended && process.exitValue() == 0).as(report).isTrue();
        }
    }

    private static Optional<String> chromium() {
        return List.of("chromium", "chromium-browser", "google-chrome").stream()
                .flatMap(name -> List.of(System.getenv("PATH").split(File.pathSeparator)).stream()
                        .map(folder -> Path.of(folder, name)))
                .filter(Files::isExecutable)
                .map(Path::toString)
                .findFirst();
    }
}

package io.patchbay.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.testkit.upstream.OpenAiScripts;
import io.patchbay.testkit.upstream.ScriptedUpstream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A stop lets running answers end. */
final class GracefulStopTest {
    @TempDir
    private Path home;

    @Test
    void runningStreamsEndBeforeTheServerDoes() throws Exception {
        try (ScriptedUpstream upstream = ScriptedUpstream.start()) {
            upstream.on(
                    "POST",
                    "/v1/chat/completions",
                    OpenAiScripts.words("gpt-test", 60).paced(Duration.ofMillis(30)));
            TestServer server = TestServer.start(home, Map.of("SERVER_DRAIN_TIMEOUT", "20s"));
            String key = server.client().prepare(upstream.endpoint(), "gpt-test");
            try (LoadClient load = new LoadClient(server.uri(), key)) {
                CompletableFuture<LoadClient.Result> stream =
                        CompletableFuture.supplyAsync(() -> load.stream("gpt-test"));
                upstream.awaitReceived(1);
                server.close();
                assertThat(stream.get(30, TimeUnit.SECONDS).complete()).isTrue();
                assertThat(load.plain("gpt-test").complete()).isFalse();
            }
        }
    }
}

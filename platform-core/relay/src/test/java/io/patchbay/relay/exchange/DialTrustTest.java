package io.patchbay.relay.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.spi.Flow;
import io.patchbay.spi.Next;
import io.patchbay.spi.http.HttpRequest;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whom a dialled socket trusts. */
final class DialTrustTest {
    @TempDir
    private Path folder;

    /** Returns the first byte of the request, or -1 when none came. */
    private static int firstByte(SSLServerSocket server) {
        try (SSLSocket client = (SSLSocket) server.accept()) {
            return client.getInputStream().read();
        } catch (IOException e) {
            return -1;
        }
    }

    @Test
    void certificatesAreVerifiedBeforeAnythingIsSaid() throws Exception {
        try (SSLServerSocket server = SelfSigned.in(folder).listen();
                SocketBench bench = new SocketBench()) {
            CompletableFuture<Integer> heard = new CompletableFuture<>();
            Thread.ofVirtual().start(() -> heard.complete(firstByte(server)));
            HttpRequest handshake = HttpRequest.get("wss://127.0.0.1:" + server.getLocalPort() + "/?key=secret")
                    .build();
            Flow<String> flow = turn -> Next.dial(handshake, new SocketBench.Telling(turn));

            assertThat(bench.run(flow).end()).startsWith("RETRY/network").contains("SSL");
            assertThat(heard.orTimeout(20, TimeUnit.SECONDS).join()).isEqualTo(-1);
        }
    }
}

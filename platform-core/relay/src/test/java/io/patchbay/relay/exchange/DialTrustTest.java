package io.patchbay.relay.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.spi.Flow;
import io.patchbay.spi.Next;
import io.patchbay.spi.http.HttpRequest;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whom a dialled socket trusts. */
final class DialTrustTest {
    private static final String WORD = "changeit";

    @TempDir
    private Path folder;

    private SSLServerSocket server() throws Exception {
        Path store = folder.resolve("self-signed.p12");
        Process made = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        "self",
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=127.0.0.1",
                        "-ext",
                        "SAN=IP:127.0.0.1",
                        "-validity",
                        "2",
                        "-storetype",
                        "PKCS12",
                        "-keystore",
                        store.toString(),
                        "-storepass",
                        WORD)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("keytool.txt").toFile())
                .start();
        assertThat(made.waitFor(60, TimeUnit.SECONDS)).isTrue();
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(store)) {
            keys.load(in, WORD.toCharArray());
        }
        KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(keys, WORD.toCharArray());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), null, null);
        return (SSLServerSocket)
                context.getServerSocketFactory().createServerSocket(0, 5, InetAddress.getLoopbackAddress());
    }

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
        try (SSLServerSocket server = server();
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

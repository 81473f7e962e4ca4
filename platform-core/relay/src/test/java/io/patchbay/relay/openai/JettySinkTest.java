package io.patchbay.relay.openai;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.ee11.servlet.ServletContextHandler;
import org.eclipse.jetty.ee11.servlet.ServletHolder;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What follows a write that had to wait for its client. */
@Timeout(60)
final class JettySinkTest {
    /** More than the buffers of both ends of a connection hold. */
    private static final int MUCH = 32 * 1024 * 1024;

    private static final int SOON_MS = 20_000;

    private final CountDownLatch writing = new CountDownLatch(1);
    private final CountDownLatch following = new CountDownLatch(1);
    private final CountDownLatch mayEnd = new CountDownLatch(1);
    private final Server server = new Server();
    private final ServerConnector connector = new ServerConnector(server, 1, 1);

    @BeforeEach
    void start() throws Exception {
        connector.setHost("127.0.0.1");
        server.addConnector(connector);
        ServletContextHandler context = new ServletContextHandler();
        ServletHolder slow = new ServletHolder(new Slow());
        slow.setAsyncSupported(true);
        context.addServlet(slow, "/slow");
        context.addServlet(new ServletHolder(new Quick()), "/quick");
        server.setHandler(context);
        server.start();
    }

    @AfterEach
    void stop() throws Exception {
        mayEnd.countDown();
        server.stop();
    }

    @Test
    void whatFollowsAWriteThatHadToWaitDoesNotHoldUpOtherConnections() throws Exception {
        try (Socket slow = asking("/slow");
                Socket quick = asking("/quick")) {
            assertThat(writing.await(SOON_MS, TimeUnit.MILLISECONDS)).isTrue();
            assertThat(quick.getInputStream().readNBytes(12)).asString().isEqualTo("HTTP/1.1 204");
            assertThat(following.getCount()).as("the write waits").isEqualTo(1);
            InputStream answer = slow.getInputStream();
            while (following.getCount() > 0) {
                assertThat(answer.skip(64 * 1024)).isPositive();
            }

            for (int i = 0; i < 20; i++) {
                try (Socket next = asking("/quick")) {
                    assertThat(next.getInputStream().readNBytes(12)).asString().isEqualTo("HTTP/1.1 204");
                }
            }
            assertThat(mayEnd.getCount()).as("what follows is not over").isEqualTo(1);
        }
    }

    private Socket asking(String path) throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), connector.getLocalPort());
        socket.setSoTimeout(SOON_MS);
        socket.getOutputStream()
                .write("GET %s HTTP/1.1\r\nHost: test\r\n\r\n".formatted(path).getBytes(StandardCharsets.US_ASCII));
        return socket;
    }

    /** Writes much, and then does something that takes its time, as the code of a plugin may. */
    private final class Slow extends HttpServlet {
        private static final long serialVersionUID = 1;

        @Override
        protected void doGet(HttpServletRequest request, HttpServletResponse response) {
            request.startAsync();
            JettySink sink = new JettySink(request, Map.of());
            sink.head(200, Map.of());
            sink.write(ByteBuffer.allocate(MUCH), false, this::follow, following::countDown);
            writing.countDown();
        }

        private void follow() {
            following.countDown();
            try {
                mayEnd.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static final class Quick extends HttpServlet {
        private static final long serialVersionUID = 1;

        @Override
        protected void doGet(HttpServletRequest request, HttpServletResponse response) {
            response.setStatus(HttpServletResponse.SC_NO_CONTENT);
        }
    }
}

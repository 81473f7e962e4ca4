package io.patchbay.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.VirtualThreadPool;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

final class ServerThreadsTest {
    private static final int REQUESTS = 50;

    @Test
    @Timeout(30)
    void everyRequestOfAConnectionRunsOnAVirtualThread() throws Exception {
        List<Boolean> virtual = new CopyOnWriteArrayList<>();
        ServerThreads threads = new ServerThreads(8, 2);
        VirtualThreadPool requests = new VirtualThreadPool();
        threads.setVirtualThreadsExecutor(requests);
        Server server = new Server(threads);
        server.addBean(requests);
        ServerConnector connector = new ServerConnector(server, 1, 1);
        server.addConnector(connector);
        server.setHandler(new Handler.Abstract() {
            @Override
            public boolean handle(Request request, Response response, Callback callback) {
                virtual.add(Thread.currentThread().isVirtual());
                // The answer is finished by another thread, as a relayed one is.
                CompletableFuture.runAsync(() -> Content.Sink.write(response, true, "ok", callback));
                return true;
            }
        });
        server.start();
        try (HttpClient client =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
            URI uri = URI.create("http://localhost:" + connector.getLocalPort() + "/");
            for (int i = 0; i < REQUESTS; i++) {
                HttpResponse<String> answer =
                        client.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
                assertThat(answer.body()).isEqualTo("ok");
            }
        } finally {
            server.stop();
        }

        assertThat(virtual).hasSize(REQUESTS).doesNotContain(false);
    }
}

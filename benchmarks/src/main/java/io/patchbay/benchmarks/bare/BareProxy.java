package io.patchbay.benchmarks.bare;

import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.util.concurrent.CompletableFuture;
import org.eclipse.jetty.client.BufferingResponseListener;
import org.eclipse.jetty.client.BytesRequestContent;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.client.Result;
import org.eclipse.jetty.client.transport.HttpClientTransportOverHTTP;
import org.eclipse.jetty.ee11.servlet.ServletContextHandler;
import org.eclipse.jetty.ee11.servlet.ServletHolder;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.eclipse.jetty.util.thread.VirtualThreadPool;
import org.glassfish.jersey.server.ResourceConfig;
import org.glassfish.jersey.servlet.ServletContainer;

/**
 * A proxy for whole answers made of Jetty's server, Jersey and Jetty's client as Patchbay sets them up: the resource
 * runs on a virtual thread, reads the body, asks the upstream, waits and answers. No key is checked, nothing is read out
 * of the body, nothing is stored.
 */
public final class BareProxy {
    private static final int LONGEST_ANSWER = 1024 * 1024;
    private static final int CONNECTIONS = 1_024;

    private BareProxy() {}

    /** Listens on a free port; {@code arguments} is the upstream's address with the path. */
    public static void main(String[] arguments) throws Exception {
        if (arguments.length != 1) {
            System.err.println("expected the address of the upstream");
            System.exit(2);
        }
        HttpClient client = new HttpClient(new HttpClientTransportOverHTTP(1));
        client.setMaxConnectionsPerDestination(CONNECTIONS);
        client.setMaxRequestsQueuedPerDestination(CONNECTIONS);
        client.start();

        QueuedThreadPool threads = new QueuedThreadPool(200, 4);
        VirtualThreadPool virtual = new VirtualThreadPool();
        virtual.setMaxConcurrentTasks(10 * CONNECTIONS);
        threads.setVirtualThreadsExecutor(virtual);
        Server server = new Server(threads);
        server.addBean(virtual);
        HttpConfiguration http = new HttpConfiguration();
        http.setSendServerVersion(false);
        http.setSendDateHeader(false);
        ServerConnector connector = new ServerConnector(server, 1, 1, new HttpConnectionFactory(http));
        connector.setHost("127.0.0.1");
        server.addConnector(connector);
        ServletContextHandler context = new ServletContextHandler();
        ServletHolder holder = new ServletHolder(
                new ServletContainer(new ResourceConfig().register(new Forwarding(client, URI.create(arguments[0])))));
        holder.setAsyncSupported(true);
        context.addServlet(holder, "/*");
        server.setHandler(context);
        server.start();
        System.out.println("listening on http://127.0.0.1:" + connector.getLocalPort());
        System.out.flush();
    }

    /** Asks the upstream what it is asked. */
    @Path("/v1/chat/completions")
    public static final class Forwarding {
        private final HttpClient client;
        private final URI upstream;

        Forwarding(HttpClient client, URI upstream) {
            this.client = client;
            this.upstream = upstream;
        }

        /** Returns the upstream's answer. */
        @POST
        @Consumes(MediaType.APPLICATION_JSON)
        public Response forward(byte[] body) {
            CompletableFuture<Response> answer = new CompletableFuture<>();
            client.POST(upstream)
                    .body(new BytesRequestContent(MediaType.APPLICATION_JSON, body))
                    .send(new BufferingResponseListener(LONGEST_ANSWER) {
                        @Override
                        public void onComplete(Result result) {
                            if (result.isFailed()) {
                                answer.completeExceptionally(result.getFailure());
                            } else {
                                answer.complete(
                                        Response.status(result.getResponse().getStatus())
                                                .type(MediaType.APPLICATION_JSON_TYPE)
                                                .entity(getContent())
                                                .build());
                            }
                        }
                    });
            return answer.join();
        }
    }
}

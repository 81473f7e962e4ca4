package io.patchbay.server.http;

import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.patchbay.foundation.config.LimitsConfig;
import io.patchbay.foundation.config.ServerConfig;
import io.patchbay.foundation.request.ClientAddress;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.Servlet;
import jakarta.websocket.server.ServerEndpointConfig;
import java.net.URI;
import java.util.EnumSet;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.ee11.servlet.FilterHolder;
import org.eclipse.jetty.ee11.servlet.ServletContextHandler;
import org.eclipse.jetty.ee11.servlet.ServletHolder;
import org.eclipse.jetty.ee11.websocket.jakarta.server.config.JakartaWebSocketServletContainerInitializer;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.GracefulHandler;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.eclipse.jetty.util.thread.VirtualThreadPool;
import org.glassfish.jersey.server.ResourceConfig;
import org.glassfish.jersey.servlet.ServletContainer;

/**
 * Jetty with two Jersey applications, WebSocket endpoints, health and static files. Requests run on virtual threads, as
 * many at once as {@code MAX_TASKS} says; selectors and non-blocking writes run on a few platform threads.
 */
public final class HttpServer implements AutoCloseable {
    /** The request property that holds the address of the other end of the connection. */
    public static final String PEER = PageHeadersFilter.PEER;

    private static final int MAX_TASKS = 4_096;
    private static final int SOCKET_TEXT = 1024 * 1024;
    private static final long SOCKET_IDLE_MS = TimeUnit.MINUTES.toMillis(5);

    private final Server server;
    private final ServerConnector connector;

    private HttpServer(Server server, ServerConnector connector) {
        this.server = server;
        this.connector = connector;
    }

    /**
     * What is served.
     *
     * @param api everything below {@code /api} but the model routes
     * @param relay the model routes, at {@code /v1} and {@code /api/v1}
     */
    public record Content(
            ResourceConfig api,
            ResourceConfig relay,
            List<ServerEndpointConfig> sockets,
            Health health,
            PrometheusMeterRegistry metrics) {}

    /**
     * Starts to serve.
     *
     * @throws java.io.IOException when the port cannot be had
     */
    public static HttpServer start(ServerConfig config, LimitsConfig limits, Content content) throws Exception {
        QueuedThreadPool threads = new ServerThreads(200, 4);
        threads.setName("http");
        VirtualThreadPool virtual = new VirtualThreadPool();
        virtual.setMaxConcurrentTasks(MAX_TASKS);
        virtual.setName("request");
        threads.setVirtualThreadsExecutor(virtual);
        Server server = new Server(threads);
        server.addBean(virtual);
        server.setStopTimeout(config.drainTimeout().toMillis());

        HttpConfiguration http = new HttpConfiguration();
        http.setSendServerVersion(false);
        http.setSendDateHeader(false);
        http.setRequestHeaderSize(32 * 1024);
        ServerConnector connector = new ServerConnector(server, 1, 1, new HttpConnectionFactory(http));
        connector.setHost(config.host());
        connector.setPort(config.port());
        connector.setAcceptQueueSize(1_024);
        // Streams are kept alive by heartbeats; this only ends connections nobody uses.
        connector.setIdleTimeout(TimeUnit.MINUTES.toMillis(2));
        server.addConnector(connector);
        server.addBean(new NetworkConnectionLimit(limits.connections(), connector));

        ServletContextHandler context = new ServletContextHandler();
        context.setContextPath("/");
        context.setErrorHandler(new JsonErrors());
        filter(context, new UnreadBodyFilter());
        filter(context, new PageHeadersFilter());
        filter(context, new ApiBoundsFilter(new ClientAddress(config.trustedProxies()), limits.apiRequests()));
        filter(context, new OriginFilter(new Origins(config.allowOrigins())));
        servlet(context, new ServletContainer(content.relay()), "relay", "/v1/*", "/api/v1/*");
        servlet(context, new ServletContainer(content.api()), "api", "/api/*");
        servlet(
                context,
                new OperationsServlet(content.health(), content.metrics()),
                "operations",
                "/healthz",
                "/readyz",
                "/metrics");
        servlet(context, new StaticFiles(config.serveStatic()), "static", "/");
        JakartaWebSocketServletContainerInitializer.configure(context, (servlets, container) -> {
            container.setDefaultMaxTextMessageBufferSize(SOCKET_TEXT);
            container.setDefaultMaxSessionIdleTimeout(SOCKET_IDLE_MS);
            for (ServerEndpointConfig socket : content.sockets()) {
                container.addEndpoint(socket);
            }
        });

        GracefulHandler graceful = new GracefulHandler(context);
        server.setHandler(graceful);
        server.setErrorHandler(new JsonErrors());
        server.start();
        return new HttpServer(server, connector);
    }

    private static void filter(ServletContextHandler context, Filter filter) {
        FilterHolder holder = new FilterHolder(filter);
        holder.setAsyncSupported(true);
        context.addFilter(holder, "/*", EnumSet.of(DispatcherType.REQUEST));
    }

    private static void servlet(ServletContextHandler context, Servlet servlet, String name, String... paths) {
        ServletHolder holder = new ServletHolder(name, servlet);
        holder.setAsyncSupported(true);
        holder.setInitOrder(1);
        for (String path : paths) {
            context.addServlet(holder, path);
        }
    }

    /** Returns the port that is listened on. */
    public int port() {
        return connector.getLocalPort();
    }

    /** Returns the address for people on this machine. */
    public URI uri() {
        return URI.create("http://localhost:" + port() + "/");
    }

    /** Takes no new connections, waits for running answers up to the drain time-out, then stops. */
    @Override
    public void close() throws Exception {
        server.stop();
    }
}

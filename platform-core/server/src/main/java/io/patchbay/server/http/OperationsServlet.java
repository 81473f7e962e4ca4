package io.patchbay.server.http;

import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.patchbay.foundation.json.Json;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** {@code /healthz}, {@code /readyz} and {@code /metrics}. */
final class OperationsServlet extends HttpServlet {
    private static final long serialVersionUID = 1L;

    private final transient Health health;
    private final transient PrometheusMeterRegistry metrics;

    OperationsServlet(Health health, PrometheusMeterRegistry metrics) {
        this.health = health;
        this.metrics = metrics;
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.setHeader("Cache-Control", "no-store");
        switch (request.getServletPath()) {
            case "/healthz" -> answer(response, 200, "text/plain; charset=utf-8", "ok\n");
            case "/readyz" -> {
                Map<String, Boolean> results = health.results();
                boolean ready = !results.containsValue(false);
                answer(
                        response,
                        ready ? 200 : 503,
                        "application/json; charset=utf-8",
                        Json.write(Map.of("ready", ready, "checks", results)));
            }
            default -> answer(response, 200, "text/plain; version=0.0.4; charset=utf-8", metrics.scrape());
        }
    }

    private static void answer(HttpServletResponse response, int status, String type, String text) throws IOException {
        response.setStatus(status);
        response.setContentType(type);
        response.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
    }
}

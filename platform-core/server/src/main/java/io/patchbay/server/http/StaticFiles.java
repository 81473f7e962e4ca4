package io.patchbay.server.http;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Serves the web application from the class path. An address that is no file gets the application's page, which routes
 * by itself; below {@code /api}, {@code /v1} and the like an unknown address is a JSON 404 instead.
 */
final class StaticFiles extends HttpServlet {
    private static final long serialVersionUID = 1L;
    private static final String FOLDER = "META-INF/resources/ui";
    private static final String INDEX = "/index.html";
    private static final Map<String, String> TYPES = Map.ofEntries(
            Map.entry("html", "text/html; charset=utf-8"),
            Map.entry("js", "text/javascript; charset=utf-8"),
            Map.entry("css", "text/css; charset=utf-8"),
            Map.entry("json", "application/json; charset=utf-8"),
            Map.entry("webmanifest", "application/manifest+json; charset=utf-8"),
            Map.entry("svg", "image/svg+xml"),
            Map.entry("png", "image/png"),
            Map.entry("ico", "image/x-icon"),
            Map.entry("woff2", "font/woff2"),
            Map.entry("txt", "text/plain; charset=utf-8"),
            Map.entry("map", "application/json"));

    /** The application is some hundred small files; they are read once. */
    private final transient Cache<String, Optional<byte[]>> files =
            Caffeine.newBuilder().maximumSize(1_000).build();

    private final boolean serving;

    StaticFiles(boolean serving) {
        this.serving = serving;
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        String path = request.getRequestURI();
        if (!serving || isProgramPath(path)) {
            notFound(response);
            return;
        }
        byte[] file = path.equals("/") ? null : file(path);
        boolean hashed = path.startsWith("/assets/");
        if (file == null && hashed) {
            notFound(response);
            return;
        }
        String name = file == null ? INDEX : path;
        byte[] content = file == null ? file(INDEX) : file;
        if (content == null) {
            plain(response, 503, "The web application is not part of this build. Build it with ./run or ./test.");
            return;
        }
        response.setContentType(type(name));
        response.setHeader("Cache-Control", hashed ? "public, max-age=31536000, immutable" : "no-cache");
        response.setContentLength(content.length);
        response.getOutputStream().write(content);
    }

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
        notFound(response);
    }

    private byte @Nullable [] file(String path) {
        // Only names the build can have made: nothing that climbs, nothing hidden.
        if (!path.matches("(/[A-Za-z0-9_][A-Za-z0-9_.@-]*)+")) {
            return null;
        }
        return files.get(path, StaticFiles::load).orElse(null);
    }

    private static Optional<byte[]> load(String path) {
        try (InputStream in = StaticFiles.class.getClassLoader().getResourceAsStream(FOLDER + path)) {
            return in == null ? Optional.empty() : Optional.of(in.readAllBytes());
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static String type(String name) {
        String extension = name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
        return TYPES.getOrDefault(extension, "application/octet-stream");
    }

    private static boolean isProgramPath(String path) {
        return path.startsWith("/api/")
                || path.equals("/api")
                || path.startsWith("/v1/")
                || path.equals("/v1")
                || path.startsWith("/mj/")
                || path.startsWith("/attachments/");
    }

    private static void notFound(HttpServletResponse response) throws IOException {
        response.setStatus(404);
        byte[] body =
                "{\"status\":false,\"error\":\"not found or method not allowed\",\"message\":\"not found or method not allowed\"}"
                        .getBytes(StandardCharsets.UTF_8);
        response.setContentType("application/json; charset=utf-8");
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
    }

    private static void plain(HttpServletResponse response, int status, String text) throws IOException {
        response.setStatus(status);
        response.setContentType("text/plain; charset=utf-8");
        response.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
    }
}

package io.patchbay.benchmarks.site;

import io.patchbay.benchmarks.process.Ports;
import io.patchbay.benchmarks.process.Program;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** nginx as a reverse proxy in front of the upstream, with a configuration and a folder of its own. */
public final class Nginx implements AutoCloseable {
    private static final String CONFIG = """
            daemon off;
            %s
            worker_processes auto;
            worker_rlimit_nofile 32768;
            pid nginx.pid;
            error_log stderr error;
            events {
                worker_connections 8192;
            }
            http {
                access_log off;
                client_body_temp_path body;
                proxy_temp_path proxy;
                fastcgi_temp_path fastcgi;
                uwsgi_temp_path uwsgi;
                scgi_temp_path scgi;
                keepalive_requests 1000000;
                client_max_body_size 32m;
                client_body_buffer_size 1m;
                tcp_nodelay on;
                upstream vendor {
                    server 127.0.0.1:%d;
                    keepalive 128;
                    keepalive_requests 1000000;
                }
                server {
                    listen 127.0.0.1:%d backlog=4096;
                    location / {
                        proxy_pass http://vendor;
                        proxy_http_version 1.1;
                        proxy_set_header Connection "";
                        proxy_read_timeout 120s;
                    }
                    location /stream/ {
                        proxy_pass http://vendor;
                        proxy_http_version 1.1;
                        proxy_set_header Connection "";
                        proxy_read_timeout 120s;
                        proxy_buffering off;
                    }
                }
            }
            """;

    private final Program program;
    private final URI uri;

    private Nginx(Program program, URI uri) {
        this.program = program;
        this.uri = uri;
    }

    /** Finds the program on the path, or where Debian puts it. */
    public static Optional<Path> find() {
        String path = System.getenv().getOrDefault("PATH", "") + File.pathSeparator + "/usr/sbin";
        return Arrays.stream(path.split(File.pathSeparator))
                .map(folder -> Path.of(folder, "nginx"))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /** Starts it on a free port in front of the upstream at that port. */
    public static Nginx start(Path executable, Path folder, int upstreamPort) {
        int port = Ports.free();
        Path config = folder.resolve("nginx.conf");
        try {
            Files.createDirectories(folder);
            // Without a user to change to, root would give its workers away to one that may not use the folder.
            String user = "root".equals(System.getProperty("user.name")) ? "user root;" : "";
            Files.writeString(config, CONFIG.formatted(user, upstreamPort, port), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Program program = Program.start(
                "nginx",
                folder.resolve("nginx.log"),
                Map.of(),
                List.of(executable.toString(), "-e", "stderr", "-p", folder.toString(), "-c", config.toString()));
        try {
            program.await(() -> Ports.listening(port), Duration.ofSeconds(10));
        } catch (IllegalStateException e) {
            program.close();
            throw e;
        }
        return new Nginx(program, URI.create("http://127.0.0.1:" + port));
    }

    /** Returns what {@code nginx -v} says. */
    public static String version(Path executable) {
        try {
            Process process = new ProcessBuilder(executable.toString(), "-v")
                    .redirectErrorStream(true)
                    .start();
            String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return text.strip().replace("nginx version: ", "");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns its address. */
    public URI uri() {
        return uri;
    }

    /** Returns its process; the workers are below it. */
    public Program program() {
        return program;
    }

    @Override
    public void close() {
        program.close();
    }
}

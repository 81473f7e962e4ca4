package io.patchbay.kernel.admin;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.patchbay.foundation.json.Json;
import io.patchbay.foundation.problem.ProblemMapper;
import io.patchbay.kernel.JarForge;
import io.patchbay.kernel.Lease;
import io.patchbay.kernel.PluginKernel;
import io.patchbay.kernel.Workbench;
import io.patchbay.spi.ChannelType;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.jetty.ee11.servlet.ServletContextHandler;
import org.eclipse.jetty.ee11.servlet.ServletHolder;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.glassfish.jersey.media.multipart.MultiPartFeature;
import org.glassfish.jersey.server.ResourceConfig;
import org.glassfish.jersey.servlet.ServletContainer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The resource behind the servlet container that serves it in production. */
final class PluginResourceTest {
    private static final byte[] ONE = JarForge.channelType("acme", "1.0.0").bundle();
    private static final byte[] TWO = JarForge.channelType("acme", "2.0.0").bundle();

    private final Workbench bench = new Workbench();
    private final PluginKernel kernel = bench.start();
    private final HttpClient client = HttpClient.newHttpClient();
    private final Server server = new Server();
    private URI root = URI.create("http://localhost");

    @BeforeEach
    void serve() throws Exception {
        ResourceConfig application = new ResourceConfig()
                .registerInstances(new PluginResource(kernel, Duration.ofMillis(200)))
                .register(MultiPartFeature.class)
                .register(ProblemMapper.class);
        ServletContextHandler context = new ServletContextHandler("/");
        ServletHolder holder = new ServletHolder(new ServletContainer(application));
        holder.setAsyncSupported(true);
        context.addServlet(holder, "/api/*");
        ServerConnector connector = new ServerConnector(server);
        connector.setHost("127.0.0.1");
        server.addConnector(connector);
        server.setHandler(context);
        server.start();
        root = URI.create("http://127.0.0.1:" + connector.getLocalPort() + "/api/admin/plugins/");
    }

    @AfterEach
    void stop() throws Exception {
        client.close();
        server.stop();
        kernel.close();
        bench.close();
    }

    private HttpResponse<String> send(String method, String path) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(root.resolve(path))
                .method(method, HttpRequest.BodyPublishers.noBody())
                .build();
        return client.send(request, HttpResponse.BodyHandlers.ofString());
    }

    private HttpResponse<String> upload(String part, byte[] jar) throws IOException, InterruptedException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        body.writeBytes(("--cut\r\nContent-Disposition: form-data; name=\"" + part
                        + "\"; filename=\"..\\\\..\\\\acme.jar\"\r\nContent-Type: application/java-archive\r\n\r\n")
                .getBytes(StandardCharsets.UTF_8));
        body.writeBytes(jar);
        body.writeBytes("\r\n--cut--\r\n".getBytes(StandardCharsets.UTF_8));
        HttpRequest request = HttpRequest.newBuilder(root.resolve("../plugins"))
                .header("Content-Type", "multipart/form-data; boundary=cut")
                .POST(HttpRequest.BodyPublishers.ofByteArray(body.toByteArray()))
                .build();
        return client.send(request, HttpResponse.BodyHandlers.ofString());
    }

    private static JsonNode json(HttpResponse<String> response) throws IOException {
        return Json.mapper().readTree(response.body());
    }

    @Test
    void uploadsInstallAndThenUpdateInPlace() throws Exception {
        HttpResponse<String> added = upload("file", ONE);
        assertThat(added.statusCode()).isEqualTo(201);
        assertThat(json(added).at("/observed/state").asText()).isEqualTo("ACTIVE");
        assertThat(json(added).at("/provides/0/id").asText()).isEqualTo("acme");

        try (Lease<ChannelType> call = kernel.channelTypes().lease("acme").orElseThrow()) {
            HttpResponse<String> updated = upload("file", TWO);
            assertThat(updated.statusCode()).isEqualTo(200);
            assertThat(call.service()).hasToString("1.0.0");
            JsonNode plugin = json(send("GET", "acme"));
            assertThat(plugin.at("/desired/version").asText()).isEqualTo("2.0.0");
            assertThat(plugin.at("/desired/previousVersion").asText()).isEqualTo("1.0.0");
            assertThat(plugin.at("/draining/0/version").asText()).isEqualTo("1.0.0");
            assertThat(plugin.at("/draining/0/leases").asInt()).isEqualTo(1);
            assertThat(plugin.at("/draining/0/since").asText()).endsWith("Z");
            assertThat(json(send("POST", "acme/undo")).at("/observed/version").asText())
                    .isEqualTo("1.0.0");
        }
        assertThat(json(send("POST", "acme/rollback")).at("/observed/version").asText())
                .isEqualTo("2.0.0");
        assertThat(upload("file", TWO).statusCode()).isEqualTo(200);
        assertThat(json(send("GET", "../plugins")).size()).isEqualTo(1);
    }

    @Test
    void aJarThatCannotRunIsAProblemWithItsReason() throws Exception {
        HttpResponse<String> refused =
                upload("file", JarForge.plugin("bad", "1.0.0").plain());

        assertThat(refused.statusCode()).isEqualTo(422);
        assertThat(refused.headers().firstValue("Content-Type").orElse("")).startsWith("application/problem+json");
        assertThat(json(refused).path("reason").asText()).isEqualTo("NO_SERVICE");
        assertThat(json(refused).path("detail").asText()).contains("bad 1.0.0 offers no service");
        HttpResponse<String> junk = upload("file", "junk".getBytes(StandardCharsets.UTF_8));
        assertThat(junk.statusCode()).isEqualTo(422);
        assertThat(json(junk).path("detail").asText()).startsWith("acme.jar is no readable jar");
        assertThat(upload("other", ONE).statusCode()).isEqualTo(400);
        assertThat(json(send("GET", "../plugins")).size()).isZero();
    }

    @Test
    void changesThatMakeNoSenseAreConflictsOrUnknown() throws Exception {
        upload("file", ONE);

        assertThat(send("POST", "acme/undo").statusCode()).isEqualTo(409);
        assertThat(json(send("POST", "acme/rollback")).path("reason").asText()).isEqualTo("NOTHING_TO_ROLL_BACK");
        for (String path : List.of("nobody/enable", "nobody/disable", "nobody/undo")) {
            assertThat(send("POST", path).statusCode()).isEqualTo(404);
        }
        assertThat(send("DELETE", "nobody").statusCode()).isEqualTo(404);
        assertThat(send("GET", "nobody").statusCode()).isEqualTo(404);
    }

    @Test
    void switchesAndRemoves() throws Exception {
        upload("file", ONE);

        JsonNode disabled = json(send("POST", "acme/disable"));
        assertThat(disabled.at("/desired/enabled").asBoolean()).isFalse();
        assertThat(Workbench.ask(kernel, "acme")).isNull();
        assertThat(json(send("POST", "acme/enable")).at("/observed/state").asText())
                .isEqualTo("ACTIVE");
        assertThat(send("DELETE", "acme").statusCode()).isEqualTo(204);
        assertThat(Workbench.ask(kernel, "acme")).isNull();
    }

    @Test
    void eventsAreStreamedWithHeartbeatsUntilTheKernelCloses() throws Exception {
        upload("file", ONE);
        HttpRequest request = HttpRequest.newBuilder(root.resolve("events"))
                .header("Accept", "text/event-stream")
                .header("Last-Event-ID", "1")
                .build();
        HttpResponse<InputStream> response = client.send(request, HttpResponse.BodyHandlers.ofInputStream());
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValue("Content-Type").orElse("")).startsWith("text/event-stream");
        List<String> lines = new ArrayList<>();
        try (BufferedReader reader =
                new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8))) {
            readUntil(reader, lines, "event: started");
            assertThat(lines).noneMatch("id: 1"::equals).contains("event: resolved");
            readUntil(reader, lines, "heartbeat");
            upload("file", TWO);
            readUntil(reader, lines, "event: replaced");
            kernel.close();
            while (reader.readLine() != null) {
                // To the end of the stream.
            }
        }
        assertThat(lines).anyMatch(line -> line.startsWith("data: {") && line.contains("\"plugin\":\"acme\""));
    }

    private static void readUntil(BufferedReader reader, List<String> lines, String wanted) throws IOException {
        String line;
        do {
            line = reader.readLine();
            assertThat(line).isNotNull();
            lines.add(line);
        } while (!line.contains(wanted));
    }
}

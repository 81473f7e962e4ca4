package io.patchbay.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchbay.billing.ledger.LedgerAudit;
import io.patchbay.foundation.json.Json;
import io.patchbay.server.TestServer.Client.Reply;
import io.patchbay.server.vendor.Vendor;
import io.patchbay.server.vendor.Vendors;
import io.patchbay.testkit.upstream.ScriptedUpstream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every provider plugin, installed into one running server: a plain and a streamed chat against a script of that very
 * vendor's protocol over a real socket, and a wrong key, which costs nothing and is told to nobody.
 */
final class ProvidersTest {
    @TempDir
    private static Path home;

    @TempDir
    private static Path empty;

    private static TestServer server;
    private static String key;

    @BeforeAll
    static void start() {
        server = TestServer.start(home, Map.of("PATCHBAY_BUNDLED_PLUGINS", empty.toString()));
        server.client().signIn();
        key = server.client().apiKey();
    }

    @BeforeEach
    void nothingRests() {
        server.client().mend();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    /** Returns the jar of a plugin this build made. */
    private static Path jar(String plugin) {
        return Path.of(System.getProperty("patchbay.test.providers", "target/provider-plugins"))
                .resolve("patchbay-plugin-" + plugin + ".jar");
    }

    @Test
    void everyPluginOfTheBuildHasAVendor() throws Exception {
        List<String> without = new ArrayList<>();
        try (Stream<Path> jars = Files.list(jar("x").getParent())) {
            for (Path file : jars.toList()) {
                String plugin = file.getFileName().toString().replaceAll("patchbay-plugin-|\\.jar", "");
                if (Vendors.all().stream().noneMatch(vendor -> vendor.plugin().equals(plugin))) {
                    without.add(plugin);
                }
            }
        }
        assertThat(without).containsExactly("sandbox");
    }

    /** A vendor whose chat never ends fails by itself, instead of holding up all others. */
    @TestFactory
    Stream<DynamicTest> answersByTheVendorsOwnProtocol() {
        return Vendors.all().stream()
                .map(vendor -> DynamicTest.dynamicTest(
                        vendor.type() + " of " + vendor.plugin(),
                        () -> assertTimeoutPreemptively(Duration.ofSeconds(30), () -> run(vendor))));
    }

    private void run(Vendor vendor) {
        String installed = "/api/admin/plugins/" + vendor.plugin();
        Reply upload = server.client().upload(jar(vendor.plugin()));
        assertThat(upload.status()).as(upload.body()).isLessThan(300);
        try (ScriptedUpstream upstream = ScriptedUpstream.start()) {
            upstream.otherwise(vendor::answer);
            server.client().price(vendor.model());
            long channel = channel(vendor, upstream, vendor.secret());
            answers(vendor, false);
            answers(vendor, true);
            remove(channel);
            if (!vendor.secret().isEmpty()) {
                long wrong = channel(vendor, upstream, spoiled(vendor.secret()));
                costsNothing(vendor);
                remove(wrong);
            }
        }
        assertThat(new LedgerAudit(server.patchbay().parts().database()).violations())
                .isEmpty();
        assertThat(server.client()
                        .send("DELETE", installed, null, server.client().session())
                        .status())
                .isLessThan(300);
    }

    private static long channel(Vendor vendor, ScriptedUpstream upstream, String secret) {
        ObjectNode form = Json.mapper().createObjectNode();
        form.put("name", vendor.plugin()).put("type", vendor.type()).put("endpoint", vendor.endpoint(upstream.uri()));
        form.put("secret", secret)
                .put("retry", 1)
                .put("state", true)
                .put("weight", 1)
                .put("priority", 0);
        form.put("mapper", "");
        form.withArray("models").add(vendor.model());
        vendor.options().forEach((name, value) -> form.set(name, Json.mapper().valueToTree(value)));
        JsonNode answer = server.client().post("/api/admin/channel/create", form);
        assertThat(answer.path("status").asBoolean()).as(answer.toString()).isTrue();
        return answer.path("id").asLong();
    }

    private static void remove(long channel) {
        server.client().get("/api/admin/channel/delete/" + channel);
    }

    /** Returns a credential whose every part is another one. */
    private static String spoiled(String secret) {
        return new StringBuilder(secret.replaceAll("[A-Za-z]", "Q")).toString();
    }

    private static Reply chat(Vendor vendor, boolean stream) {
        ObjectNode body =
                Json.mapper().createObjectNode().put("model", vendor.model()).put("stream", stream);
        body.putArray("messages").addObject().put("role", "user").put("content", "Hello");
        if (stream) {
            body.putObject("stream_options").put("include_usage", true);
        }
        return server.client().send("POST", "/v1/chat/completions", body.toString(), key);
    }

    private static void answers(Vendor vendor, boolean stream) {
        Reply reply = chat(vendor, stream);
        assertThat(reply.status()).as(reply.body()).isEqualTo(200);
        StringBuilder text = new StringBuilder();
        JsonNode usage = stream ? null : reply.json().path("usage");
        if (stream) {
            assertThat(reply.body()).endsWith("data: [DONE]\n\n");
            for (String line : reply.body().split("\n")) {
                if (line.startsWith("data: {")) {
                    JsonNode chunk = json(line.substring("data: ".length()));
                    text.append(chunk.at("/choices/0/delta/content").asText(""));
                    usage = chunk.hasNonNull("usage") ? chunk.path("usage") : usage;
                }
            }
        } else {
            text.append(reply.json().at("/choices/0/message/content").asText());
        }
        assertThat(text.toString()).contains(vendor.expected());
        long[] tokens = vendor.usage();
        if (tokens.length == 2) {
            assertThat(usage).isNotNull();
            assertThat(usage.path("prompt_tokens").asLong()).isEqualTo(tokens[0]);
            assertThat(usage.path("completion_tokens").asLong()).isEqualTo(tokens[1]);
        }
    }

    private static JsonNode json(String text) {
        try {
            return Json.mapper().readTree(text);
        } catch (JsonProcessingException e) {
            throw new AssertionError("no JSON: " + text, e);
        }
    }

    private static void costsNothing(Vendor vendor) {
        long before = server.patchbay().parts().ledger().balance(1).owned();
        Reply reply = chat(vendor, false);
        assertThat(reply.status()).as(reply.body()).isGreaterThanOrEqualTo(400);
        for (String part : spoiled(vendor.secret()).split("\\|")) {
            if (part.length() > 5) {
                assertThat(reply.body()).doesNotContain(part);
            }
        }
        assertThat(server.patchbay().parts().ledger().balance(1).owned()).isEqualTo(before);
    }
}

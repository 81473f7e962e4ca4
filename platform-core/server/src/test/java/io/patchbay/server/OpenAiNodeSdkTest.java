package io.patchbay.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.spi.chat.ChatMessage.ToolCall;
import io.patchbay.testkit.upstream.OpenAiScripts;
import io.patchbay.testkit.upstream.ReceivedRequest;
import io.patchbay.testkit.upstream.Script;
import io.patchbay.testkit.upstream.ScriptedUpstream;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** OpenAI's own SDK for Node, unmodified, against the running server; the cases are in {@code src/test/node}. */
final class OpenAiNodeSdkTest {
    private static final Path SUITE = Path.of("src/test/node");

    @TempDir
    private Path folder;

    @Test
    void nodeSdkRuns() throws Exception {
        Path suite = Files.createDirectories(Path.of("target/node-sdk"));
        for (String file : new String[] {"package.json", "package-lock.json", ".npmrc", "sdk.test.mjs"}) {
            Files.copy(SUITE.resolve(file), suite.resolve(file), StandardCopyOption.REPLACE_EXISTING);
        }
        if (!Files.isDirectory(suite.resolve("node_modules/openai"))) {
            run(suite, Map.of(), "npm", "ci", "--no-audit", "--no-fund", "--silent");
        }
        try (ScriptedUpstream upstream = ScriptedUpstream.start();
                TestServer server = TestServer.start(folder)) {
            upstream.on("POST", "/v1/chat/completions", OpenAiNodeSdkTest::answer);
            String key = server.client()
                    .prepare(
                            upstream.endpoint(),
                            "gpt-test",
                            "gpt-tools",
                            "gpt-vision",
                            "gpt-long",
                            "gpt-busy",
                            "gpt-broken",
                            "gpt-slow");
            String report = run(
                    suite,
                    Map.of("PATCHBAY_URL", server.uri().toString(), "PATCHBAY_KEY", key),
                    "node",
                    "--test",
                    "sdk.test.mjs");
            assertThat(report).contains("fail 0");
            upstream.awaitCancelled(1);
        }
    }

    private static Script answer(ReceivedRequest request) {
        String model = String.valueOf(request.json().string("model"));
        return switch (model) {
            case "gpt-tools" ->
                OpenAiScripts.tools(
                                model,
                                new ToolCall("call_a", "get_weather", "{\"city\":\"Oslo\"}"),
                                new ToolCall("call_b", "get_weather", "{\"city\":\"Rome\"}"))
                        .apply(request);
            case "gpt-vision" -> OpenAiScripts.vision(model).apply(request);
            case "gpt-long" -> OpenAiScripts.error(400, "invalid_request_error", "context_length_exceeded", "too long");
            case "gpt-busy" -> OpenAiScripts.error(429, "requests", "rate_limit_exceeded", "slow down");
            case "gpt-broken" -> OpenAiScripts.words(model, 20).apply(request).cutAt(900);
            case "gpt-slow" ->
                OpenAiScripts.words(model, 1_000).paced(Duration.ofMillis(10)).apply(request);
            default -> OpenAiScripts.text(model, "Hel", "lo").usage(7, 2).apply(request);
        };
    }

    private static String run(Path folder, Map<String, String> environment, String... command)
            throws IOException, InterruptedException {
        File output = Files.createTempFile("node", ".log").toFile();
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output);
        builder.environment().putAll(environment);
        Process process = builder.start();
        boolean ended = process.waitFor(180, TimeUnit.SECONDS);
        if (!ended) {
            process.destroyForcibly();
        }
        String report = Files.readString(output.toPath(), StandardCharsets.UTF_8);
        assertThat(ended && process.exitValue() == 0).as(report).isTrue();
        return report;
    }
}

package io.patchbay.foundation.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.LoggerContext;
import io.patchbay.foundation.config.LogConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

final class LoggingTest {
    @TempDir
    private Path home;

    @AfterEach
    void backToTheConsole() {
        LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
        context.reset();
        new EarlyLogging().configure(context);
    }

    @Test
    void linesGoToTheFileAtTheirLevel() throws IOException {
        Logging.configure(home, new LogConfig(false, "DEBUG"));
        try (var request = LogContext.request("01R");
                var user = LogContext.user(7)) {
            LoggerFactory.getLogger("io.patchbay.Some").debug("a detail");
            LoggerFactory.getLogger("org.other.Some").debug("not this");
            LoggerFactory.getLogger("org.other.Some").info("but this");
        }
        Logging.close();
        assertThat(Files.readAllLines(home.resolve("logs").resolve("patchbay.log")))
                .hasSize(2)
                .satisfies(lines -> {
                    assertThat(lines.get(0)).endsWith("DEBUG Some request=01R user=7: a detail");
                    assertThat(lines.get(1)).endsWith("INFO  Some request=01R user=7: but this");
                });
    }

    @Test
    void fullFilesMoveUp() throws IOException {
        Logging.configure(home, new LogConfig(false, "INFO"));
        String text = "x".repeat(1024 * 1024);
        Path moved = home.resolve("logs").resolve("patchbay.1.log");
        await().pollInterval(Duration.ofMillis(50))
                .atMost(Duration.ofSeconds(20))
                .until(() -> {
                    LoggerFactory.getLogger("io.patchbay.Some").info("{}", text);
                    return Files.exists(moved);
                });
        Logging.close();
        assertThat(Files.size(moved)).isGreaterThan(9L * 1024 * 1024);
        assertThat(Files.size(home.resolve("logs").resolve("patchbay.log"))).isLessThan(9L * 1024 * 1024);
    }

    @Test
    void contextEndsWithItsBlock() {
        assertThat(LogContext.requestId()).isEmpty();
        try (var outer = LogContext.request("outer")) {
            try (var inner = LogContext.request("inner");
                    var channel = LogContext.channel("eu-1");
                    var plugin = LogContext.plugin("openai@1.0.0")) {
                assertThat(LogContext.requestId()).contains("inner");
                assertThat(MDC.get("channel")).isEqualTo("eu-1");
                assertThat(MDC.get("plugin")).isEqualTo("openai@1.0.0");
            }
            assertThat(LogContext.requestId()).contains("outer");
            assertThat(MDC.get("channel")).isNull();
        }
        assertThat(LogContext.requestId()).isEmpty();
    }
}

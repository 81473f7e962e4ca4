package io.patchbay.foundation.log;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.LoggingEvent;
import java.time.ZoneId;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class LineLayoutTest {
    private static String line(String message, Map<String, String> context, @Nullable Throwable thrown) {
        LoggerContext logging = new LoggerContext();
        LoggingEvent event = new LoggingEvent(
                "fqcn", logging.getLogger("io.patchbay.relay.Router"), Level.WARN, message, thrown, null);
        event.setTimeStamp(1_795_490_523_004L);
        event.setMDCPropertyMap(context);
        return new LineLayout(ZoneId.of("Asia/Shanghai")).doLayout(event);
    }

    @Test
    void lineHoldsTimeLevelLoggerContextAndMessage() {
        assertThat(line("no channel", Map.of("user", "7", "request", "01ABC"), null))
                .isEqualTo("2026-11-24T11:22:03.004+08:00 WARN  Router request=01ABC user=7: no channel"
                        + System.lineSeparator());
    }

    @Test
    void textFromOutsideCannotPassForALine() {
        String line = line("name \"x\n2026-11-24T00:00:00.000Z ERROR Forged: boo\"", Map.of("user", "a\r\nb"), null);
        assertThat(line.lines().skip(1)).allMatch(text -> text.startsWith("    "));
    }

    @Test
    void credentialsAreMasked() {
        String line = line(
                "called https://x.example/v1?key=AIzaSecret&n=1 with Bearer abcdefgh.ijk and sk-0123456789abcdef0123",
                Map.of(),
                new IllegalStateException("refused sk-0123456789abcdef0123"));
        assertThat(line)
                .contains("?key=***&n=1", "Bearer ***", "sk-***")
                .contains("IllegalStateException: refused sk-***")
                .doesNotContain("AIza", "abcdefgh", "0123456789");
    }
}

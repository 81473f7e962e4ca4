package io.patchbay.relay.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.spi.Bytes;
import io.patchbay.spi.http.HttpRequest;
import io.patchbay.testkit.upstream.Script;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How a body is read over real sockets. */
final class UpstreamExchangeTest {
    /** Reads all there is; the result is the text, or why there is none. */
    private static final class Reading implements UpstreamExchange.Listener {
        final AtomicReference<UpstreamExchange> exchange = new AtomicReference<>();
        final CompletableFuture<String> result = new CompletableFuture<>();
        private final StringBuilder text = new StringBuilder();
        private final boolean quick;

        Reading(boolean quick) {
            this.quick = quick;
        }

        @Override
        public boolean quick() {
            return quick;
        }

        @Override
        public void head(Head head) {
            exchange.get().readOn();
        }

        @Override
        public void bytes(Bytes read) {
            text.append(read.utf8());
            exchange.get().readOn();
        }

        @Override
        public void end() {
            result.complete(text.toString());
        }

        @Override
        public void broken(Throwable cause, boolean answered) {
            result.completeExceptionally(cause);
        }
    }

    private static String read(SocketBench bench, boolean quick) throws Exception {
        Reading reading = new Reading(quick);
        UpstreamExchange exchange = bench.client.exchange(
                HttpRequest.get(bench.upstream.endpoint() + "/body").build(),
                Egress.DIRECT,
                bench.redactor,
                new Serial(),
                reading);
        reading.exchange.set(exchange);
        exchange.send();
        return reading.result.get(20, TimeUnit.SECONDS);
    }

    /** Behind each pause come one, two and more pieces, of which none may be left behind. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void everyPieceOfABodyThatComesInBurstsIsRead(boolean quick) throws Exception {
        Script script = Script.answer().header("Content-Type", "text/plain");
        StringBuilder expected = new StringBuilder();
        for (int burst = 0; burst < 24; burst++) {
            script = script.delay(Duration.ofMillis(3));
            for (int piece = 0; piece <= burst % 8; piece++) {
                String text = burst + "." + piece + " ";
                script = script.chunk(text);
                expected.append(text);
            }
        }
        try (SocketBench bench = new SocketBench()) {
            bench.upstream.on("GET", "/body", script);

            assertThat(read(bench, quick)).isEqualTo(expected.toString());
        }
    }

    @Test
    void aBodyThatIsAllThereIsReadToItsEnd() throws Exception {
        byte[] piece = "0123456789".repeat(1_000).getBytes(StandardCharsets.US_ASCII);
        try (SocketBench bench = new SocketBench()) {
            bench.upstream.on("GET", "/body", Script.answer().repeat(200, piece));

            assertThat(read(bench, true)).hasSize(200 * piece.length);
        }
    }
}

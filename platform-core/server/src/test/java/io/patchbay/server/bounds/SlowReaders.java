package io.patchbay.server.bounds;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.awaitility.Awaitility;

/** Clients that ask for an answer without end and then read a byte now and then, or nothing at all. */
final class SlowReaders implements AutoCloseable {
    static final int ALL = 50;

    /** What the system may hold between the upstream and a client: receive and send buffers, which grow by themselves. */
    private static final long SYSTEMS = 16L << 20;

    private static final int RECEIVE_BUFFER = 4 * 1024;
    private static final Duration STILL = Duration.ofSeconds(2);
    private static final Duration PATIENCE = Duration.ofSeconds(100);
    private static final long BETWEEN_BYTES_NANOS = Duration.ofMillis(50).toNanos();

    private final EndlessUpstream upstream;
    private final List<Exchange> open = new ArrayList<>();
    private final List<Thread> reading = new ArrayList<>();

    private SlowReaders(EndlessUpstream upstream) {
        this.upstream = upstream;
    }

    /** Begins with all of them; every second one reads a byte now and then. */
    static SlowReaders begin(BoundsSite site, EndlessUpstream upstream) throws IOException {
        SlowReaders readers = new SlowReaders(upstream);
        for (int number = 0; number < ALL; number++) {
            Exchange exchange = Exchange.with(site.uri(), RECEIVE_BUFFER);
            readers.open.add(exchange);
            exchange.send(Chats.request(site.key(number), "endless", true, "Go on."));
            if (number % 2 == 0) {
                readers.reading.add(Thread.ofVirtual().start(() -> readSlowly(exchange)));
            }
        }
        return readers;
    }

    private static void readSlowly(Exchange exchange) {
        try {
            while (!Thread.currentThread().isInterrupted() && exchange.readByte() >= 0) {
                LockSupport.parkNanos(BETWEEN_BYTES_NANOS);
            }
        } catch (IOException e) {
            // The test has ended it.
            return;
        }
    }

    /** Waits until the upstream can say no more, and fails when it could say more than the system's buffers hold. */
    List<Long> awaitHeldBack() {
        Awaitility.await()
                .atMost(PATIENCE)
                .untilAsserted(() -> assertThat(upstream.taken()).hasSize(ALL).allMatch(bytes -> bytes > 0));
        Awaitility.await().atMost(PATIENCE).during(STILL).until(this::still);
        List<Long> taken = upstream.taken();
        assertThat(taken).hasSize(ALL).allMatch(bytes -> bytes < SYSTEMS);
        return taken;
    }

    private List<Long> before = List.of();

    /** Those that read a byte now and then let the upstream say something more, very seldom. */
    private boolean still() {
        List<Long> now = upstream.taken();
        long grown = now.stream().mapToLong(Long::longValue).sum()
                - before.stream().mapToLong(Long::longValue).sum();
        before = now;
        return grown < (1 << 20);
    }

    @Override
    public void close() {
        reading.forEach(Thread::interrupt);
        for (Exchange exchange : open) {
            try {
                exchange.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}

package io.patchbay.relay.call;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.patchbay.relay.exchange.Serial;
import io.patchbay.relay.exchange.Timers;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** One write at a time, whatever wants to be written: a slow client may be in the middle of a heartbeat. */
final class ClientStreamTest {
    /** A client who takes bytes when the test says so. */
    private static final class Slow implements ClientSink {
        final Queue<String> begun = new ConcurrentLinkedQueue<>();
        final Queue<Runnable> taken = new ConcurrentLinkedQueue<>();
        final Queue<Runnable> lost = new ConcurrentLinkedQueue<>();
        Runnable left = () -> {};
        int abandoned;

        @Override
        public void watch(Runnable whenLeft) {
            left = whenLeft;
        }

        @Override
        public void abandon() {
            abandoned++;
        }

        @Override
        public void head(int status, Map<String, String> headers) {}

        @Override
        public void write(ByteBuffer bytes, boolean last, Runnable written, Runnable gone) {
            begun.add(StandardCharsets.UTF_8.decode(bytes) + (last ? " (last)" : ""));
            taken.add(written);
            lost.add(gone);
        }

        void take() {
            lost.remove();
            taken.remove().run();
        }

        void lose() {
            taken.remove();
            lost.remove().run();
        }
    }

    private final Timers timers = new Timers(Runnable::run);
    private final Slow sink = new Slow();
    private final Serial serial = new Serial();
    private final List<String> seen = new ArrayList<>();
    private final ClientStream stream = new ClientStream(sink, serial, timers, Map::of, readOn -> {
        seen.add("gone");
        readOn.run();
    });

    @AfterEach
    void close() {
        timers.close();
    }

    private static ByteBuffer bytes(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Leaves the stream in the middle of a heartbeat. */
    private void heartbeatUnderWay() {
        serial.execute(() -> stream.keepAlive(Duration.ofMillis(20)));
        await().until(() -> !sink.begun.isEmpty());
        assertThat(sink.begun.remove()).startsWith(": ");
    }

    @Test
    void aPartWaitsForTheHeartbeatBeforeIt() {
        heartbeatUnderWay();
        serial.execute(() -> stream.write(bytes("part"), () -> seen.add("written")));
        assertThat(sink.begun).isEmpty();
        sink.take();
        assertThat(sink.begun).containsExactly("part");
        assertThat(seen).isEmpty();
        sink.take();
        assertThat(seen).containsExactly("written");
    }

    @Test
    void theEndWaitsForThePartThatWaits() {
        heartbeatUnderWay();
        serial.execute(() -> {
            stream.write(bytes("part"), () -> seen.add("written"));
            stream.end(() -> {}, () -> bytes("end"), () -> seen.add("ended"));
        });
        sink.take();
        sink.take();
        assertThat(sink.begun).containsExactly("part", "end (last)");
        assertThat(seen).containsExactly("ended");
    }

    @Test
    void aClientLostInTheHeartbeatLeavesThePartToWhoeverReadsOn() {
        heartbeatUnderWay();
        serial.execute(() -> stream.write(bytes("part"), () -> seen.add("read on")));
        sink.lose();
        assertThat(sink.begun).isEmpty();
        assertThat(seen).containsExactly("gone", "read on");
    }

    @Test
    void aClientThatLeavesWhileNothingIsWrittenIsNoticedOnce() {
        serial.execute(stream::watch);
        sink.left.run();
        assertThat(seen).containsExactly("gone");
        assertThat(sink.abandoned).isEqualTo(1);
        serial.execute(() -> stream.write(bytes("part"), () -> seen.add("written")));
        sink.left.run();
        assertThat(sink.begun).isEmpty();
        assertThat(seen).containsExactly("gone");
        assertThat(sink.abandoned).isEqualTo(1);
    }

    @Test
    void aClientThatLeavesInAWriteIsLeftAloneUntilItIsThrough() {
        serial.execute(() -> {
            stream.watch();
            stream.write(bytes("part"), () -> seen.add("read on"));
        });
        sink.left.run();
        assertThat(seen).isEmpty();
        assertThat(sink.abandoned).isZero();
        sink.take();
        assertThat(seen).containsExactly("gone", "read on");
        assertThat(sink.abandoned).isEqualTo(1);
    }

    @Test
    void aLeavingAfterTheLastWriteBeganIsNone() {
        serial.execute(() -> {
            stream.watch();
            stream.end(() -> {}, () -> bytes("end"), () -> seen.add("ended"));
        });
        sink.left.run();
        sink.take();
        assertThat(seen).containsExactly("ended");
        assertThat(sink.abandoned).isZero();
    }
}

package io.patchbay.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.patchbay.kernel.PluginEvent.Phase;
import io.patchbay.kernel.PluginEvents.Listener;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

final class PluginEventsTest {
    private final PluginEvents events = new PluginEvents(() -> Instant.EPOCH);

    private void happen(int times) {
        for (int i = 0; i < times; i++) {
            events.publish("acme", "1.0.0", Phase.STARTED, 1, 0, 0, "started");
        }
    }

    @Test
    void aListenerGetsWhatIsKeptAndWhatComes() throws InterruptedException {
        happen(3);
        try (Listener listener = events.listen(1)) {
            happen(1);

            assertThat(listener.drain()).extracting(PluginEvent::sequence).containsExactly(2L, 3L, 4L);
            assertThat(listener.poll(Duration.ofMillis(1))).isNull();
        }
    }

    @Test
    void aSlowListenerLosesTheOldestAndHoldsNobodyUp() {
        try (Listener listener = events.listen(0)) {
            happen(300);

            assertThat(listener.lost()).isEqualTo(44);
            assertThat(listener.drain())
                    .hasSize(256)
                    .first()
                    .extracting(PluginEvent::sequence)
                    .isEqualTo(45L);
            assertThat(events.recent()).hasSize(PluginEvents.KEPT);
        }
    }

    @Test
    void listenersAreBounded() {
        for (int i = 0; i < PluginEvents.MAX_LISTENERS; i++) {
            events.listen(0);
        }
        assertThatThrownBy(() -> events.listen(0)).hasMessageContaining("64 listeners");
    }

    @Test
    void closingEndsListenersThatWait() throws InterruptedException {
        try (Listener listener = events.listen(0)) {
            Thread closer = Thread.ofVirtual().start(events::close);

            assertThat(listener.poll(Duration.ofMinutes(1))).isNull();
            closer.join();

            assertThat(listener.ended()).isTrue();
            assertThatThrownBy(() -> events.listen(0)).isInstanceOf(IllegalStateException.class);
        }
    }
}

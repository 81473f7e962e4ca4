package io.patchbay.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.patchbay.kernel.Guarded.Outcome;
import org.junit.jupiter.api.Test;

final class GuardedTest {

    @Test
    void passesValuesOn() {
        Outcome<String> outcome = Guarded.call(() -> "fine");

        assertThat(outcome.failed()).isFalse();
        assertThat(outcome.value()).isEqualTo("fine");
        assertThat(Guarded.run(() -> {})).isNull();
    }

    @Test
    void tellsWhatWasThrownByWhatAndWhere() {
        String fault = Guarded.run(() -> {
            throw new IllegalStateException("outer\n  line", new NoClassDefFoundError("acme/Inner"));
        });

        assertThat(fault)
                .startsWith(
                        "java.lang.IllegalStateException: outer line; caused by java.lang.NoClassDefFoundError: acme/Inner (at ")
                .contains("GuardedTest");
    }

    @Test
    void containsEndlessRecursion() {
        assertThat(Guarded.run(GuardedTest::forever)).contains("StackOverflowError");
    }

    private static void forever() {
        forever();
    }

    @Test
    void survivesExceptionsThatFailThemselves() {
        assertThat(Guarded.run(() -> {
                    throw new Hostile();
                }))
                .isEqualTo(Hostile.class.getName());
    }

    private static final class Hostile extends RuntimeException {
        @Override
        public String getMessage() {
            throw new UnsupportedOperationException();
        }
    }

    @Test
    void boundsTheText() {
        assertThat(Guarded.run(() -> {
                    throw new IllegalStateException("x".repeat(100_000));
                }))
                .hasSize(2_000);
    }

    @Test
    void keepsTheInterruption() {
        assertThat(Guarded.run(() -> {
                    throw new InterruptedException();
                }))
                .isEqualTo("interrupted");
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void letsTheHostsOwnTroublesPass() {
        assertThatThrownBy(() -> Guarded.run(() -> {
                    throw new OutOfMemoryError("pretended");
                }))
                .isInstanceOf(OutOfMemoryError.class);
    }
}

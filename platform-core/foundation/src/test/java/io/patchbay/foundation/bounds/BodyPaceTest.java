package io.patchbay.foundation.bounds;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.patchbay.foundation.problem.Problem;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

final class BodyPaceTest {
    private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 5);
    private final BodyPace pace = new BodyPace(nanos::get);

    private void pass(int seconds) {
        nanos.addAndGet(Duration.ofSeconds(seconds).toNanos());
    }

    @Test
    void anythingIsTakenForAWhile() {
        pass(BodyPace.GRACE_SECONDS);
        assertThatCode(() -> pace.came(1)).doesNotThrowAnyException();
    }

    @Test
    void thenASlowBodyIsRefused() {
        pass(BodyPace.GRACE_SECONDS + 10);
        assertThatCode(() -> pace.came(10L * BodyPace.LEAST_BYTES)).doesNotThrowAnyException();
        assertThatThrownBy(() -> pace.came(9L * BodyPace.LEAST_BYTES))
                .isInstanceOfSatisfying(
                        Problem.class,
                        problem -> org.assertj.core.api.Assertions.assertThat(problem.kind())
                                .isEqualTo(Problem.Kind.TIMEOUT));
    }
}

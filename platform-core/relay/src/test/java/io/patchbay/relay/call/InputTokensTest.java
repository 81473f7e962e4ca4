package io.patchbay.relay.call;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

final class InputTokensTest {
    @Test
    void whatIsCountedIsKnown() {
        InputTokens tokens = InputTokens.counted(7);
        assertThat(tokens.estimate()).isEqualTo(7);
        assertThat(tokens.exact()).isEqualTo(7);
    }

    @Test
    void anEstimateIsCountedOnceAndOnlyWhenAsked() {
        AtomicInteger counts = new AtomicInteger();
        InputTokens tokens = InputTokens.estimated(100, () -> 90 + counts.incrementAndGet());
        assertThat(tokens.estimate()).isEqualTo(100);
        assertThat(counts).hasValue(0);
        assertThat(tokens.exact()).isEqualTo(91);
        assertThat(tokens.exact()).isEqualTo(91);
        assertThat(tokens.estimate()).isEqualTo(91);
        assertThat(counts).hasValue(1);
    }
}

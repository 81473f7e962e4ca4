package io.patchbay.relay.record;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.billing.TokenUsage;
import io.patchbay.spi.Usage;
import org.junit.jupiter.api.Test;

final class ReportedUsageTest {
    @Test
    void whatIsAPartIsNeverMoreThanTheWhole() {
        Usage told =
                Usage.builder().input(9).output(4).cachedInput(20).reasoning(7).build();

        assertThat(ReportedUsage.billed(told)).isEqualTo(new TokenUsage(9, 4, 9, 4, false));
    }

    @Test
    void zerosAreNoReport() {
        assertThat(ReportedUsage.billed(Usage.of(0, 0))).isNull();
        assertThat(ReportedUsage.billed(null)).isNull();
        assertThat(ReportedUsage.billed(Usage.of(0, 1))).isEqualTo(new TokenUsage(0, 1, 0, 0, false));
    }
}

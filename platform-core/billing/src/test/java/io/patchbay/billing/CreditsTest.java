package io.patchbay.billing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.math.RoundingMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

final class CreditsTest {
    @Test
    void printsEveryMicroCreditAndNoMore() {
        assertThat(Credits.toDecimal(12_345_678).toPlainString()).isEqualTo("12.345678");
        assertThat(Credits.toDecimal(100_000_000).toString()).isEqualTo("100");
        assertThat(Credits.toDecimal(0).toString()).isEqualTo("0");
        assertThat(Credits.toDecimal(-1).toPlainString()).isEqualTo("-0.000001");
    }

    @Test
    void roundsWhatBrowsersAddUp() {
        assertThat(Credits.toMicro(new BigDecimal("0.30000000000000004"))).isEqualTo(300_000);
        assertThat(Credits.toMicro(new BigDecimal("0.0000005"))).isEqualTo(1);
        assertThat(Credits.toMicro(new BigDecimal("0.00000049"))).isZero();
        assertThat(Credits.toMicro(new BigDecimal("1e-999999999"))).isZero();
        assertThat(Credits.toMicro(new BigDecimal("0e999999999"))).isZero();
    }

    @Test
    void refusesAmountsThatNoAccountCanHold() {
        assertThatThrownBy(() -> Credits.toMicro(new BigDecimal("1000000000.000001")))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Credits.toMicro(new BigDecimal("-1e999999999")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("1000000000");
        assertThat(Credits.toMicro(new BigDecimal("1e9"))).isEqualTo(Credits.MAX_MICRO);
    }

    @Test
    void writesTwoDecimalsForSentences() {
        assertThat(Credits.twoDecimals(1_234_567, RoundingMode.FLOOR)).isEqualTo("1.23");
        assertThat(Credits.twoDecimals(1_234_567, RoundingMode.CEILING)).isEqualTo("1.24");
        assertThat(Credits.twoDecimals(0, RoundingMode.FLOOR)).isEqualTo("0.00");
    }

    @Property
    void decimalsAndMicroCreditsAreTheSame(
            @ForAll @LongRange(min = -Credits.MAX_MICRO, max = Credits.MAX_MICRO) long micro) {
        assertThat(Credits.toMicro(Credits.toDecimal(micro))).isEqualTo(micro);
    }
}

package io.patchbay.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Amounts are kept as they are, and bounded. */
final class BalanceTest {
    @Test
    void amountsKeepTheirDigits() {
        Balance balance = new Balance(new BigDecimal("110.00"), null, new BigDecimal("-0.5"), "CNY", "granted");

        assertThat(balance.left()).isEqualTo(new BigDecimal("110.00"));
        assertThat(balance.used()).isEqualTo(new BigDecimal("-0.5"));
    }

    @ParameterizedTest
    @CsvSource({
        "0, true",
        "-12.345, true",
        "1e39, true",
        "1e40, false",
        "1e-40, true",
        "1e-41, false",
        "1e999999, false",
        "1e-999999, false"
    })
    void anAmountHasFewEnoughDigitsToBeWritten(String number, boolean amount) {
        BigDecimal value = new BigDecimal(number);

        assertThat(Balance.isAmount(value)).isEqualTo(amount);
        if (!amount) {
            assertThatThrownBy(() -> new Balance(BigDecimal.ZERO, value, null, "", ""))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("at most 40 digits");
        }
    }
}

package io.patchbay.foundation.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

final class UnitsTest {
    @Test
    void durations() {
        assertThat(Units.duration("30")).contains(Duration.ofSeconds(30));
        assertThat(Units.duration("1.5 s")).contains(Duration.ofMillis(1500));
        assertThat(Units.duration("250ms")).contains(Duration.ofMillis(250));
        assertThat(Units.duration("10 Min")).contains(Duration.ofMinutes(10));
        assertThat(Units.duration("2h")).contains(Duration.ofHours(2));
        assertThat(Units.duration("7d")).contains(Duration.ofDays(7));
        assertThat(Units.duration("PT1M30S")).contains(Duration.ofSeconds(90));
        for (String wrong :
                List.of("", "s", "-1s", "1 fortnight", "1s2", "P", "99999999999999999d", "999999999999999d")) {
            assertThat(Units.duration(wrong)).as(wrong).isEmpty();
        }
    }

    @Test
    void sizes() {
        assertThat(Units.bytes("1024")).contains(1024L);
        assertThat(Units.bytes("32MiB")).contains(32L << 20);
        assertThat(Units.bytes("1.5 kB")).contains(1500L);
        assertThat(Units.bytes("2 GiB")).contains(2L << 30);
        for (String wrong : List.of("", "MiB", "-1", "1 TB of it", "999999999999999GiB")) {
            assertThat(Units.bytes(wrong)).as(wrong).isEmpty();
        }
    }

    @Test
    void durationsAreSaidInTheLargestWholeUnit() {
        assertThat(Units.text(Duration.ZERO)).isEqualTo("0s");
        assertThat(Units.text(Duration.ofMillis(100))).isEqualTo("100ms");
        assertThat(Units.text(Duration.ofSeconds(90))).isEqualTo("90s");
        assertThat(Units.text(Duration.ofMinutes(10))).isEqualTo("10min");
        assertThat(Units.text(Duration.ofHours(25))).isEqualTo("25h");
        assertThat(Units.text(Duration.ofHours(24))).isEqualTo("1d");
    }
}

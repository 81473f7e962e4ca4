package io.patchbay.relay.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class RecordTimesTest {
    private static RecordTimes.Span span(String from, String until) {
        return new RecordTimes.Span(
                Instant.parse(from).toEpochMilli(), Instant.parse(until).toEpochMilli());
    }

    @Test
    void aWrittenTimeCoversWhatItNames() {
        assertThat(RecordTimes.read("t", "2030-02-28")).isEqualTo(span("2030-02-28T00:00:00Z", "2030-03-01T00:00:00Z"));
        assertThat(RecordTimes.read("t", "2030-02-28 23:59:59"))
                .isEqualTo(span("2030-02-28T23:59:59Z", "2030-03-01T00:00:00Z"));
        assertThat(RecordTimes.read("t", "2030-02-28T23:59:59"))
                .isEqualTo(span("2030-02-28T23:59:59Z", "2030-03-01T00:00:00Z"));
        assertThat(RecordTimes.read("t", "2030-02-28T23:59:59.123Z"))
                .isEqualTo(span("2030-02-28T23:59:59.123Z", "2030-02-28T23:59:59.124Z"));
        assertThat(RecordTimes.read("t", "2030-02-28T01:00:00+01:00"))
                .isEqualTo(span("2030-02-28T00:00:00Z", "2030-02-28T00:00:00.001Z"));
    }

    @Test
    void timesArePrintedInUtc() {
        assertThat(RecordTimes.print(Instant.parse("2030-12-31T23:59:59.999Z").toEpochMilli()))
                .isEqualTo("2030-12-31 23:59:59");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"yesterday", "2030-02-30", "2030-02-30 00:00:00", "2030-13-01", "1893456000", "2030-1-1 1:1:1"})
    void whatIsNoTimeIsRefusedWithTheFieldsName(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RecordTimes.read("start_time", text))
                .withMessageStartingWith("start_time: expected YYYY-MM-DD HH:MM:SS");
    }
}

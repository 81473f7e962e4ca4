package io.patchbay.relay.record;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

final class RecordDetailTest {
    private static final Instant NOON = Instant.parse("2030-03-10T12:00:00Z");

    @Test
    void onlyAdministratorsReadWhatTheUpstreamSaid() {
        RecordLine failed = new RecordLine.Call(Calls.failed("r", 7, NOON));

        assertThat(RecordDetail.of(failed, false)).isEqualTo("0 in, 0 out; 2 attempts; failed: UPSTREAM");
        assertThat(RecordDetail.of(failed, true))
                .isEqualTo("0 in, 0 out; 2 attempts; openai@1.2.0; failed: UPSTREAM: secret words of the upstream");
    }

    @Test
    void aTaskIsNamed() {
        assertThat(RecordDetail.of(new RecordLine.Call(Calls.ordered("r", 7, "t-1", NOON)), false))
                .isEqualTo("0 in, 0 out; first token after 50 ms; task t-1");
    }

    @Test
    void onlyAdministratorsReadWhoChangedABalance() {
        RecordLine change = new RecordLine.Change(new LedgerLine(1, 7, 5, "1:chief", "a gift", 0));

        assertThat(RecordDetail.of(change, false)).isEqualTo("a gift");
        assertThat(RecordDetail.of(change, true)).isEqualTo("a gift (by 1:chief)");
        assertThat(RecordDetail.of(new RecordLine.Change(new LedgerLine(1, 7, -5, "1:chief", "", 0)), false))
                .isEqualTo("credits taken");
    }
}

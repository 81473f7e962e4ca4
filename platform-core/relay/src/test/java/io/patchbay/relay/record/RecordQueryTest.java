package io.patchbay.relay.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.patchbay.relay.record.RecordQuery.Type;
import org.junit.jupiter.api.Test;

final class RecordQueryTest {
    private static RecordQuery query(int page, int size) {
        return new RecordQuery(null, 0, 1, "", "", Type.ALL, null, "", page, size);
    }

    @Test
    void pagesReachTenThousandLinesAndNoFurther() {
        assertThat(query(99, 100).offset()).isEqualTo(9_900);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> query(100, 100))
                .withMessage("page: only the newest 10000 lines can be turned through; narrow the time range instead");
        assertThatIllegalArgumentException().isThrownBy(() -> query(Integer.MAX_VALUE, 100));
        assertThatIllegalArgumentException().isThrownBy(() -> query(-1, 100));
    }

    @Test
    void aPageHasAtMostAHundredLines() {
        assertThat(query(0, 100).size()).isEqualTo(100);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> query(0, 101))
                .withMessage("size: expected 1 to 100, found 101");
        assertThatIllegalArgumentException().isThrownBy(() -> query(0, 0));
    }

    @Test
    void whatIsNoFilterIsNamed() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new RecordQuery(null, 5, 5, "", "", Type.ALL, null, "", 0, 10))
                .withMessageStartingWith("end_time:");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new RecordQuery(null, 0, 1, "", "m".repeat(256), Type.ALL, null, "", 0, 10))
                .withMessageStartingWith("model:");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new RecordQuery(null, 0, 1, "t".repeat(256), "", Type.ALL, null, "", 0, 10))
                .withMessageStartingWith("token_name:");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new RecordQuery(null, 0, 1, "", "", Type.ALL, null, "fine", 0, 10))
                .withMessageStartingWith("outcome:");
    }

    @Test
    void filtersThatOnlyFitCallsLeaveTheLedgerOut() {
        assertThat(query(0, 10).wantsLedger()).isTrue();
        assertThat(new RecordQuery(null, 0, 1, "", "m", Type.ALL, null, "", 0, 10).wantsLedger())
                .isFalse();
        assertThat(new RecordQuery(null, 0, 1, "", "", Type.ALL, 3L, "", 0, 10).wantsLedger())
                .isFalse();
        assertThat(new RecordQuery(null, 0, 1, "", "", Type.CONSUME, null, "", 0, 10).wantsLedger())
                .isFalse();
        assertThat(new RecordQuery(null, 0, 1, "", "", Type.TOPUP, null, "", 0, 10).wantsCalls())
                .isFalse();
    }
}

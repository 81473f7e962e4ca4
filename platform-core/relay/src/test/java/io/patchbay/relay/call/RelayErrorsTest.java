package io.patchbay.relay.call;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.dialects.WireError;
import io.patchbay.foundation.problem.Problem;
import io.patchbay.spi.Fault;
import io.patchbay.spi.FaultKind;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class RelayErrorsTest {
    @Test
    void noFaultLooksLikeTheClientsOwnKeyOrBalance() {
        for (FaultKind kind : FaultKind.values()) {
            WireError error = RelayErrors.of(Fault.of(kind, "words"));
            assertThat(error.status()).as(kind.name()).isNotIn(401, 402, 403).isBetween(400, 599);
            assertThat(error.type()).isNotEmpty();
            assertThat(error.message()).isNotEmpty();
        }
    }

    @Test
    void whatIsTheOperatorsIsNotQuoted() {
        for (FaultKind kind :
                new FaultKind[] {FaultKind.KEY_DEAD, FaultKind.QUOTA, FaultKind.CONFIG, FaultKind.PLUGIN}) {
            assertThat(RelayErrors.of(Fault.of(kind, "inner words")).message()).doesNotContain("inner words");
        }
    }

    @Test
    void timeoutsAre504() {
        assertThat(RelayErrors.of(Fault.builder(FaultKind.RETRY, "slow")
                                .sub("timeout")
                                .build())
                        .status())
                .isEqualTo(504);
    }

    @Test
    void ourOwnRefusalsKeepTheirStatusAndCode() {
        WireError error = RelayErrors.of(
                new Problem(Problem.Kind.BAD_REQUEST, "no", Map.of("code", "invalid_value", "param", "model")));
        assertThat(error).isEqualTo(new WireError(400, "no", "invalid_request_error", "model", "invalid_value"));
    }
}

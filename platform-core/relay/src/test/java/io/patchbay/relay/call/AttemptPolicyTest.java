package io.patchbay.relay.call;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.relay.channel.Channel;
import io.patchbay.relay.channel.ModelMapping;
import io.patchbay.relay.exchange.ProxySetting;
import io.patchbay.spi.Fault;
import io.patchbay.spi.FaultKind;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class AttemptPolicyTest {
    private static Channel channel(long id, int attempts) {
        return new Channel(
                id,
                "c" + id,
                "openai",
                0,
                1,
                List.of("m"),
                attempts,
                List.of(),
                "",
                ModelMapping.read(""),
                true,
                Set.of(),
                ProxySetting.NONE,
                Map.of());
    }

    private static Fault fault(FaultKind kind) {
        return Fault.of(kind, "x");
    }

    @Test
    void repeatsAChannelOnPassingFaultsAsOftenAsItSaysAndThenMovesOn() {
        AttemptPolicy policy = new AttemptPolicy(List.of(channel(1, 2), channel(2, 1)));
        assertThat(policy.first()).get().extracting(Channel::id).isEqualTo(1L);
        assertThat(policy.after(fault(FaultKind.RETRY)))
                .get()
                .extracting(Channel::id)
                .isEqualTo(1L);
        assertThat(policy.after(fault(FaultKind.RETRY)))
                .get()
                .extracting(Channel::id)
                .isEqualTo(2L);
        assertThat(policy.after(fault(FaultKind.UPSTREAM))).isEmpty();
        assertThat(policy.attempts()).isEqualTo(3);
    }

    @Test
    void leavesAChannelAtOnceWhenItsKeyIsDead() {
        AttemptPolicy policy = new AttemptPolicy(List.of(channel(1, 5), channel(2, 1)));
        policy.first();
        assertThat(policy.after(fault(FaultKind.KEY_DEAD)))
                .get()
                .extracting(Channel::id)
                .isEqualTo(2L);
    }

    @Test
    void neverRepeatsWhatNobodyWouldTake() {
        for (FaultKind kind :
                List.of(FaultKind.BAD_REQUEST, FaultKind.TOO_LONG, FaultKind.CONTENT, FaultKind.UNKNOWN_OUTCOME)) {
            AttemptPolicy policy = new AttemptPolicy(List.of(channel(1, 5), channel(2, 5)));
            policy.first();
            assertThat(policy.after(fault(kind))).as(kind.name()).isEmpty();
        }
    }

    @Test
    void givesUpAfterTenAttempts() {
        AttemptPolicy policy = new AttemptPolicy(List.of(channel(1, 10), channel(2, 10)));
        policy.first();
        int more = 0;
        while (policy.after(fault(FaultKind.RETRY)).isPresent()) {
            more++;
        }
        assertThat(more).isEqualTo(9);
    }
}

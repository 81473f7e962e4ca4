package io.patchbay.relay.routing;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.relay.channel.Channel;
import io.patchbay.relay.routing.RoutingSettings.Strategy;
import io.patchbay.spi.FaultKind;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class ExplanationTest {
    private final Fleet fleet = new Fleet();

    private Explanation explain(int index) {
        Channel subject = fleet.channels.get(index);
        return Explanation.of(fleet.channels, subject, "m", "normal", Strategy.WEIGHT, fleet.health);
    }

    @Test
    void saysWhoIsTriedFirstAndWithWhatShare() {
        fleet.with(1, 5, 1).with(2, 5, 3).with(3, 0, 1);

        Explanation explained = explain(1);

        assertThat(explained.verdict())
                .isEqualTo("Calls can go to this channel: tried first, 75.0 % of the calls by weight");
        assertThat(explained.channels()).extracting(Explanation.Line::id).containsExactly(2L, 1L, 3L);
        assertThat(explained.channels()).extracting(Explanation.Line::order).containsExactly(1, 1, 2);
        assertThat(explained.channels()).extracting(Explanation.Line::share).containsExactly(0.75, 0.25, 1.0);
    }

    @Test
    void saysWhatStandsInTheWay() {
        fleet.with(1, 0, 1).with(Fleet.channel(2, 9, 1, List.of("secret-key-of-two"), Map.of()));
        fleet.failing(FaultKind.KEY_DEAD);

        Explanation explained = explain(1);

        assertThat(explained.verdict())
                .startsWith("No call goes to this channel: a key rests until 2026-11-25T12:10:00Z")
                .contains("KEY_DEAD happened")
                .doesNotContain("secret-key-of-two");
        assertThat(explained.channels().getFirst().id()).isEqualTo(1);
    }
}

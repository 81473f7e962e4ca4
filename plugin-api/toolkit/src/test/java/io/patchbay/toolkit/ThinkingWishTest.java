package io.patchbay.toolkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.spi.json.Json;
import io.patchbay.testkit.host.TestChatCall;
import org.junit.jupiter.api.Test;

final class ThinkingWishTest {
    @Test
    void nothingIsWishedUnlessSaid() {
        assertThat(wish("")).isEqualTo(new ThinkingWish(null, null, null));
        assertThat(wish("").isSaid()).isFalse();
        assertThat(wish(",\"reasoning_effort\":null").isSaid()).isFalse();
    }

    @Test
    void anEffortSwitchesOnAndNoneSwitchesOff() {
        assertThat(wish(",\"reasoning_effort\":\"high\"")).isEqualTo(new ThinkingWish(true, null, "high"));
        assertThat(wish(",\"reasoning_effort\":\"none\"")).isEqualTo(new ThinkingWish(false, null, "none"));
        assertThat(wish(",\"reasoning_effort\":\"auto\"")).isEqualTo(new ThinkingWish(null, null, "auto"));
    }

    @Test
    void theWishIsSaidAgainByTheTypeOfThinking() {
        assertThat(wish(",\"reasoning_effort\":\"high\"").type()).isEqualTo(Json.parse("{\"type\":\"enabled\"}"));
        assertThat(wish(",\"reasoning_effort\":\"none\"").type()).isEqualTo(Json.parse("{\"type\":\"disabled\"}"));
        assertThat(wish("").type()).isNull();
    }

    @Test
    void theFormsOfOtherVendorsAreRead() {
        assertThat(wish(",\"thinking\":{\"type\":\"enabled\",\"budget_tokens\":512}"))
                .isEqualTo(new ThinkingWish(true, 512L, null));
        assertThat(wish(",\"thinking\":{\"type\":\"disabled\"}")).isEqualTo(new ThinkingWish(false, null, null));
        assertThat(wish(",\"enable_thinking\":false")).isEqualTo(new ThinkingWish(false, null, null));
        assertThat(wish(",\"thinking_budget\":99")).isEqualTo(new ThinkingWish(true, 99L, null));
        assertThat(wish(",\"reasoning\":{\"effort\":\"low\",\"max_tokens\":7}"))
                .isEqualTo(new ThinkingWish(true, 7L, "low"));
        assertThat(wish(",\"reasoning\":{\"enabled\":false}")).isEqualTo(new ThinkingWish(false, null, null));
    }

    @Test
    void theVendorsOwnSwitchWinsOverAnEffort() {
        assertThat(wish(",\"enable_thinking\":false,\"reasoning_effort\":\"high\"")
                        .on())
                .isFalse();
    }

    @Test
    void aBudgetOfNothingSwitchesOff() {
        assertThat(wish(",\"thinking_budget\":0")).isEqualTo(new ThinkingWish(false, null, null));
    }

    private static ThinkingWish wish(String more) {
        TestChatCall call = TestChatCall.of("{\"model\":\"m\",\"messages\":[]" + more + "}");
        ThinkingWish wish = ThinkingWish.of(call);
        assertThat(call.requestReads()).isZero();
        assertThat(ThinkingWish.of(call.withoutWire())).isEqualTo(wish);
        return wish;
    }
}

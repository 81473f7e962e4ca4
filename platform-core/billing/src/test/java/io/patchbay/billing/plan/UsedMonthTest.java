package io.patchbay.billing.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.patchbay.billing.ledger.PlanUnit;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** Going down gives time only for what is left of the running month, of its days and of its units. */
final class UsedMonthTest {
    private static final int BASIC = 1;
    private static final int PRO = 3;

    /** April and June have 30 days. */
    private static final Instant BOUGHT = Instant.parse("2030-04-01T00:00:00Z");

    private static final Instant MAY = Instant.parse("2030-05-01T00:00:00Z");
    private static final Instant JUNE = Instant.parse("2030-06-01T00:00:00Z");

    /** A lower plan for a quarter of the price. */
    private static final PlanSettings SITE = QuoteTest.site(
            QuoteTest.plan(BASIC, "10"),
            new Plan(
                    PRO,
                    new BigDecimal("40"),
                    List.of(
                            PlanItem.of("chat", 100, "gpt-4o"),
                            PlanItem.of("draw", 10, "dall-e-3"),
                            PlanItem.of("mini", PlanUnit.UNLIMITED, "gpt-4o-mini"),
                            PlanItem.of("nothing", 0, "o3")),
                    null));

    @Test
    void whoHasUsedAMonthsUnitsOnItsFirstDayGetsNoTimeForThatMonth() {
        Instant now = BOUGHT.plus(Duration.ofDays(1));

        assertThat(down(held(JUNE), now, used("chat", 100)))
                .as("the 31 days of May are four times as long")
                .isEqualTo(now.plus(Duration.ofDays(4 * 31)));
        assertThat(down(held(JUNE), now, used("chat", 150)))
                .as("more than all of it, after the plan was made smaller")
                .isEqualTo(now.plus(Duration.ofDays(4 * 31)));
    }

    @Test
    void whoUsesUnitsAsTheMonthGoesByLosesNothing() {
        Instant middle = BOUGHT.plus(Duration.ofDays(15));

        assertThat(down(held(MAY), middle, used("chat", 50))).isEqualTo(middle.plus(Duration.ofDays(4 * 15)));
        assertThat(down(held(MAY), middle, used("chat", 10))).isEqualTo(middle.plus(Duration.ofDays(4 * 15)));
        assertThat(down(held(MAY), middle, used("chat", 60))).isEqualTo(middle.plus(Duration.ofDays(4 * 12)));
    }

    @Test
    void theItemOfWhichMostIsUsedCounts() {
        assertThat(down(held(MAY), BOUGHT, used("chat", 10), used("draw", 5)))
                .isEqualTo(BOUGHT.plus(Duration.ofDays(4 * 15)));
    }

    @Test
    void whatHasNoLimitOrIsNotOfThePlanOrOfTheMonthCountsForNothing() {
        assertThat(down(
                        held(MAY),
                        BOUGHT,
                        used("mini", 1_000_000),
                        used("nothing", 1),
                        used("of another plan", 1_000),
                        new PlanMapper.UsageRow("chat", BOUGHT.minusSeconds(1).toEpochMilli(), 100)))
                .isEqualTo(BOUGHT.plus(Duration.ofDays(4 * 30)));
    }

    @Test
    void aMonthThatIsCutShortIsMeasuredByItsOwnLength() {
        Instant end = BOUGHT.plus(Duration.ofDays(10));

        assertThat(down(held(end), BOUGHT, used("chat", 50))).isEqualTo(BOUGHT.plus(Duration.ofDays(4 * 5)));
    }

    @Test
    void aPlanThatWouldEndSoonerForItIsKeptAndTheUserToldUntilWhen() {
        Instant now = BOUGHT.plus(Duration.ofDays(1));

        assertThatIllegalArgumentException()
                .isThrownBy(() -> down(held(MAY), now, used("chat", 100)))
                .withMessage("too many requests of this month are used: the lower plan would end sooner than yours; "
                        + "change it after 2030-05-01T00:00:00Z");
    }

    @Test
    void aDiscountThatMakesItEndSoonerIsNoReasonToRefuse() {
        PlanSettings near = QuoteTest.site(
                QuoteTest.plan(BASIC, "8"),
                new Plan(PRO, BigDecimal.TEN, List.of(PlanItem.of("chat", 100, "gpt-4o")), null));
        Subscription cheap = new Subscription(7, PRO, MAY, BOUGHT, 1, false, new BigDecimal("0.4"));

        Quote quote = Quote.of(near, new Holding(cheap, List.of(used("chat", 50))), BASIC, 1, BOUGHT);

        assertThat(quote.after().expiresAt()).isEqualTo(BOUGHT.plus(Duration.ofHours(15 * 24 / 2)));
    }

    /** Time at a quarter of the price is worth a quarter: no more than the worth of the units and of the days left. */
    @Property
    void nobodyGetsMoreThanIsLeft(
            @ForAll @IntRange(max = 120) int chats,
            @ForAll @IntRange(max = 12) int pictures,
            @ForAll @IntRange(max = 60) int day) {
        Instant now = BOUGHT.plus(Duration.ofDays(day));
        Subscription held = held(JUNE);
        Instant month = now.isBefore(MAY) ? BOUGHT : MAY;
        Instant monthEnd = now.isBefore(MAY) ? MAY : JUNE;
        double unused = 1 - Math.min(1, Math.max(chats / 100.0, pictures / 10.0));
        double ofMonth = Math.min(
                unused * Duration.between(month, monthEnd).toSeconds(),
                Duration.between(now, monthEnd).toSeconds());
        double most = 4 * (ofMonth + Duration.between(monthEnd, JUNE).toSeconds());
        try {
            Instant end = down(held, now, used(month, "chat", chats), used(month, "draw", pictures));
            assertThat((double) Duration.between(now, end).toSeconds()).isBetween(most - 1.01, most + 0.01);
            assertThat(end).isAfterOrEqualTo(JUNE);
        } catch (IllegalArgumentException refused) {
            assertThat(most).isLessThan(Duration.between(now, JUNE).toSeconds() + 1.01);
        }
    }

    private static Instant down(Subscription held, Instant now, PlanMapper.UsageRow... used) {
        return Quote.of(SITE, new Holding(held, Arrays.asList(used)), BASIC, 1, now)
                .after()
                .expiresAt();
    }

    private static PlanMapper.UsageRow used(String item, long units) {
        return used(BOUGHT, item, units);
    }

    private static PlanMapper.UsageRow used(Instant month, String item, long units) {
        return new PlanMapper.UsageRow(item, month.toEpochMilli(), units);
    }

    private static Subscription held(Instant end) {
        return new Subscription(7, PRO, end, BOUGHT, 2, false, BigDecimal.ONE);
    }
}

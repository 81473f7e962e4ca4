package io.patchbay.billing.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.patchbay.billing.Credits;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class QuoteTest {
    private static final long USER = 7;
    private static final int BASIC = 1;
    private static final int STANDARD = 2;
    private static final int PRO = 3;
    private static final Instant NOW = Instant.parse("2030-01-31T12:00:00Z");

    /** A month costs 100, 200 and 400 credits. */
    private static final PlanSettings SITE = site(plan(BASIC, "10"), plan(STANDARD, "20"), plan(PRO, "40"));

    @Test
    void monthsBoughtTogetherAreCheaper() {
        assertThat(credits(buy(SITE, BASIC, 1))).isEqualByComparingTo("100");
        assertThat(credits(buy(SITE, BASIC, 5))).isEqualByComparingTo("500");
        assertThat(credits(buy(SITE, BASIC, 6))).isEqualByComparingTo("540");
        assertThat(credits(buy(SITE, BASIC, 11))).isEqualByComparingTo("990");
        assertThat(credits(buy(SITE, BASIC, 12))).isEqualByComparingTo("960");
        assertThat(credits(buy(SITE, BASIC, 36))).isEqualByComparingTo("2520");
        assertThat(credits(buy(SITE, PRO, 999))).isEqualByComparingTo("279720");
    }

    @Test
    void aPlanMayHaveDiscountsOfItsOwn() {
        PlanSettings site = site(new Plan(
                BASIC, new BigDecimal("10"), null, Map.of("3", new BigDecimal("0.95"), "12", new BigDecimal("1"))));

        assertThat(credits(buy(site, BASIC, 3))).isEqualByComparingTo("285");
        assertThat(credits(buy(site, BASIC, 12))).isEqualByComparingTo("1200");
        assertThat(credits(buy(site, BASIC, 6))).as("not named").isEqualByComparingTo("540");
        assertThat(buy(site, BASIC, 3).after().paidShare()).isEqualByComparingTo("0.95");
    }

    @Test
    void priceIsRoundedUpToTheMicroCredit() {
        assertThat(buy(site(plan(BASIC, "0.00000001")), BASIC, 1).micro()).isEqualTo(1);
        assertThat(buy(site(plan(BASIC, "0.12345671")), BASIC, 1).micro()).isEqualTo(1_234_568);
    }

    @Test
    void whoHasNoPlanBuysOneFromNowOn() {
        Quote quote = buy(SITE, STANDARD, 1);

        assertThat(quote.kind()).isEqualTo(Quote.Kind.BUY);
        assertThat(quote.after())
                .isEqualTo(new Subscription(
                        USER, STANDARD, Instant.parse("2030-02-28T12:00:00Z"), NOW, 1, false, BigDecimal.ONE));
        assertThat(buy(SITE, STANDARD, 999).after().expiresAt()).isEqualTo("2113-04-30T12:00:00Z");
    }

    @Test
    void anEndedPlanIsNone() {
        Subscription ended =
                new Subscription(USER, PRO, NOW, NOW.minus(Duration.ofDays(90)), 3, true, new BigDecimal("0.7"));

        Quote quote = change(SITE, ended, BASIC, 2, NOW);

        assertThat(quote.kind()).isEqualTo(Quote.Kind.BUY);
        assertThat(credits(quote)).isEqualByComparingTo("200");
        assertThat(quote.after())
                .isEqualTo(new Subscription(
                        USER, BASIC, Instant.parse("2030-03-31T12:00:00Z"), NOW, 5, true, BigDecimal.ONE));
    }

    @Test
    void renewalAddsMonthsAndKeepsTheDay() {
        Subscription bought = buy(SITE, BASIC, 1).after();

        Quote quote = change(SITE, bought, BASIC, 1, NOW.plus(Duration.ofDays(20)));

        assertThat(quote.kind()).isEqualTo(Quote.Kind.RENEW);
        assertThat(credits(quote)).isEqualByComparingTo("100");
        assertThat(quote.after().expiresAt()).as("not 28 March").isEqualTo("2030-03-31T12:00:00Z");
        assertThat(quote.after().anchorAt()).isEqualTo(NOW);
        assertThat(quote.after().totalMonths()).isEqualTo(2);
    }

    @Test
    void renewalMixesWhatWasPaid() {
        Instant now = Instant.parse("2030-04-01T00:00:00Z");
        Subscription thirtyDaysAtList = held(BASIC, now, 30, "1");

        // From 1 May, 12 months at 0.8 are 365 days.
        BigDecimal share =
                change(SITE, thirtyDaysAtList, BASIC, 12, now).after().paidShare();

        assertThat(share).isCloseTo(new BigDecimal("0.815189873"), offset());
    }

    @Test
    void anUpgradePaysTheDifferenceForTheDaysLeft() {
        Quote quote = change(SITE, held(BASIC, NOW, 15, "1"), PRO, 1, NOW);

        assertThat(quote.kind()).isEqualTo(Quote.Kind.UPGRADE);
        assertThat(credits(quote)).isEqualByComparingTo("150");
        assertThat(quote.after()).isEqualTo(held(PRO, NOW, 15, "1"));
        assertThat(change(SITE, held(BASIC, NOW, 15, "1"), PRO, 999, NOW))
                .as("months do not count")
                .isEqualTo(quote);
    }

    @Test
    void anUpgradeRemembersWhatWasPaidBefore() {
        // 10 at 0.7, and 30 more at list price: 37 of 40.
        assertThat(change(SITE, held(BASIC, NOW, 30, "0.7"), PRO, 1, NOW)
                        .after()
                        .paidShare())
                .isEqualByComparingTo("0.925");
    }

    @Test
    void anUpgradeToACheaperPlanCostsNothingAndGivesNothing() {
        PlanSettings odd = site(plan(BASIC, "40"), plan(PRO, "10"));

        Quote quote = change(odd, held(BASIC, NOW, 30, "1"), PRO, 1, NOW);

        assertThat(quote.micro()).isZero();
        assertThat(quote.after()).isEqualTo(held(PRO, NOW, 30, "1"));
    }

    @Test
    void aDowngradeTurnsPaidTimeIntoMoreTimeAndTakesNoDayAway() {
        Quote quote = change(SITE, held(PRO, NOW, 15, "1"), BASIC, 1, NOW);

        assertThat(quote.kind()).isEqualTo(Quote.Kind.DOWNGRADE);
        assertThat(quote.micro()).isZero();
        assertThat(quote.after()).isEqualTo(held(BASIC, NOW, 60, "1"));
        assertThat(change(SITE, held(STANDARD, NOW, 1, "1"), BASIC, 1, NOW).after())
                .isEqualTo(held(BASIC, NOW, 2, "1"));
    }

    @Test
    void aDowngradeGivesNoTimeForADiscount() {
        Subscription pro = buy(SITE, PRO, 36).after();
        Duration bought = Duration.between(NOW, pro.expiresAt());

        Subscription basic = change(SITE, pro, BASIC, 1, NOW).after();

        // 36 months at 0.7 cost 25.2 months of the list price, which are 100.8 months of a quarter of it.
        assertThat(Duration.between(NOW, basic.expiresAt()).toSeconds()).isEqualTo(bought.toSeconds() * 28 / 10);
        assertThat(basic.paidShare()).isEqualByComparingTo("1");
    }

    @Test
    void upAndDownAgainGivesWhatWasPaid() {
        Subscription basic = held(BASIC, NOW, 30, "0.7");

        Quote up = change(SITE, basic, PRO, 1, NOW);
        Quote down = change(SITE, up.after(), BASIC, 1, NOW);

        assertThat(credits(up)).isEqualByComparingTo("300");
        // 21 days' worth before, and 300 credits are 90 days.
        assertThat(down.after()).isEqualTo(held(BASIC, NOW, 111, "1"));
    }

    @Test
    void downAndUpAgainGivesNothing() {
        Subscription pro = held(PRO, NOW, 30, "1");

        Quote down = change(SITE, pro, BASIC, 1, NOW);
        Quote up = change(SITE, down.after(), PRO, 1, NOW);

        assertThat(up.after().expiresAt()).isEqualTo(NOW.plus(Duration.ofDays(120)));
        assertThat(credits(up)).as("90 days more than before").isEqualByComparingTo("1200");
    }

    @Test
    void levelsWithoutAPlanAreRefused() {
        PlanSettings onlyBasic = site(plan(BASIC, "10"));

        for (int level : new int[] {0, STANDARD, PRO, 4, -1}) {
            assertThatIllegalArgumentException()
                    .as("level %d", level)
                    .isThrownBy(() -> buy(onlyBasic, level, 1))
                    .withMessage("invalid plan level");
        }
        assertThatIllegalArgumentException()
                .as("up")
                .isThrownBy(() -> change(onlyBasic, held(BASIC, NOW, 30, "1"), PRO, 1, NOW))
                .withMessage("invalid plan level");
        assertThatIllegalArgumentException()
                .as("down to nothing")
                .isThrownBy(() -> change(site(plan(PRO, "40")), held(PRO, NOW, 30, "1"), BASIC, 1, NOW))
                .withMessage("invalid plan level");
        assertThatIllegalArgumentException()
                .as("from a plan that the site has no more, whose worth nobody knows")
                .isThrownBy(() -> change(onlyBasic, held(PRO, NOW, 30, "1"), BASIC, 1, NOW))
                .withMessage("invalid plan level");
    }

    @Test
    void aPlanForNothingNeitherCostsNorDivides() {
        PlanSettings site = site(plan(BASIC, "0"), plan(PRO, "40"));

        assertThat(buy(site, BASIC, 12).micro()).isZero();
        Quote down = change(site, held(PRO, NOW, 30, "0.7"), BASIC, 1, NOW);
        assertThat(down.micro()).isZero();
        assertThat(down.after().expiresAt()).isEqualTo(NOW.plus(Duration.ofDays(30)));
        Quote up = change(site, down.after(), PRO, 1, NOW);
        assertThat(credits(up)).as("what was given away is gone").isEqualByComparingTo("400");
        assertThat(up.after().paidShare()).isEqualByComparingTo("1");
    }

    @Test
    void noPlanEndsInMoreThanAHundredYears() {
        Subscription long1 = buy(SITE, BASIC, 999).after();

        assertThatIllegalArgumentException()
                .isThrownBy(() -> change(SITE, long1, BASIC, 999, NOW))
                .withMessage("a plan cannot end more than a hundred years from now");
        PlanSettings far = site(plan(BASIC, "0.000001"), plan(PRO, "1000000"));
        assertThatIllegalArgumentException()
                .as("cut off, it would be worth less than was paid")
                .isThrownBy(() -> change(far, held(PRO, NOW, 30, "1"), BASIC, 1, NOW))
                .withMessage("a plan cannot end more than a hundred years from now");
    }

    @Test
    void whatNobodyCouldPayIsRefusedAndNotMadeCheaper() {
        PlanSettings dear = site(plan(BASIC, "1000000"));

        assertThat(buy(dear, BASIC, 1).micro()).isEqualTo(10_000_000L * Credits.MICRO_PER_CREDIT);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> buy(dear, BASIC, 999))
                .withMessage("the price is more than can be paid at once; take fewer months");
    }

    @Test
    void monthsAreCountedInTheZoneOfTheSite() {
        Instant lastHourOfJanuaryInUtc = Instant.parse("2030-01-31T23:30:00Z");
        PlanSettings berlin = new PlanSettings(true, List.of(plan(BASIC, "10")), false, "Europe/Berlin");
        Subscription none = Subscription.none(USER);

        assertThat(change(SITE, none, BASIC, 1, lastHourOfJanuaryInUtc).after().expiresAt())
                .isEqualTo("2030-02-28T23:30:00Z");
        assertThat(change(berlin, none, BASIC, 1, lastHourOfJanuaryInUtc)
                        .after()
                        .expiresAt())
                .as("it is the first of February there")
                .isEqualTo("2030-02-28T23:30:00Z");
        assertThat(change(berlin, none, BASIC, 3, lastHourOfJanuaryInUtc)
                        .after()
                        .expiresAt())
                .isEqualTo("2030-04-30T22:30:00Z");
    }

    static Plan plan(int level, String price) {
        return new Plan(level, new BigDecimal(price), null, null);
    }

    static PlanSettings site(Plan... plans) {
        return new PlanSettings(true, List.of(plans), false, (@Nullable String) null);
    }

    /** With all units of the month unused. */
    static Quote change(PlanSettings site, Subscription held, int level, int months, Instant now) {
        return Quote.of(site, new Holding(held, List.of()), level, months, now);
    }

    private static Quote buy(PlanSettings site, int level, int months) {
        return change(site, Subscription.none(USER), level, months, NOW);
    }

    private static Subscription held(int level, Instant now, int daysLeft, String paidShare) {
        return new Subscription(
                USER, level, now.plus(Duration.ofDays(daysLeft)), NOW, 1, false, new BigDecimal(paidShare));
    }

    private static BigDecimal credits(Quote quote) {
        return Credits.toDecimal(quote.micro());
    }

    private static org.assertj.core.data.Offset<BigDecimal> offset() {
        return org.assertj.core.data.Offset.offset(new BigDecimal("0.000001"));
    }
}

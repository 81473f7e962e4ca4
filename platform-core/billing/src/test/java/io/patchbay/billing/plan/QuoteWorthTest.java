package io.patchbay.billing.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.jspecify.annotations.Nullable;

/** Whatever is bought and changed in whatever order, nobody has more than was paid. */
final class QuoteWorthTest {
    private static final Instant START = Instant.parse("2030-01-01T12:00:00Z");

    /** Calendar months have at most 31 days, so that a day is worth at least this part of a month's price. */
    private static final BigDecimal MONTH =
            BigDecimal.valueOf(Duration.ofDays(31).toMillis());

    private static final BigDecimal ONE_MICRO_CREDIT = new BigDecimal("0.000001");

    /** After so many hours, a level is asked for. */
    record Step(int hours, int level, int months) {}

    /** Prices of the levels, in hundredths. */
    record Prices(int basic, int standard, int pro) {
        PlanSettings site() {
            return QuoteTest.site(plan(1, basic), plan(2, standard), plan(3, pro));
        }

        private static Plan plan(int level, int hundredths) {
            return new Plan(level, BigDecimal.valueOf(hundredths, 2), null, null);
        }
    }

    @Property
    void aChangeIsNeverWorthMoreThanWasPaidForIt(@ForAll("prices") Prices prices, @ForAll("steps") List<Step> steps) {
        PlanSettings site = prices.site();
        Subscription held = Subscription.none(7);
        Instant now = START;
        for (Step step : steps) {
            now = now.plus(Duration.ofHours(step.hours()));
            Quote quote = quote(site, held, step, now);
            if (quote == null) {
                continue;
            }
            Subscription stored = PlanRows.subscription(PlanRows.row(quote.after()));
            BigDecimal before = worth(site, held, now);
            BigDecimal paid = BigDecimal.valueOf(quote.micro(), 6);
            assertThat(worth(site, stored, now))
                    .as("%s from %s to %s", quote.kind(), held, stored)
                    .isLessThanOrEqualTo(before.add(paid).add(ONE_MICRO_CREDIT));
            assertThat(stored.paidShare()).isBetween(BigDecimal.ZERO, BigDecimal.ONE);
            assertThat(quote.micro()).isNotNegative();
            held = stored;
        }
    }

    @Property
    void aDowngradeLosesLessThanASecondOfTime(@ForAll("rising") Prices prices, @ForAll("steps") List<Step> steps) {
        PlanSettings site = prices.site();
        Subscription held = QuoteTest.change(
                        site, Subscription.none(7), 3, steps.getFirst().months(), START)
                .after();
        Instant now = START.plus(Duration.ofHours(steps.getFirst().hours()));
        if (!held.active(now)) {
            return;
        }

        Quote down = quote(site, held, new Step(0, 1, 1), now);
        if (down == null) {
            return; // it would end in more than a hundred years
        }

        BigDecimal second = BigDecimal.valueOf(prices.basic(), 1)
                .multiply(BigDecimal.valueOf(1_000))
                .divide(MONTH, MathContext.DECIMAL64);
        assertThat(worth(site, down.after(), now))
                .isGreaterThanOrEqualTo(worth(site, held, now).subtract(second));
    }

    /** Returns null where the change is refused, which is tested elsewhere. */
    private static @Nullable Quote quote(PlanSettings site, Subscription held, Step step, Instant now) {
        try {
            return QuoteTest.change(site, held, step.level(), step.months(), now);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    private static BigDecimal worth(PlanSettings site, Subscription held, Instant now) {
        if (!held.active(now)) {
            return BigDecimal.ZERO;
        }
        BigDecimal left =
                BigDecimal.valueOf(Duration.between(now, held.expiresAt()).toMillis());
        BigDecimal price = site.plan(held.level()).orElseThrow().creditsPerMonth();
        return left.multiply(price).multiply(held.paidShare()).divide(MONTH, new MathContext(30));
    }

    @Provide
    Arbitrary<Prices> prices() {
        Arbitrary<Integer> price = Arbitraries.integers().between(0, 1_000_000);
        return Combinators.combine(price, price, price).as(Prices::new);
    }

    @Provide
    Arbitrary<Prices> rising() {
        Arbitrary<Integer> price = Arbitraries.integers().between(100, 100_000);
        return Combinators.combine(price, price, price).as((a, b, c) -> new Prices(a, a + b, a + b + c));
    }

    @Provide
    Arbitrary<List<Step>> steps() {
        Arbitrary<Integer> hours = Arbitraries.oneOf(
                Arbitraries.just(0),
                Arbitraries.integers().between(0, 100),
                Arbitraries.integers().between(0, 9_000));
        Arbitrary<Integer> months = Arbitraries.oneOf(
                Arbitraries.of(1, 3, 6, 12, 36), Arbitraries.integers().between(1, 999));
        return Combinators.combine(hours, Arbitraries.integers().between(1, 3), months)
                .as(Step::new)
                .list()
                .ofMinSize(1)
                .ofMaxSize(12);
    }
}

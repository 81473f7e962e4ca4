package io.patchbay.billing.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.billing.ledger.Actor;
import io.patchbay.billing.ledger.Held;
import io.patchbay.billing.ledger.Ledger;
import io.patchbay.billing.ledger.PlanUnit;
import io.patchbay.billing.ledger.Reservation;
import io.patchbay.billing.price.PriceTag;
import io.patchbay.billing.testing.LedgerFixture;
import io.patchbay.foundation.state.Bus;
import io.patchbay.foundation.state.SharedState;
import io.patchbay.foundation.testing.TestDatabase;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** A ledger with plans on it, for one test. */
final class PlanShop implements AutoCloseable {
    static final long USER = 7;
    static final Actor ANN = new Actor(USER, "ann");

    /** 100, 200 and 400 credits a month. */
    static final PlanSettings SITE = new PlanSettings(
            true,
            List.of(
                    plan(1, "10", PlanItem.of("chat", 3, "gpt-4o", "gpt-4o-mini")),
                    plan(2, "20", PlanItem.of("chat", 5, "gpt-4o"), PlanItem.of("draw", 2, "dall-e-3")),
                    plan(3, "40", PlanItem.of("chat", PlanUnit.UNLIMITED, "gpt-4o"))),
            false,
            null);

    final LedgerFixture test;
    final Bus bus;
    final Plans plans;
    final PlanSales sales;

    PlanShop(TestDatabase kind, Path folder) {
        test = new LedgerFixture(kind, folder);
        bus = SharedState.inProcess(test.clock()).bus();
        plans = Plans.open(test.database(), bus, test.clock());
        sales = new PlanSales(plans, test.ledger(), test.clock());
        plans.update(SITE);
    }

    static Plan plan(int level, String price, PlanItem... items) {
        return new Plan(level, new BigDecimal(price), List.of(items), null);
    }

    Subscription buy(int level, int months) {
        return sales.buy(USER, ANN, level, months);
    }

    /** Asks for a request to a model that costs so many micro-credits when the user's plan does not pay. */
    Held ask(String request, String model, long micro) {
        return ask(test.ledger(), request, micro, plans.unit(USER, model, false).orElse(null));
    }

    Held ask(Ledger ledger, String request, long micro, @Nullable PlanUnit unit) {
        return ledger.reserve(wish(request, micro, unit));
    }

    Reservation wish(String request, long micro, @Nullable PlanUnit unit) {
        Instant now = test.clock().instant();
        return new Reservation(request, USER, micro, "gpt-4o", new PriceTag(1, "normal", now), unit, now);
    }

    void release(String request) {
        test.ledger().release(request, "upstream failed").join();
    }

    /** How much of an item is used, or -1 when nothing is counted. */
    long used(String item) {
        return test.number(
                "SELECT COALESCE(MAX(used), -1) FROM plan_usage WHERE user_id = 7 AND item = '%s'".formatted(item));
    }

    /** Does the same many times at once; each learns its number. */
    static <T> List<T> atOnce(int times, NumberedCall<T> call) throws Exception {
        List<Callable<T>> calls = IntStream.range(0, times)
                .<Callable<T>>mapToObj(i -> () -> call.run(i))
                .toList();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<T> results = new ArrayList<>();
            for (Future<T> future : threads.invokeAll(calls)) {
                results.add(future.get());
            }
            return results;
        }
    }

    interface NumberedCall<T> {
        T run(int number);
    }

    /** Checks that the books are right. */
    void sound() {
        assertThat(test.violations()).isEmpty();
    }

    /** Ends the test with a look at the books. */
    @Override
    public void close() {
        try {
            sound();
        } finally {
            plans.close();
            test.close();
        }
    }
}

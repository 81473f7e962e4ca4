package io.patchbay.billing.mix;

import io.patchbay.accounts.AuditLog;
import io.patchbay.billing.code.CodeKind;
import io.patchbay.billing.code.CodeOrder;
import io.patchbay.billing.code.Codes;
import io.patchbay.billing.ledger.Ledger;
import io.patchbay.billing.ledger.NodeIdentity;
import io.patchbay.billing.plan.Plan;
import io.patchbay.billing.plan.PlanItem;
import io.patchbay.billing.plan.PlanSales;
import io.patchbay.billing.plan.PlanSettings;
import io.patchbay.billing.plan.Plans;
import io.patchbay.billing.price.PriceBook;
import io.patchbay.billing.price.PriceRule;
import io.patchbay.billing.testing.LedgerFixture;
import io.patchbay.foundation.database.Database;
import io.patchbay.foundation.ids.RequestId;
import io.patchbay.foundation.state.Bus;
import io.patchbay.foundation.state.SharedState;
import io.patchbay.foundation.testing.SettableClock;
import io.patchbay.foundation.testing.TestDatabase;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** A site with users, prices, plans and codes: one node on SQLite, two on MariaDB. */
final class MoneySite implements AutoCloseable {
    static final int USERS = 4;
    static final long CREDIT = 1_000_000;
    static final List<String> MODELS = List.of("per-token", "per-call", "free", "planned");

    private final LedgerFixture fixture;
    private final SettableClock clock;
    private final PriceBook prices;
    private final Plans plans;
    private final List<Ledger> ledgers = new ArrayList<>();
    private final boolean two;
    private final Queue<String> open = new ConcurrentLinkedQueue<>();
    private final List<String> redeemCodes;
    private final List<String> giftCodes = new ArrayList<>();
    private final List<Object> locks = List.of(new Object(), new Object(), new Object(), new Object());
    private final MoneySeen seen = new MoneySeen();

    MoneySite(TestDatabase kind, Path folder) {
        fixture = new LedgerFixture(kind, folder);
        clock = fixture.clock();
        two = kind == TestDatabase.MARIADB;
        Bus bus = SharedState.inProcess(clock).bus();
        prices = PriceBook.open(fixture.database(), bus, clock);
        plans = Plans.open(fixture.database(), bus, clock);
        openLedgers();
        price("token-billing", "per-token", "0.003", "0.0147");
        price("times-billing", "per-call", "0", "0.25");
        price("non-billing", "free", "0", "0");
        price("token-billing", "planned", "1", "2");
        prices.setGroups(Map.of("basic", new BigDecimal("0.9"), "pro", new BigDecimal("0.333333")));
        plans.update(new PlanSettings(true, List.of(plan(1, 3, 5), plan(2, 6, 20), plan(3, 9, -1)), true, "UTC"));
        for (long user = 1; user <= USERS; user++) {
            ledger(0).credit(user, 40 * CREDIT, LedgerFixture.ADMIN, "start");
            seen.credited(user, 40 * CREDIT, "credit");
        }
        redeemCodes = codes(0).generate(new CodeOrder(CodeKind.REDEEM, null, 2 * CREDIT, 60, 1, null), "root")
                .codes();
        for (String type : List.of("spring", "summer", "autumn")) {
            giftCodes.addAll(codes(0).generate(new CodeOrder(CodeKind.GIFT, type, CREDIT, 4, 1, null), "root")
                    .codes());
        }
    }

    private static Plan plan(int level, int price, int units) {
        return new Plan(level, BigDecimal.valueOf(price, 1), List.of(PlanItem.of("chats", units, "planned")), Map.of());
    }

    private void price(String type, String model, String input, String output) {
        prices.set(new PriceRule(-1, type, List.of(model), new BigDecimal(input), new BigDecimal(output), false));
    }

    private void openLedgers() {
        ledgers.add(fixture.ledger());
        if (two) {
            ledgers.add(Ledger.start(fixture.database(), new NodeIdentity("node-2", RequestId.next()), clock));
        }
    }

    /** Ends all nodes with requests open, and starts later processes of the same nodes. */
    void crash() {
        ledgers.stream().skip(1).forEach(Ledger::close);
        ledgers.clear();
        fixture.restart();
        openLedgers();
        clock.advance(Duration.ofSeconds(1));
        Instant begun = clock.instant();
        ledgers.forEach(ledger -> ledger.recover(begun));
        open.clear();
        seen.crashed();
    }

    /** Gives back what is still open. */
    void endAll() {
        for (String request = open.poll(); request != null; request = open.poll()) {
            ledger(0).release(request, "the end").join();
            seen.ended(request);
        }
    }

    Object lock(long user) {
        return locks.get((int) user - 1);
    }

    int nodes() {
        return ledgers.size();
    }

    Ledger ledger(int node) {
        return ledgers.get(node);
    }

    PlanSales sales(int node) {
        return new PlanSales(plans, ledger(node), clock);
    }

    Codes codes(int node) {
        return new Codes(fixture.database(), ledger(node), new AuditLog(fixture.database(), clock), clock);
    }

    Database database() {
        return fixture.database();
    }

    LedgerFixture fixture() {
        return fixture;
    }

    SettableClock clock() {
        return clock;
    }

    PriceBook prices() {
        return prices;
    }

    Plans plans() {
        return plans;
    }

    Queue<String> open() {
        return open;
    }

    List<String> redeemCodes() {
        return redeemCodes;
    }

    List<String> giftCodes() {
        return giftCodes;
    }

    MoneySeen seen() {
        return seen;
    }

    @Override
    public void close() {
        ledgers.stream().skip(1).forEach(Ledger::close);
        plans.close();
        prices.close();
        fixture.close();
    }
}

package io.patchbay.billing.mix;

import io.patchbay.billing.TokenUsage;
import io.patchbay.billing.code.CodeKind;
import io.patchbay.billing.ledger.Actor;
import io.patchbay.billing.ledger.Charge;
import io.patchbay.billing.ledger.Held;
import io.patchbay.billing.ledger.InsufficientCredits;
import io.patchbay.billing.ledger.Ledger;
import io.patchbay.billing.ledger.Outcome;
import io.patchbay.billing.ledger.PlanUnit;
import io.patchbay.billing.ledger.Reservation;
import io.patchbay.billing.ledger.Settlement;
import io.patchbay.billing.price.Price;
import io.patchbay.billing.testing.LedgerFixture;
import io.patchbay.foundation.ids.RequestId;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;

/** Does one random thing after another on one node, and remembers what it was told. */
final class MoneyClient {
    /** What has to happen in a run that means something. */
    static final Set<String> KINDS = new TreeSet<>(List.of(
            "SETTLED",
            "RELEASED",
            "by plan",
            "credit",
            "crash",
            "extend",
            "gift",
            "plan",
            "redeem",
            "refund",
            "refused",
            "repeat"));

    private final MoneySite site;
    private final int node;
    private final SplittableRandom random;

    MoneyClient(MoneySite site, int node, SplittableRandom random) {
        this.site = site;
        this.node = node;
        this.random = random;
    }

    void run(int steps) {
        for (int i = 0; i < steps; i++) {
            long user = 1 + random.nextInt(MoneySite.USERS);
            try {
                step(user);
            } catch (InsufficientCredits | IllegalArgumentException refusal) {
                site.seen().happened("refused");
            }
        }
    }

    private void step(long user) {
        switch (random.nextInt(20)) {
            case 0, 1, 2, 3, 4, 5, 6 -> reserve(user);
            case 7, 8, 9, 10, 11 -> end();
            case 12 -> extend();
            case 13 -> refund();
            case 14 -> redeem(user);
            case 15 -> gift(user);
            case 16 -> subscribe(user);
            case 17 -> repeat();
            case 18 -> {
                ledger().credit(user, MoneySite.CREDIT, LedgerFixture.ADMIN, "more");
                site.seen().credited(user, MoneySite.CREDIT, "credit");
            }
            default -> {
                if (random.nextInt(20) == 0) {
                    site.clock().advance(Duration.ofDays(9));
                }
            }
        }
    }

    private void reserve(long user) {
        String model = MoneySite.MODELS.get(random.nextInt(MoneySite.MODELS.size()));
        Price price = site.prices().find(model, site.plans().group(user)).orElseThrow();
        PlanUnit unit = site.plans().unit(user, model, false).orElse(null);
        String request = RequestId.next();
        Held held = ledger().reserve(new Reservation(
                request,
                user,
                price.estimate(random.nextInt(3_000), 1_000),
                model,
                price.tag(),
                unit,
                site.clock().instant()));
        site.seen().held(request, user);
        if (held.planItem() != null) {
            site.seen().happened("by plan");
        }
        site.open().add(request);
    }

    private void end() {
        String request = site.open().poll();
        if (request == null) {
            return;
        }
        long user = site.seen().user(request);
        Outcome outcome = random.nextInt(4) == 0
                ? ledger().release(request, "random").join()
                : ledger().settle(request, settlement(request)).join();
        site.seen().outcome(request, user, outcome);
    }

    private Settlement settlement(String request) {
        Charge charge = ledger().charge(request).orElseThrow();
        Price price = site.prices().findAt(charge.model(), charge.tag()).orElseThrow();
        TokenUsage usage = new TokenUsage(
                random.nextInt(3_000),
                random.nextInt(4_000),
                new TokenUsage.Parts(
                        random.nextInt(900),
                        random.nextInt(2) * 77,
                        random.nextInt(500),
                        0,
                        random.nextInt(2) * 9,
                        0,
                        0),
                random.nextBoolean());
        int units = 1 + random.nextInt(2);
        return new Settlement(price.cost(usage, units), usage, units, "");
    }

    private void extend() {
        String request = site.open().poll();
        if (request != null) {
            try {
                ledger().extend(request, 1 + random.nextInt(2_000_000)).join();
                site.seen().happened("extend");
            } finally {
                site.open().add(request);
            }
        }
    }

    private void refund() {
        List<Ledger.Settled> settled = ledger().settled(0, 1_000);
        if (!settled.isEmpty()) {
            Ledger.Settled chosen = settled.get(random.nextInt(settled.size()));
            long before = ledger().refunded(chosen.requestId());
            long micro = ledger().refund(chosen.requestId(), LedgerFixture.ADMIN, "random");
            // Two clients may refund the same charge at once; it counts once, for the first.
            if (before == 0 && site.seen().firstRefund(chosen.requestId())) {
                site.seen().credited(chosen.charge().userId(), micro, "refund");
            }
        }
    }

    private void redeem(long user) {
        String code = site.redeemCodes().get(random.nextInt(site.redeemCodes().size()));
        long micro = site.codes(node).use(CodeKind.REDEEM, code, actor(user));
        site.seen().redeemed(code, user, micro, "redeem");
    }

    private void gift(long user) {
        String code = site.giftCodes().get(random.nextInt(site.giftCodes().size()));
        long micro = site.codes(node).use(CodeKind.GIFT, code, actor(user));
        site.seen().redeemed(code, user, micro, "gift");
    }

    /** One purchase of a user at a time, so that what it cost can be told from the sum of all of them. */
    private void subscribe(long user) {
        synchronized (site.lock(user)) {
            long before = plansPaid(user);
            site.sales(node).buy(user, actor(user), 1 + random.nextInt(3), 1 + random.nextInt(2));
            site.seen().taken(user, plansPaid(user) - before, "plan");
        }
    }

    private long plansPaid(long user) {
        return -site.fixture()
                .number("SELECT COALESCE(SUM(micro), 0) FROM ledger_entry WHERE kind = 'PLAN' AND user_id = " + user);
    }

    /** Asks again for what has ended: the answer must be the first one. */
    private void repeat() {
        List<Ledger.Settled> settled = ledger().settled(0, 1_000);
        if (!settled.isEmpty()) {
            Ledger.Settled chosen = settled.get(random.nextInt(settled.size()));
            long charged = -Objects.requireNonNull(chosen.charge().outcome()).micro();
            Outcome again = random.nextBoolean()
                    ? ledger().release(chosen.requestId(), "again").join()
                    : ledger().settle(chosen.requestId(), new Settlement(7, TokenUsage.NONE, "again"))
                            .join();
            if (again.kind() != Outcome.Kind.SETTLED || again.charged() != charged) {
                throw new AssertionError("a second outcome of " + chosen.requestId() + ": " + again);
            }
            site.seen().happened("repeat");
        }
    }

    private Ledger ledger() {
        return site.ledger(node);
    }

    private static Actor actor(long user) {
        return new Actor(user, "user" + user);
    }
}

package io.patchbay.billing.mix;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.billing.ledger.Outcome;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** What the clients were told, added up without the ledger. */
final class MoneySeen {
    private final Map<Long, LongAdder> credited = new ConcurrentHashMap<>();
    private final Map<Long, LongAdder> taken = new ConcurrentHashMap<>();
    private final Map<String, Outcome> outcomes = new ConcurrentHashMap<>();
    private final Map<String, Long> held = new ConcurrentHashMap<>();
    private final Map<String, LongAdder> happened = new ConcurrentHashMap<>();
    private final Set<String> refunded = ConcurrentHashMap.newKeySet();
    private final Map<String, Long> redeemed = new ConcurrentHashMap<>();

    void credited(long user, long micro, String kind) {
        credited.computeIfAbsent(user, id -> new LongAdder()).add(micro);
        happened(kind);
    }

    void taken(long user, long micro, String kind) {
        taken.computeIfAbsent(user, id -> new LongAdder()).add(micro);
        happened(kind);
    }

    void happened(String kind) {
        happened.computeIfAbsent(kind, name -> new LongAdder()).increment();
    }

    /** A code gave credits: only once, whoever tries. */
    void redeemed(String code, long user, long micro, String kind) {
        assertThat(redeemed.putIfAbsent(code, user))
                .as("the code was used before")
                .isNull();
        credited(user, micro, kind);
    }

    /** Returns whether nobody has seen this refund before. */
    boolean firstRefund(String request) {
        return refunded.add(request);
    }

    void held(String request, long user) {
        held.put(request, user);
    }

    void outcome(String request, long user, Outcome outcome) {
        Outcome before = outcomes.putIfAbsent(request, outcome);
        assertThat(before == null || before.equals(outcome))
                .as("a second outcome")
                .isTrue();
        if (before == null) {
            taken(user, outcome.charged(), outcome.kind().name());
        }
        held.remove(request);
    }

    void ended(String request) {
        held.remove(request);
    }

    /** What was open has ended by the recovery, at no cost. */
    void crashed() {
        happened("crash");
        held.clear();
    }

    long user(String request) {
        return held.getOrDefault(request, 0L);
    }

    void assertAgrees(MoneySite site) {
        for (long user = 1; user <= MoneySite.USERS; user++) {
            long expected = sum(credited, user) - sum(taken, user);
            assertThat(site.ledger(0).balance(user).owned())
                    .as("user %d owns", user)
                    .isEqualTo(expected);
            assertThat(site.ledger(0).balance(user).reserved())
                    .as("user %d holds", user)
                    .isZero();
            assertThat(expected).as("user %d", user).isGreaterThan(-100 * MoneySite.CREDIT);
        }
        assertThat(site.fixture().number("SELECT COUNT(*) FROM credit_code_use"))
                .isEqualTo(redeemed.size());
    }

    /** Returns which kinds of deeds happened. */
    Set<String> kinds() {
        return new TreeSet<>(happened.keySet());
    }

    String summary() {
        return new TreeMap<>(happened).toString();
    }

    private static long sum(Map<Long, LongAdder> sums, long user) {
        LongAdder sum = sums.get(user);
        return sum == null ? 0 : sum.sum();
    }
}

package io.patchbay.billing.ledger;

import static io.patchbay.billing.testing.LedgerFixture.ADMIN;
import static io.patchbay.billing.testing.LedgerFixture.settlement;
import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.billing.testing.LedgerFixture;
import io.patchbay.foundation.testing.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

/** Compares the ledger with a model of it that fits on a page, over random sequences with many repetitions. */
final class LedgerModelTest {
    private static final AtomicLong RUNS = new AtomicLong();
    private static LedgerFixture test;

    /** One step; users and requests are drawn from so few that they meet often. */
    record Step(Verb verb, int user, int request, long micro) {}

    enum Verb {
        RESERVE,
        SETTLE,
        RELEASE,
        CREDIT,
        SET,
        EXTEND,
        REFUND
    }

    @BeforeContainer
    static void open() throws IOException {
        Path folder = Files.createTempDirectory("ledger-model");
        test = new LedgerFixture(TestDatabase.SQLITE, folder);
    }

    @AfterContainer
    static void close() {
        try {
            assertThat(test.violations()).isEmpty();
        } finally {
            test.close();
        }
    }

    @Property(tries = 150)
    void stepByStepItDoesWhatTheModelDoes(@ForAll("sequences") List<Step> steps) {
        Model model = new Model();
        long run = RUNS.incrementAndGet();

        for (Step step : steps) {
            assertThat(perform(step, run)).as("%s", step).isEqualTo(model.perform(step));
        }

        assertBalances(model, run);
    }

    @Property(tries = 150)
    void anyNumberOfStepsInOneTransactionDoesTheSame(
            @ForAll("sequences") List<Step> steps, @ForAll("sizes") List<Integer> sizes) {
        Model model = new Model();
        long run = RUNS.incrementAndGet();
        List<String> expected = steps.stream().map(model::perform).toList();

        List<String> actual = new ArrayList<>();
        int from = 0;
        for (int i = 0; from < steps.size(); i++) {
            int to = Math.min(steps.size(), from + sizes.get(i % sizes.size()));
            actual.addAll(together(steps.subList(from, to), run, from));
            from = to;
        }

        assertThat(actual).isEqualTo(expected);
        assertBalances(model, run);
    }

    /** What is remembered between transactions is of before this one, also behind a deed in its middle. */
    @Example
    void behindADeedWhatCameBeforeItIsSeen() {
        long run = RUNS.incrementAndGet();
        together(List.of(new Step(Verb.CREDIT, 1, 1, 9), new Step(Verb.RESERVE, 1, 1, 1)), run, 0);

        List<Step> steps = List.of(
                new Step(Verb.EXTEND, 1, 1, 2),
                new Step(Verb.REFUND, 1, 2, 0),
                new Step(Verb.RESERVE, 1, 1, 1),
                new Step(Verb.RESERVE, 1, 1, 3));
        assertThat(together(steps, run, 2)).containsExactly("holds 3", "refused", "refused", "held");
    }

    @Provide
    Arbitrary<List<Step>> sequences() {
        return Combinators.combine(
                        Arbitraries.frequency(
                                net.jqwik.api.Tuple.of(5, Verb.RESERVE),
                                net.jqwik.api.Tuple.of(5, Verb.SETTLE),
                                net.jqwik.api.Tuple.of(2, Verb.RELEASE),
                                net.jqwik.api.Tuple.of(2, Verb.CREDIT),
                                net.jqwik.api.Tuple.of(1, Verb.SET),
                                net.jqwik.api.Tuple.of(3, Verb.EXTEND),
                                net.jqwik.api.Tuple.of(2, Verb.REFUND)),
                        Arbitraries.integers().between(1, 2),
                        Arbitraries.integers().between(1, 6),
                        Arbitraries.longs().between(0, 40))
                .as(Step::new)
                .list()
                .ofMinSize(1)
                .ofMaxSize(40);
    }

    @Provide
    Arbitrary<List<Integer>> sizes() {
        return Arbitraries.integers().between(1, 12).list().ofMinSize(1).ofMaxSize(5);
    }

    private static void assertBalances(Model model, long run) {
        for (int user = 1; user <= 2; user++) {
            Balance balance = test.ledger().balance(run * 10 + user);
            assertThat(balance.owned()).isEqualTo(model.balance(user));
            assertThat(balance.reserved()).isEqualTo(model.reserved(user));
            assertThat(balance.used()).isEqualTo(model.used.getOrDefault(user, 0L));
        }
    }

    private static String perform(Step step, long run) {
        String request = run + "-" + step.request();
        long user = run * 10 + step.user();
        try {
            return switch (step.verb()) {
                case RESERVE -> {
                    test.reserve(request, user, step.micro());
                    yield "held";
                }
                case SETTLE -> text(test.settle(request, step.micro()));
                case RELEASE -> text(test.ledger().release(request, "").join());
                case CREDIT -> {
                    test.credit(user, step.micro());
                    yield "credited";
                }
                case SET -> {
                    test.ledger().setBalance(user, step.micro(), ADMIN, "");
                    yield "credited";
                }
                case EXTEND ->
                    "holds "
                            + test.ledger().extend(request, step.micro()).join().micro();
                case REFUND -> "refunded " + test.ledger().perform(new Refund(request, user, ADMIN, ""));
            };
        } catch (RuntimeException e) {
            return text(e.getCause() instanceof RuntimeException cause ? cause : e);
        }
    }

    private static List<String> together(List<Step> steps, long run, int offset) {
        List<Operation<?>> operations = new ArrayList<>();
        for (Step step : steps) {
            String request = run + "-" + step.request();
            long user = run * 10 + step.user();
            String key = run + "+" + (offset + operations.size());
            operations.add(
                    switch (step.verb()) {
                        case RESERVE -> new Operation.Reserve(test.reservation(request, user, step.micro()));
                        case SETTLE -> new Operation.Settle(request, settlement(step.micro()));
                        case RELEASE -> new Operation.Release(request, "");
                        case CREDIT ->
                            new Operation.Adjust(key, user, LedgerEntry.Kind.CREDIT, step.micro(), ADMIN, "");
                        case SET -> new Operation.Adjust(key, user, LedgerEntry.Kind.SET, step.micro(), ADMIN, "");
                        case EXTEND -> new Operation.Extend(request, step.micro());
                        case REFUND -> new Operation.Act<>(new Refund(request, user, ADMIN, ""));
                    });
        }
        List<String> results = new ArrayList<>();
        List<Committer.Result> committed = test.ledger().commit(operations);
        for (int i = 0; i < operations.size(); i++) {
            Committer.Result result = committed.get(i);
            if (result.refusal() != null) {
                results.add(text(result.refusal()));
            } else if (result.value() instanceof Outcome outcome) {
                results.add(text(outcome));
            } else if (operations.get(i) instanceof Operation.Extend && result.value() instanceof Held held) {
                results.add("holds " + held.micro());
            } else if (operations.get(i) instanceof Operation.Act<?>) {
                results.add("refunded " + result.value());
            } else {
                results.add(operations.get(i) instanceof Operation.Reserve ? "held" : "credited");
            }
        }
        return results;
    }

    private static String text(Outcome outcome) {
        return outcome.kind() + " " + outcome.charged() + " " + outcome.writtenOff();
    }

    private static String text(RuntimeException e) {
        return switch (e) {
            case InsufficientCredits refusal -> "not enough " + refusal.available();
            case IllegalArgumentException refusal -> "refused";
            default -> throw e;
        };
    }

    /** The ledger as one would explain it on a blackboard. */
    private static final class Model {
        private record Hold(int user, long micro) {}

        private final Map<Integer, Long> balance = new HashMap<>();
        private final Map<Integer, Long> used = new HashMap<>();
        private final Map<Integer, Hold> holds = new HashMap<>();
        private final Map<Integer, String> ended = new HashMap<>();
        private final Map<Integer, Long> refunded = new HashMap<>();

        long balance(int user) {
            return balance.getOrDefault(user, 0L);
        }

        long reserved(int user) {
            return holds.entrySet().stream()
                    .filter(entry -> !ended.containsKey(entry.getKey()))
                    .map(Map.Entry::getValue)
                    .filter(hold -> hold.user() == user)
                    .mapToLong(Hold::micro)
                    .sum();
        }

        String perform(Step step) {
            return switch (step.verb()) {
                case RESERVE -> reserve(step);
                case SETTLE -> end(step.request(), step.micro(), true);
                case RELEASE -> end(step.request(), 0, false);
                case CREDIT -> {
                    balance.merge(step.user(), step.micro(), Long::sum);
                    yield "credited";
                }
                case SET -> {
                    balance.put(step.user(), step.micro());
                    yield "credited";
                }
                case EXTEND -> extend(step.request(), step.micro());
                case REFUND -> refund(step.request(), step.user());
            };
        }

        private String extend(int request, long more) {
            Hold hold = holds.get(request);
            if (hold == null) {
                return "refused";
            }
            if (!ended.containsKey(request)) {
                long available = balance(hold.user()) - reserved(hold.user());
                hold = new Hold(hold.user(), hold.micro() + Math.max(0, Math.min(available, more)));
                holds.put(request, hold);
            }
            return "holds " + hold.micro();
        }

        private String refund(int request, int user) {
            Long known = refunded.get(request);
            if (known != null) {
                return "refunded " + known;
            }
            String outcome = ended.getOrDefault(request, "");
            long charge = outcome.startsWith("SETTLED ") ? Long.parseLong(outcome.split(" ")[1]) : 0;
            Hold hold = holds.get(request);
            if (charge == 0 || hold == null || hold.user() != user) {
                return "refused";
            }
            balance.merge(user, charge, Long::sum);
            used.merge(user, -charge, Long::sum);
            refunded.put(request, charge);
            return "refunded " + charge;
        }

        private String reserve(Step step) {
            Hold known = holds.get(step.request());
            if (known != null) {
                return known.equals(new Hold(step.user(), step.micro())) ? "held" : "refused";
            }
            long available = balance(step.user()) - reserved(step.user());
            if (step.micro() > 0 && available < step.micro()) {
                return "not enough " + available;
            }
            holds.put(step.request(), new Hold(step.user(), step.micro()));
            return "held";
        }

        private String end(int request, long cost, boolean settle) {
            Hold hold = holds.get(request);
            if (hold == null) {
                return "refused";
            }
            String known = ended.get(request);
            if (known != null) {
                return known;
            }
            ended.put(request, ""); // its hold no longer counts
            long charged = 0;
            if (settle) {
                long available = balance(hold.user()) - reserved(hold.user());
                long mayFallBy = available + hold.micro(); // down to minus one hold
                charged = Math.min(cost, Math.max(hold.micro(), mayFallBy));
                balance.merge(hold.user(), -charged, Long::sum);
                used.merge(hold.user(), charged, Long::sum);
            }
            String outcome = (settle ? "SETTLED " : "RELEASED ") + charged + " " + (settle ? cost - charged : 0);
            ended.put(request, outcome);
            return outcome;
        }
    }
}

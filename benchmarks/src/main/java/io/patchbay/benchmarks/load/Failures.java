package io.patchbay.benchmarks.load;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * Failed calls.
 *
 * @param counts by kind, without those that did not happen
 * @param first what is known about the first few; never a body
 */
public record Failures(Map<FailureKind, Long> counts, List<String> first) {
    private static final int SHOWN = 5;

    /** No failure. */
    public static final Failures NONE = new Failures(Map.of(), List.of());

    /** Returns how many there were. */
    public long total() {
        return counts.values().stream().mapToLong(Long::longValue).sum();
    }

    /** Returns these and those. */
    public Failures and(Failures more) {
        Counter sum = new Counter();
        sum.add(this);
        sum.add(more);
        return sum.failures();
    }

    @Override
    public String toString() {
        return counts.isEmpty() ? "none" : counts + " " + first;
    }

    /** Counts failures; of one thread. */
    static final class Counter {
        private final Map<FailureKind, Long> counts = new EnumMap<>(FailureKind.class);
        private final List<String> first = new ArrayList<>();

        void add(FailureKind kind, String about) {
            counts.merge(kind, 1L, Long::sum);
            if (first.size() < SHOWN) {
                first.add(kind + ": " + about);
            }
        }

        void add(Failures failures) {
            failures.counts.forEach((kind, count) -> counts.merge(kind, count, Long::sum));
            failures.first.stream().limit(SHOWN - first.size()).forEach(first::add);
        }

        Failures failures() {
            return new Failures(counts.isEmpty() ? Map.of() : new EnumMap<>(counts), List.copyOf(first));
        }
    }
}

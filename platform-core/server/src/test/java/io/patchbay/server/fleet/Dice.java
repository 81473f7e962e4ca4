package io.patchbay.server.fleet;

import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/**
 * Chance that can be repeated: what happens to a call at an upstream follows from the seed, the upstream and the call,
 * in whatever order calls arrive. Immutable.
 *
 * @param seed the same seed gives the same faults
 */
public record Dice(long seed) {
    private static final long DEFAULT = 20_261_125;

    /** Returns the dice of this run: seeded by the system property {@code patchbay.test.seed}, else always the same. */
    public static Dice ofThisRun() {
        return new Dice(Long.getLong("patchbay.test.seed", DEFAULT));
    }

    /** Returns the throws for that subject. */
    public RandomGenerator of(String upstream, String subject) {
        return new SplittableRandom(seed * 0x9E3779B97F4A7C15L + (upstream + "/" + subject).hashCode());
    }

    /** Returns a key as providers make them, which no other text contains by chance. */
    public String key(String owner, int number) {
        long random = of(owner, "key " + number).nextLong();
        return "sk-fleet-" + owner + "-" + number + "-" + Long.toUnsignedString(random, 36);
    }
}

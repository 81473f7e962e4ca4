package io.patchbay.testkit.conformance;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The few assertions checks are made of. */
final class Expect {
    private Expect() {}

    static void that(boolean condition, String otherwise) {
        if (!condition) {
            throw new AssertionError(otherwise);
        }
    }

    static void same(String what, @Nullable Object expected, @Nullable Object found) {
        if (!Objects.equals(expected, found)) {
            throw new AssertionError(what + ": expected " + expected + ", found " + found);
        }
    }

    /** Runs a part of a check; what goes wrong is told with the place in front. */
    static void at(String place, Runnable part) {
        try {
            part.run();
        } catch (AssertionError e) {
            throw new AssertionError(place + ": " + e.getMessage(), e);
        } catch (RuntimeException e) {
            throw new AssertionError(place + ": " + e, e);
        }
    }
}

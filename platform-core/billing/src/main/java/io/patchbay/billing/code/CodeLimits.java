package io.patchbay.billing.code;

import io.patchbay.foundation.request.ClientAddress;
import io.patchbay.foundation.state.Counters;
import java.time.Duration;

/**
 * Slows down the guessing of codes. Thread-safe.
 *
 * <p>Two counts are kept, each forgotten ten minutes after its last failure: for one user from everywhere, and for one
 * address whoever the user. A refused attempt is not counted, so that nobody is locked out for longer by asking.
 */
public final class CodeLimits {
    /** Failures one user may have. */
    public static final int PER_USER = 20;

    /** Failures all users of one address may have together. */
    public static final int PER_ADDRESS = 60;

    /** How long after the last failure a count is forgotten. */
    public static final Duration MEMORY = Duration.ofMinutes(10);

    private final Counters counters;

    /** Makes limits over counters, which all nodes should share. */
    public CodeLimits(Counters counters) {
        this.counters = counters;
    }

    /**
     * Returns whether an attempt may go on. It counts as a failure of the user until {@link #succeeded} says otherwise,
     * so that parallel attempts cannot slip through together.
     *
     * @param clientAddress empty when unknown, which is not limited
     */
    public boolean admits(long userId, String clientAddress) {
        if (counters.failures(user(userId)) >= PER_USER
                || (!clientAddress.isEmpty() && counters.failures(address(clientAddress)) >= PER_ADDRESS)) {
            return false;
        }
        return counters.fail(user(userId), MEMORY) <= PER_USER;
    }

    /**
     * Counts a refused code against the address. A success never clears this count: else a guesser would use a code of
     * his own now and then.
     */
    public void failed(String clientAddress) {
        if (!clientAddress.isEmpty()) {
            counters.fail(address(clientAddress), MEMORY);
        }
    }

    /** Forgets the failures of a user who had a good code. */
    public void succeeded(long userId) {
        counters.clear(user(userId));
    }

    private static String user(long userId) {
        return "billing.code:user:" + userId;
    }

    private static String address(String clientAddress) {
        return "billing.code:address:" + ClientAddress.limitKey(clientAddress);
    }
}

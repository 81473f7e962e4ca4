package io.patchbay.accounts.limit;

import io.patchbay.foundation.request.ClientAddress;
import io.patchbay.foundation.state.Counters;
import java.time.Duration;
import java.util.Locale;

/**
 * Slows down the guessing of passwords. Thread-safe.
 *
 * <p>Three counts are kept, each forgotten ten minutes after its last failure: for one account from one address, for one
 * address whatever the account, and for one account from everywhere. The last is generous, because it lets strangers lock
 * somebody out. Accounts that do not exist are counted like the others, so that the limits tell nothing about them.
 */
public final class SignInLimits {
    /** Failures one address may have on one account. */
    public static final int PER_ACCOUNT_AND_ADDRESS = 10;

    /** Failures one address may have on all accounts together. */
    public static final int PER_ADDRESS = 60;

    /** Failures one account may have from all addresses together. */
    public static final int PER_ACCOUNT = 100;

    /** How long after the last failure a count is forgotten. */
    public static final Duration MEMORY = Duration.ofMinutes(10);

    private final Counters counters;

    public SignInLimits(Counters counters) {
        this.counters = counters;
    }

    /**
     * Returns whether an attempt may go on. It counts as failed until {@link #succeeded} or {@link #undecided} says
     * otherwise, so that parallel attempts cannot slip through together; refused attempts are not counted.
     */
    public boolean admits(String login, String clientAddress) {
        Keys keys = new Keys(login, clientAddress);
        if (counters.failures(keys.pair) >= PER_ACCOUNT_AND_ADDRESS
                || counters.failures(keys.account) >= PER_ACCOUNT
                || counters.failures(keys.address) >= PER_ADDRESS) {
            return false;
        }
        return counters.fail(keys.pair, MEMORY) <= PER_ACCOUNT_AND_ADDRESS
                && counters.fail(keys.account, MEMORY) <= PER_ACCOUNT;
    }

    /**
     * Counts a wrong password against the address. A success never clears this count: else a guesser would sign in to an
     * account of his own now and then.
     */
    public void failed(String login, String clientAddress) {
        counters.fail(new Keys(login, clientAddress).address, MEMORY);
    }

    /** Takes an attempt back whose password nobody got to look at. */
    public void undecided(String login, String clientAddress) {
        Keys keys = new Keys(login, clientAddress);
        counters.forgive(keys.pair);
        counters.forgive(keys.account);
    }

    /** Forgets the failures of an account whose owner has shown the password. */
    public void succeeded(String login, String clientAddress) {
        Keys keys = new Keys(login, clientAddress);
        counters.clear(keys.pair);
        counters.clear(keys.account);
    }

    private record Keys(String pair, String account, String address) {
        Keys(String login, String clientAddress) {
            String name = login.strip().toLowerCase(Locale.ROOT);
            String origin = ClientAddress.limitKey(clientAddress);
            this(
                    "accounts.sign-in:pair:" + origin + ":" + name,
                    "accounts.sign-in:account:" + name,
                    "accounts.sign-in:address:" + origin);
        }
    }
}

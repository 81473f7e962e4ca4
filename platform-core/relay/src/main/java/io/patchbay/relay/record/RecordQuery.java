package io.patchbay.relay.record;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What somebody wants to see of the request log. Immutable and checked; whether he may see it is decided elsewhere.
 *
 * @param userId whose lines, {@code null} for those of all users
 * @param from the first moment, in epoch milliseconds
 * @param until the first moment that is too late, in epoch milliseconds
 * @param tokenName only calls with API keys of that name, empty for all
 * @param model only calls for that public model name, empty for all
 * @param type which kind of lines
 * @param channel only calls that ended on the channel with that id, {@code null} for all
 * @param outcome only calls with that outcome, empty for all
 * @param page which page, from 0
 * @param size lines a page, 1 to {@link #MAX_SIZE}
 */
public record RecordQuery(
        @Nullable Long userId,
        long from,
        long until,
        String tokenName,
        String model,
        Type type,
        @Nullable Long channel,
        String outcome,
        int page,
        int size) {
    /** Most lines of one page. */
    public static final int MAX_SIZE = 100;

    /** Lines of a page when nothing is said, as in all lists of the original. */
    public static final int DEFAULT_SIZE = 10;

    /** How far pages reach; who wants more narrows the time range, or exports. */
    public static final int REACH = 10_000;

    private static final Set<String> OUTCOMES = Set.of("", "answered", "failed", "broken", "left");
    private static final int LONGEST_NAME = 255;

    /** Which kind of lines. */
    public enum Type {
        /** Calls and changes of balances. */
        ALL,
        /** Credits that were added: codes, payments, administrators, charges given back. */
        TOPUP,
        /** Calls. */
        CONSUME,
        /** Credits that were taken for anything but calls, and balances that were set to what they were. */
        SYSTEM;

        /** Returns the type of that name in lower case, or empty. */
        public static Optional<Type> named(String name) {
            for (Type type : values()) {
                if (type.label().equals(name)) {
                    return Optional.of(type);
                }
            }
            return Optional.empty();
        }

        /** Returns the name that clients use. */
        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * Checks the parts.
     *
     * @throws IllegalArgumentException with a sentence that names the field as clients do
     */
    public RecordQuery {
        if (from >= until) {
            throw new IllegalArgumentException("end_time: expected a time after start_time");
        }
        if (model.length() > LONGEST_NAME) {
            throw new IllegalArgumentException("model: expected at most " + LONGEST_NAME + " characters");
        }
        if (tokenName.length() > LONGEST_NAME) {
            throw new IllegalArgumentException("token_name: expected at most " + LONGEST_NAME + " characters");
        }
        if (!OUTCOMES.contains(outcome)) {
            throw new IllegalArgumentException("outcome: expected answered, failed, broken or left");
        }
        if (size < 1 || size > MAX_SIZE) {
            throw new IllegalArgumentException("size: expected 1 to " + MAX_SIZE + ", found " + size);
        }
        if (page < 0 || (page + 1L) * size > REACH) {
            throw new IllegalArgumentException(
                    "page: only the newest " + REACH + " lines can be turned through; narrow the time range instead");
        }
    }

    /** Returns how many lines come before the page. */
    public int offset() {
        return page * size;
    }

    /** Returns whether a calls' line can be among what is asked for. */
    boolean wantsCalls() {
        return type == Type.ALL || type == Type.CONSUME;
    }

    /** Returns whether a line of the ledger can be among what is asked for; none has a key, a model or a channel. */
    boolean wantsLedger() {
        return type != Type.CONSUME && tokenName.isEmpty() && model.isEmpty() && channel == null && outcome.isEmpty();
    }
}

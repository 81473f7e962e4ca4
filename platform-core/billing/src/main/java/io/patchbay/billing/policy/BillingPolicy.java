package io.patchbay.billing.policy;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What is charged when a call does not end well. Immutable; a call keeps the policy that was in force when it was let in.
 *
 * <p>What no policy changes: an answer that ended well is charged, one from the response cache is not, a call that failed
 * before any content is not, and neither is one that was cut by the server's own end.
 *
 * @param clientLeft a client that left in the middle of its answer: what was produced until then
 * @param upstreamCut an answer that broke in the middle: what was produced until then
 * @param empty an answer that ended well without any content and whose usage was not told: its prompt
 * @param spent a streamed answer that outgrows what its user can pay
 */
public record BillingPolicy(
        @JsonProperty("client_left") Charging clientLeft,
        @JsonProperty("upstream_cut") Charging upstreamCut,
        @JsonProperty("empty") Charging empty,
        @JsonProperty("spent") Spent spent) {
    /** What was delivered is charged, what is empty is not, and nobody gets more than he can pay. */
    public static final BillingPolicy DEFAULT =
            new BillingPolicy(Charging.CHARGE, Charging.CHARGE, Charging.FREE, Spent.STOP);

    /** Whether something is charged. */
    public enum Charging {
        /** It is charged. */
        CHARGE,
        /** It costs nothing. */
        FREE;

        @JsonCreator
        static Charging of(String name) {
            return named(Charging.class, name);
        }

        @JsonValue
        String wireName() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** What is done when the credits end in the middle of an answer. */
    public enum Spent {
        /** The answer is stopped with an error; what was delivered is charged. */
        STOP,
        /** The answer goes on; what the account cannot pay is written off. */
        GO_ON;

        @JsonCreator
        static Spent of(String name) {
            return named(Spent.class, name);
        }

        @JsonValue
        String wireName() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** What is absent is as in {@link #DEFAULT}. */
    public BillingPolicy(
            @JsonProperty("client_left") @Nullable Charging clientLeft,
            @JsonProperty("upstream_cut") @Nullable Charging upstreamCut,
            @JsonProperty("empty") @Nullable Charging empty,
            @JsonProperty("spent") @Nullable Spent spent) {
        this.clientLeft = Objects.requireNonNullElse(clientLeft, Charging.CHARGE);
        this.upstreamCut = Objects.requireNonNullElse(upstreamCut, Charging.CHARGE);
        this.empty = Objects.requireNonNullElse(empty, Charging.FREE);
        this.spent = Objects.requireNonNullElse(spent, Spent.STOP);
    }

    private static <E extends Enum<E>> E named(Class<E> type, String name) {
        for (E value : type.getEnumConstants()) {
            if (value.name().equalsIgnoreCase(name)) {
                return value;
            }
        }
        throw new IllegalArgumentException("'%s' is not one of the choices".formatted(name));
    }
}

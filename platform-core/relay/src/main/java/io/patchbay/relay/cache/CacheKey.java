package io.patchbay.relay.cache;

import io.patchbay.spi.Dialect;
import io.patchbay.spi.chat.Wire;
import io.patchbay.spi.json.JsonBoolean;
import io.patchbay.spi.json.JsonValue;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Stands for a request and the user group that made it: 32 bytes of SHA-256, from which the request cannot be read.
 *
 * <p>Two requests have the same key when they differ in nothing but the order of their top-level members, white space
 * between tokens, the spelling of numbers ({@code 1.0} and {@code 1}), and members that do not influence the answer.
 * Members nobody here knows do influence it. Pictures count by what the request says: bytes, or an address.
 */
record CacheKey(long first, long second, long third, long fourth) {
    /**
     * Members that say how the answer is sent, billed, traced or stored, not what is in it. {@code model} is here
     * because the model the client means is told apart from it.
     */
    private static final Set<String> IGNORED = Set.of(
            "model",
            "stream",
            "stream_options",
            "user",
            "safety_identifier",
            "metadata",
            "store",
            "service_tier",
            "prompt_cache_key",
            "prompt_cache_retention");

    /** Members that have only one value in requests that have a key. */
    private static final Set<String> SETTLED = Set.of("n", "logprobs", "top_logprobs", "modalities", "audio");

    /** Changed whenever the same request would get another key, for stores that outlive a process. */
    private static final String FORM = "patchbay answer 1";

    /**
     * Returns the key of a request, or nothing when its answer cannot be kept: several choices, log probabilities,
     * output that is no text, or a dialect whose members are not known here. Large members are hashed where they lie.
     *
     * @param group the user group of the caller
     * @param model the model by the client's name, after modifiers
     */
    static Optional<CacheKey> of(String group, String model, Wire wire) {
        if (!wire.dialect().equals(Dialect.OPENAI_CHAT) || !fits(wire)) {
            return Optional.empty();
        }
        RequestDigest digest = new RequestDigest();
        digest.text(FORM);
        digest.text(wire.dialect().id());
        digest.text(group);
        digest.text(model);
        for (String name : new TreeSet<>(wire.names())) {
            if (!ignores(name) && !SETTLED.contains(name)) {
                digest.member(wire, name);
            }
        }
        ByteBuffer hash = ByteBuffer.wrap(digest.end());
        return Optional.of(new CacheKey(hash.getLong(), hash.getLong(), hash.getLong(), hash.getLong()));
    }

    /** Returns whether requests that differ in that top-level member alone have the same key. */
    static boolean ignores(String name) {
        return IGNORED.contains(name);
    }

    private static boolean fits(Wire wire) {
        return isAtMost(wire.get("n"), 1)
                && isOff(wire.get("logprobs"))
                && isAtMost(wire.get("top_logprobs"), 0)
                && isOff(wire.get("audio"))
                && isTextOnly(wire.get("modalities"));
    }

    private static boolean isOff(@Nullable JsonValue value) {
        return value == null || value.isNull() || value instanceof JsonBoolean flag && !flag.value();
    }

    private static boolean isAtMost(@Nullable JsonValue value, long most) {
        if (value == null || value.isNull()) {
            return true;
        }
        BigDecimal number = value.number();
        return number != null && number.compareTo(BigDecimal.valueOf(most)) <= 0;
    }

    private static boolean isTextOnly(@Nullable JsonValue value) {
        return value == null
                || value.isNull()
                || value.elements().size() == 1
                        && "text".equals(value.elements().getFirst().string());
    }

    /** Says nothing of the request. */
    @Override
    public String toString() {
        return "key %016x".formatted(first);
    }
}

package io.patchbay.billing.code;

import io.patchbay.billing.Credits;
import java.time.Instant;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What codes are to be generated.
 *
 * @param kind of which kind
 * @param type the type of gift codes, 1 to 32 of the characters A-Z, a-z, 0-9, _ and -; null for redeem codes
 * @param micro what each use is worth, in micro-credits, from 1 to {@link Credits#MAX_MICRO}
 * @param number how many codes, from 1 to {@link #MOST}
 * @param maxUses how many users may use each of them, from 1 to {@link #MOST_USES}
 * @param expiresAt from when on they cannot be used; null when they always can
 */
public record CodeOrder(
        CodeKind kind,
        @Nullable String type,
        long micro,
        long number,
        long maxUses,
        @Nullable Instant expiresAt) {
    /** The most codes that are generated at once. */
    public static final int MOST = 10_000;

    /** The most users that one code is for. */
    public static final int MOST_USES = 1_000_000;

    private static final Pattern TYPE = Pattern.compile("[A-Za-z0-9_-]{1,32}");

    /**
     * Checks the parts.
     *
     * @throws IllegalArgumentException with a sentence for the administrator
     */
    public CodeOrder {
        if (kind == CodeKind.REDEEM) {
            type = null;
        } else if (type == null || !TYPE.matcher(type).matches()) {
            throw new IllegalArgumentException("type must have 1 to 32 of the characters A-Z, a-z, 0-9, _ and -");
        }
        if (micro < 1 || micro > Credits.MAX_MICRO) {
            throw new IllegalArgumentException("quota must be at least 0.000001 and at most %s credits"
                    .formatted(Credits.toDecimal(Credits.MAX_MICRO).toPlainString()));
        }
        within("number", number, MOST);
        within("max_uses", maxUses, MOST_USES);
    }

    private static void within(String name, long value, long most) {
        if (value < 1 || value > most) {
            throw new IllegalArgumentException(
                    "%s must be a whole number from 1 to %d, is %d".formatted(name, most, value));
        }
    }
}

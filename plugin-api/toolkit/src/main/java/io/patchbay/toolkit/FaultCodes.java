package io.patchbay.toolkit;

import io.patchbay.spi.Fault;
import io.patchbay.spi.FaultKind;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A vendor's error codes and what they mean. Immutable.
 *
 * <pre>{@code
 * static final FaultCodes CODES = FaultCodes.of(Map.of("10013", FaultKind.CONTENT, "11202", FaultKind.RATE));
 * }</pre>
 */
public final class FaultCodes {
    private static final int MOST = 500;

    private final Map<String, FaultKind> kinds;
    private final FaultKind others;

    private FaultCodes(Map<String, FaultKind> kinds, FaultKind others) {
        this.kinds = Map.copyOf(kinds);
        this.others = others;
    }

    /** Returns a table; a code that is not in it means {@link FaultKind#UPSTREAM}. */
    public static FaultCodes of(Map<String, FaultKind> kinds) {
        return new FaultCodes(kinds, FaultKind.UPSTREAM);
    }

    /** Returns this table with another meaning of all codes that are not in it. */
    public FaultCodes others(FaultKind kind) {
        return new FaultCodes(kinds, kind);
    }

    /** Returns what a code means, {@code null} when the table does not know it. */
    public @Nullable FaultKind kind(@Nullable String code) {
        return code == null ? null : kinds.get(code);
    }

    /** Returns the fault of a code with the vendor's words; missing words are replaced by the code. */
    public Fault fault(@Nullable String code, @Nullable String message) {
        String words =
                message == null || message.isBlank() ? "the upstream reported the error " + code : message.strip();
        FaultKind known = kind(code);
        return Fault.builder(known == null ? others : known, words.length() > MOST ? words.substring(0, MOST) : words)
                .vendorCode(code)
                .build();
    }
}

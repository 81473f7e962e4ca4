package io.patchbay.dialects.fault;

import io.patchbay.spi.Bytes;
import io.patchbay.spi.Fault;
import io.patchbay.spi.FaultKind;
import io.patchbay.spi.json.JsonException;
import io.patchbay.spi.json.JsonValue;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Reads what an answer without success means. Status codes lie: the body decides first, the status second.
 *
 * <p>Messages quote the vendor in at most 500 characters, on one line, without addresses, keys and organisation ids.
 */
public final class FaultReader {
    private static final Function<String, @Nullable String> NO_HEADERS = name -> null;

    private FaultReader() {}

    /**
     * Reads a whole answer.
     *
     * @param status the HTTP status; a 2xx is read as an error that wears one
     * @param header gives the first header of a name in lower case, or {@code null}
     * @param body the body or its beginning, at most 64 KiB
     * @param now the present, for dates in headers
     */
    public static Fault read(int status, Function<String, @Nullable String> header, Bytes body, Instant now) {
        ErrorWords words = words(body);
        Verdict verdict = FaultTable.byWords(words, status);
        boolean sure = verdict != null;
        if (verdict == null) {
            verdict = words.json() ? FaultTable.byStatus(status) : bySurface(status, header, words);
        }
        verdict = heed(verdict, sure, header.apply("x-should-retry"));
        return fault(verdict, words, status, RetryDelay.of(verdict.kind(), header, words, now));
    }

    /**
     * Reads an error inside a stream or inside a 200 answer.
     *
     * @param errorObject the value of {@code error} (an object or a text), or the whole payload
     */
    public static Fault inBand(JsonValue errorObject) {
        ErrorWords words = ErrorWords.of(errorObject);
        int status = words.status();
        Verdict verdict = FaultTable.byWords(words, status);
        if (verdict == null) {
            verdict = status == 0 ? new Verdict(FaultKind.UPSTREAM, "upstream_server") : FaultTable.byStatus(status);
        }
        return fault(verdict, words, status, RetryDelay.of(verdict.kind(), NO_HEADERS, words, Instant.EPOCH));
    }

    /**
     * Returns whether a payload that is no answer says that something went wrong: it has an {@code error} that is
     * neither {@code null} nor empty, or is an error object itself.
     */
    public static boolean isError(JsonValue payload) {
        return ErrorWords.isError(payload);
    }

    /** What an error means. */
    record Verdict(FaultKind kind, @Nullable String sub) {}

    private static Fault fault(Verdict verdict, ErrorWords words, int status, @Nullable Duration after) {
        String message = CleanText.of(words.message());
        if (message.isEmpty()) {
            message = status == 0 ? "the upstream reported an error" : "the upstream answered with status " + status;
        }
        return Fault.builder(verdict.kind(), message)
                .sub(verdict.sub())
                .vendorCode(words.vendorCode())
                .after(after)
                .status(status)
                .build();
    }

    private static ErrorWords words(Bytes body) {
        if (body.isEmpty()) {
            return ErrorWords.NONE;
        }
        try {
            return ErrorWords.of(body.json());
        } catch (JsonException e) {
            return ErrorWords.ofText(body.utf8());
        }
    }

    /** A body that is no JSON comes from something in front of the vendor, or from no vendor at all. */
    private static Verdict bySurface(int status, Function<String, @Nullable String> header, ErrorWords words) {
        boolean cloudflare = header.apply("cf-ray") != null || words.surface().contains("cloudflare");
        if (status == 403 && cloudflare) {
            return new Verdict(FaultKind.NO_ACCESS, "region_blocked");
        }
        if (status == 404 || status == 405) {
            return new Verdict(FaultKind.CONFIG, "endpoint");
        }
        return FaultTable.byStatus(status);
    }

    /** The vendor's explicit word on retrying beats what we made of a bare status. */
    private static Verdict heed(Verdict verdict, boolean sure, @Nullable String shouldRetry) {
        if (shouldRetry == null) {
            return verdict;
        }
        boolean transientKind = verdict.kind() == FaultKind.RETRY || verdict.kind() == FaultKind.UPSTREAM;
        return switch (shouldRetry.trim().toLowerCase(Locale.ROOT)) {
            case "false" -> transientKind ? new Verdict(FaultKind.UPSTREAM, "do_not_retry") : verdict;
            case "true" ->
                !sure && (verdict.kind() == FaultKind.BAD_REQUEST || verdict.kind() == FaultKind.UPSTREAM)
                        ? new Verdict(FaultKind.RETRY, "asked_to_retry")
                        : verdict;
            default -> verdict;
        };
    }
}

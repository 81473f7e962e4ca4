package io.patchbay.foundation.problem;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A failure that the client is told about.
 *
 * <p>The detail is a sentence for the client: what was expected, what was found; no secrets, no internals. Fields are
 * added to the answer as they are. Problems below 500 carry no stack trace, because they are ordinary outcomes.
 */
public final class Problem extends RuntimeException {
    private final Kind kind;
    private final String detail;
    private final transient Map<String, Object> fields;

    /** What went wrong, as far as a program can act on it. */
    public enum Kind {
        BAD_REQUEST(400, "Bad request"),
        UNAUTHENTICATED(401, "Not signed in"),
        PAYMENT(402, "Not enough credits"),
        FORBIDDEN(403, "Not allowed"),
        NOT_FOUND(404, "Not found"),
        METHOD_NOT_ALLOWED(405, "Method not allowed"),
        NOT_ACCEPTABLE(406, "Not acceptable"),
        TIMEOUT(408, "Timed out"),
        CONFLICT(409, "Conflict"),
        GONE(410, "Gone"),
        PRECONDITION(412, "Changed by somebody else"),
        TOO_LARGE(413, "Too large"),
        UNSUPPORTED_MEDIA(415, "Unsupported media type"),
        UNPROCESSABLE(422, "Cannot be processed"),
        TOO_MANY(429, "Too many requests"),
        INTERNAL(500, "Internal error"),
        UPSTREAM(502, "Upstream failed"),
        UNAVAILABLE(503, "Not available"),
        UPSTREAM_TIMEOUT(504, "Upstream timed out");

        private final int status;
        private final String title;

        Kind(int status, String title) {
            this.status = status;
            this.title = title;
        }

        /** Returns the HTTP status. */
        public int status() {
            return status;
        }

        /** Returns a few words that are the same for every problem of this kind. */
        public String title() {
            return title;
        }

        /**
         * Returns after how many seconds it is worth trying again, for the header {@code Retry-After}; 0 when that is no
         * matter of time.
         */
        public int retryAfterSeconds() {
            return switch (this) {
                case TOO_MANY -> 1;
                case UNAVAILABLE -> 5;
                default -> 0;
            };
        }

        /** Returns a stable name for programs, for example {@code not-found}. */
        public String slug() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }

        /** Returns the kind for an HTTP status, by its class when there is none of its own. */
        public static Kind of(int status) {
            for (Kind kind : values()) {
                if (kind.status == status) {
                    return kind;
                }
            }
            return status >= 400 && status < 500 ? BAD_REQUEST : INTERNAL;
        }
    }

    /** Creates a problem. */
    public Problem(Kind kind, String detail) {
        this(kind, detail, Map.of(), null);
    }

    /** Creates a problem with further fields for the client. */
    public Problem(Kind kind, String detail, Map<String, ?> fields) {
        this(kind, detail, fields, null);
    }

    /** Creates a problem with further fields for the client and a cause for the log. */
    public Problem(Kind kind, String detail, Map<String, ?> fields, @Nullable Throwable cause) {
        super(detail, cause, false, kind.status() >= 500);
        this.kind = kind;
        this.detail = detail;
        this.fields = Collections.unmodifiableMap(new LinkedHashMap<>(fields));
    }

    /** Returns what went wrong. */
    public Kind kind() {
        return kind;
    }

    /** Returns the sentence for the client. */
    public String detail() {
        return detail;
    }

    /** Returns further fields of the answer, in their order. */
    public Map<String, Object> fields() {
        return fields;
    }

    /** Returns a problem of kind {@link Kind#BAD_REQUEST}. */
    public static Problem badRequest(String detail) {
        return new Problem(Kind.BAD_REQUEST, detail);
    }

    /** Returns a problem of kind {@link Kind#UNAUTHENTICATED}. */
    public static Problem unauthenticated(String detail) {
        return new Problem(Kind.UNAUTHENTICATED, detail);
    }

    /** Returns a problem of kind {@link Kind#FORBIDDEN}. */
    public static Problem forbidden(String detail) {
        return new Problem(Kind.FORBIDDEN, detail);
    }

    /** Returns a problem of kind {@link Kind#NOT_FOUND}. */
    public static Problem notFound(String detail) {
        return new Problem(Kind.NOT_FOUND, detail);
    }

    /** Returns a problem of kind {@link Kind#CONFLICT}. */
    public static Problem conflict(String detail) {
        return new Problem(Kind.CONFLICT, detail);
    }

    /** Returns a problem of kind {@link Kind#UNAVAILABLE}. */
    public static Problem unavailable(String detail) {
        return new Problem(Kind.UNAVAILABLE, detail);
    }
}

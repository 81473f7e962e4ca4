package io.patchbay.foundation.log;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/**
 * A value in the diagnostic context of the current thread, for the length of a try block.
 *
 * <pre>{@code
 * try (var scope = LogContext.channel(name)) { ... }
 * }</pre>
 *
 * <p>Closing restores what was there before. Must be closed by the thread that opened it, innermost first.
 */
public final class LogContext implements AutoCloseable {
    private static final String REQUEST = "request";
    private static final String USER = "user";
    private static final String CHANNEL = "channel";
    private static final String PLUGIN = "plugin";

    private final String key;
    private final @Nullable String before;

    private LogContext(String key, String value) {
        this.key = key;
        this.before = MDC.get(key);
        MDC.put(key, value);
    }

    /** Enters a request, by its id. */
    public static LogContext request(String id) {
        return new LogContext(REQUEST, id);
    }

    /** Enters the work for a user, by number. */
    public static LogContext user(long id) {
        return new LogContext(USER, Long.toString(id));
    }

    /** Enters the work on a channel. */
    public static LogContext channel(String name) {
        return new LogContext(CHANNEL, name);
    }

    /** Enters a plugin, for example {@code openai@1.4.2}. */
    public static LogContext plugin(String name) {
        return new LogContext(PLUGIN, name);
    }

    /** Returns the id of the request that the current thread works on. */
    public static Optional<String> requestId() {
        return Optional.ofNullable(MDC.get(REQUEST));
    }

    @Override
    public void close() {
        if (before == null) {
            MDC.remove(key);
        } else {
            MDC.put(key, before);
        }
    }
}

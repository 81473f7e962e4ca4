package io.patchbay.kernel;

import java.util.ArrayList;
import java.util.List;
import java.util.ServiceConfigurationError;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/**
 * Runs plugin code so that its faults stay its own.
 *
 * <p>Exceptions, linkage errors, failed service look-ups, failed assertions and stack overflows become text. The thrown object is
 * never kept, because it would pin the plugin's class loader; other errors, such as a full heap, are the host's and pass.
 */
public final class Guarded {
    private static final int MAX_TEXT = 2_000;
    private static final int MAX_CAUSES = 6;

    private Guarded() {}

    /**
     * What became of a guarded call: either a value (which may be null where the work returns null) or a fault.
     *
     * @param <T> the value's type
     * @param value what the work returned; null after a fault
     * @param fault what was thrown, as text; null when the work returned
     */
    public record Outcome<T extends @Nullable Object>(
            @Nullable T value, @Nullable String fault) {

        /** Returns whether the work threw. */
        public boolean failed() {
            return fault != null;
        }
    }

    /**
     * Runs the work.
     *
     * @param work plugin code
     * @return its value, or the text of its fault
     */
    public static <T extends @Nullable Object> Outcome<T> call(Callable<T> work) {
        try {
            return new Outcome<>(work.call(), null);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Outcome<>(null, "interrupted");
        } catch (Exception | LinkageError | ServiceConfigurationError | AssertionError | StackOverflowError e) {
            return new Outcome<>(null, describe(e));
        }
    }

    /**
     * Runs work that returns nothing.
     *
     * @param work plugin code
     * @return the text of its fault, or null
     */
    public static @Nullable String run(ThrowingRunnable work) {
        return Guarded.<@Nullable Void>call(() -> {
                    work.run();
                    return null;
                })
                .fault();
    }

    /** Work that returns nothing and may throw. */
    @FunctionalInterface
    public interface ThrowingRunnable {
        /** Runs. */
        void run() throws Exception;
    }

    /**
     * Says what was thrown: class and message of each cause, and where the innermost one was thrown.
     *
     * @param thrown any throwable, which is not kept
     * @return text of at most 2,000 characters, never empty
     */
    public static String describe(Throwable thrown) {
        try {
            return written(thrown);
        } catch (RuntimeException | LinkageError | StackOverflowError e) {
            // A plugin's own exception may fail even while it is being described.
            return thrown.getClass().getName();
        }
    }

    private static String written(Throwable thrown) {
        List<String> parts = new ArrayList<>();
        Throwable innermost = thrown;
        for (Throwable cause = thrown; cause != null && parts.size() < MAX_CAUSES; cause = cause.getCause()) {
            parts.add(oneLine(cause));
            innermost = cause;
        }
        StackTraceElement[] stack = innermost.getStackTrace();
        String text = String.join("; caused by ", parts) + (stack.length > 0 ? " (at " + stack[0] + ")" : "");
        return text.length() <= MAX_TEXT ? text : text.substring(0, MAX_TEXT - 1) + "…";
    }

    private static String oneLine(Throwable thrown) {
        String name = thrown.getClass().getName();
        String message = thrown.getMessage();
        return message == null || message.isBlank()
                ? name
                : name + ": " + message.strip().replaceAll("\\s+", " ");
    }
}

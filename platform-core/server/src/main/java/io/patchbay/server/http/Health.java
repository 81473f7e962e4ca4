package io.patchbay.server.http;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BooleanSupplier;

/** Whether the server lives and whether it may be given work. */
public final class Health {
    private final Map<String, BooleanSupplier> checks = new LinkedHashMap<>();
    private volatile boolean started;
    private volatile boolean stopping;

    /** Adds something without which no work can be done; must answer quickly. */
    public Health check(String name, BooleanSupplier ready) {
        checks.put(name, ready);
        return this;
    }

    /** Says that the start is complete. */
    public void started() {
        started = true;
    }

    /** Says that no new work should be sent. */
    public void stopping() {
        stopping = true;
    }

    /** Returns each check's result; all must be true for work to be sent. */
    Map<String, Boolean> results() {
        Map<String, Boolean> results = new LinkedHashMap<>();
        results.put("started", started);
        results.put("not stopping", !stopping);
        checks.forEach((name, ready) -> results.put(name, holds(ready)));
        return results;
    }

    private static boolean holds(BooleanSupplier check) {
        try {
            return check.getAsBoolean();
        } catch (RuntimeException e) {
            return false;
        }
    }
}

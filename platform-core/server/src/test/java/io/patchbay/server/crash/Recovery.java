package io.patchbay.server.crash;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What a server said of its recovery. */
record Recovery(long reservations, Duration took) {
    private static final Pattern SAID =
            Pattern.compile("ledger: recovery released (\\d+) reservations .* in (\\d+) ms");

    /** Returns what a server's output tells; {@code null} when it did not come that far. */
    static @Nullable Recovery toldIn(String output) {
        Matcher said = SAID.matcher(output);
        return said.find()
                ? new Recovery(Long.parseLong(said.group(1)), Duration.ofMillis(Long.parseLong(said.group(2))))
                : null;
    }
}

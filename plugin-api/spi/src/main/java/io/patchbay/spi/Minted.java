package io.patchbay.spi;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ProviderType;

/** Short-lived credentials made from a channel's secret. The host caches them per key line and renews them. */
@ProviderType
public final class Minted {
    private final Map<String, Secret> values;
    private final Instant expires;
    private final Instant renewAt;

    private Minted(Map<String, Secret> values, Instant expires, Instant renewAt) {
        this.values = Map.copyOf(values);
        this.expires = expires;
        this.renewAt = renewAt;
    }

    /** Returns one value that is renewed when nine tenths of its life have passed. */
    public static Minted of(String name, Secret value, Instant now, Duration life) {
        return of(
                Map.of(name, value),
                now.plus(life),
                now.plus(life.multipliedBy(9).dividedBy(10)));
    }

    /**
     * Returns several values.
     *
     * @param expires from when on they are useless
     * @param renewAt from when on the host fetches new ones in the background, or {@code null} for {@code expires}
     */
    public static Minted of(Map<String, Secret> values, Instant expires, @Nullable Instant renewAt) {
        Objects.requireNonNull(expires, "expires is null");
        return new Minted(values, expires, renewAt == null ? expires : renewAt);
    }

    /** Returns the values by name. */
    public Map<String, Secret> values() {
        return values;
    }

    /** Returns from when on the values are useless. */
    public Instant expires() {
        return expires;
    }

    /** Returns from when on the host renews them. */
    public Instant renewAt() {
        return renewAt;
    }
}

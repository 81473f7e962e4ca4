package io.patchbay.spi.host;

import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ProviderType;

/** What a plugin may know of the host it runs in. Lent as an OSGi service. */
@ProviderType
public interface HostInfo {
    /** Returns the platform's version, such as {@code 0.1.0}. */
    String platformVersion();

    /** Returns the address under which the outside world reaches this host, or {@code null} when none is configured. */
    @Nullable
    String publicUrl();
}

package io.patchbay.spi.http;

import java.time.Instant;
import java.util.Map;
import org.osgi.annotation.versioning.ConsumerType;

/** Signs a request right before it is sent, on every attempt. Must be quick and must not block. */
@ConsumerType
@FunctionalInterface
public interface Signer {
    /**
     * Returns the headers to add or replace, or the query parameters to append.
     *
     * @param request what is about to be sent
     * @param bodySha256 lower-case hexadecimal digest of the exact body bytes
     * @param now the time of sending
     */
    Map<String, String> sign(HttpRequest request, String bodySha256, Instant now);
}

package io.patchbay.spi;

import io.patchbay.spi.http.HttpRequest;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ProviderType;

/**
 * What the host lends to one run of a flow. Used only inside the calls the host makes into the flow.
 *
 * @param <E> the events of the flow
 */
@ProviderType
public interface Turn<E> {
    /** Hands an event to the host, in order. */
    void emit(E event);

    /** Returns the time; the same during one call into the flow. */
    Instant now();

    /** Returns random bytes, 1 to 1,024. */
    byte[] random(int count);

    /** Notes a fact for the request log, such as the vendor's trace id. Both are cut at 200 characters. */
    void note(String key, String value);

    /**
     * Declares the request that tells the upstream to stop, should the call be abandoned from here on. The host signs
     * and sends it once, with five seconds, without running plugin code. {@code null} withdraws it.
     */
    void farewell(@Nullable HttpRequest last);
}

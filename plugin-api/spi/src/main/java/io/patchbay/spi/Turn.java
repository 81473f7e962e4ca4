package io.patchbay.spi;

import io.patchbay.spi.http.HttpRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
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
     * Says which fields of the client's request the upstream will not see. The channel's policy decides: the client is told
     * in a response header, or the call is refused. So it is said before the exchange that goes without them.
     *
     * @param fields names as the client wrote them, such as {@code logit_bias}
     */
    void dropped(Collection<String> fields);

    /**
     * Asks the host to keep a small text for later calls, see {@link Next#recall}.
     *
     * @param value at most {@link Memo#MOST} characters; a longer one is not kept
     * @param keep how long it is worth something
     */
    void remember(Memo memo, String value, Duration keep);

    /**
     * Declares the request that tells the upstream to stop, should the call be abandoned from here on. The host signs
     * and sends it once, with five seconds, without running plugin code. {@code null} withdraws it.
     */
    void farewell(@Nullable HttpRequest last);
}

package io.patchbay.billing.price.source;

import java.net.URI;
import java.time.Duration;

/** Fetches what another site shows everybody. Whoever provides it decides which addresses are asked at all. */
public interface PriceSource {
    /**
     * What came.
     *
     * @param status the HTTP status
     * @param body the whole body when the status is 200, else empty
     */
    record Fetched(int status, byte[] body) {}

    /** Says why nothing came, as the end of a sentence that begins with the address; holds nothing that came. */
    final class Unfetched extends Exception {
        private static final long serialVersionUID = 1L;

        /** Makes one. */
        public Unfetched(String reason) {
            super(reason);
        }
    }

    /**
     * Fetches an address without credentials; blocks. Redirects are not followed.
     *
     * @param address http or https
     * @param maxBytes how much is read at most
     * @param timeout how long it may take altogether
     * @throws Unfetched when it is not asked, cannot be reached, takes longer or is longer
     */
    Fetched fetch(URI address, int maxBytes, Duration timeout) throws Unfetched;
}

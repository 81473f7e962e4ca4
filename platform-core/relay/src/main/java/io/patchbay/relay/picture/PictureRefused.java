package io.patchbay.relay.picture;

import io.patchbay.relay.address.GuardedResolver;
import io.patchbay.spi.Fault;
import io.patchbay.spi.FaultKind;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;

/** A picture cannot be used. The message completes the sentence “a picture cannot be used: …” and names no address. */
final class PictureRefused extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private static final String CODE = "invalid_image_url";

    private final boolean busy;

    PictureRefused(String reason) {
        this(reason, false);
    }

    private PictureRefused(String reason, boolean busy) {
        super(reason, null, false, false);
        this.busy = busy;
    }

    /** Returns a refusal that is nobody's fault and soon over. */
    static PictureRefused busy() {
        return new PictureRefused("this site handles too many pictures at the moment", true);
    }

    /**
     * The one answer for a server that does not exist, does not answer, or must not be asked: whoever sends addresses
     * shall not learn from it what is behind them.
     */
    static PictureRefused unreachable() {
        return new PictureRefused("its server cannot be reached from here");
    }

    /** What the guard of addresses says: the same, whether a server does not exist or must not be asked. */
    static final class Reasons implements GuardedResolver.Refusal {
        @Override
        public Throwable unknown(UnknownHostException cause) {
            return unreachable();
        }

        @Override
        public Throwable forbidden(List<InetAddress> addresses) {
            return unreachable();
        }

        @Override
        public Throwable busy() {
            return PictureRefused.busy();
        }
    }

    /**
     * Returns what the client is told.
     *
     * @param number which picture of the request, from 1; 0 for no one in particular
     */
    Fault fault(int number) {
        String which = number == 0 ? "The pictures cannot be used: " : "Picture " + number + " cannot be used: ";
        return Fault.builder(busy ? FaultKind.RETRY : FaultKind.BAD_REQUEST, which + getMessage() + ".")
                .vendorCode(CODE)
                .build();
    }
}

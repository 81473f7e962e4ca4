package io.patchbay.kernel;

import io.patchbay.foundation.state.Subscription;
import io.patchbay.spi.ChannelType;
import java.util.List;
import java.util.Optional;

/** The channel types that running plugins offer. Safe for many threads; no method blocks. */
public interface ChannelTypes {

    /**
     * Takes a lease on the current generation of a channel type.
     *
     * <p>A swap never refuses a lease: either the old or the new generation answers.
     *
     * @param type the type id
     * @return the lease, to be closed exactly once; empty when no running plugin offers the type
     */
    Optional<Lease<ChannelType>> lease(String type);

    /** Returns what is offered now, ordered by type id. */
    List<OfferedType> all();

    /**
     * Runs a listener after every change of what is offered, on the life-cycle thread: it must be quick and must not wait for the
     * kernel.
     */
    Subscription onChange(Runnable listener);
}

package io.patchbay.kernel;

import io.patchbay.spi.ChannelFamily;
import java.util.List;
import java.util.Optional;

/** The families of channel types that running plugins offer. Safe for many threads; no method blocks. */
public interface ChannelFamilies {

    /**
     * Takes a lease on the current generation of a family. A channel type made by it is part of that generation: it
     * may be used while the lease is open, and must not be kept longer.
     *
     * @param family the family's id
     * @return the lease, to be closed exactly once; empty when no running plugin offers the family
     */
    Optional<Lease<ChannelFamily>> lease(String family);

    /** Returns what is offered now, ordered by id. */
    List<Offered<FamilyDescriptor>> all();
}

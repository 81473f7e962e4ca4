package io.patchbay.spi;

import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ProviderType;

/** One configured channel with one credential, as a flow sees it. Immutable. */
@ProviderType
public interface ChannelView {
    /** Returns the channel's number. */
    long id();

    /** Returns the channel's name, for messages. */
    String name();

    /** Returns the endpoint as the operator wrote it, trimmed; the descriptor's default when he wrote none. */
    String endpoint();

    /**
     * Returns a named part of the credential chosen for this call.
     *
     * @throws IllegalArgumentException when the descriptor declares no such part; a declared one is never missing,
     *     because the host refuses the call before the flow begins
     */
    Secret secret(String part);

    /** Returns a minted value, or {@code null} when the type mints nothing of that name. */
    @Nullable
    Secret minted(String name);

    /** Returns an option field of the channel, the field's default when the operator set none, else empty. */
    String option(String field);
}

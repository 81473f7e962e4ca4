package io.patchbay.kernel;

import static java.util.Objects.requireNonNull;

import io.patchbay.spi.ChannelDescriptor;
import io.patchbay.spi.ChannelType;
import java.util.List;
import java.util.function.Function;

/**
 * A kind of service a plugin may provide.
 *
 * <p>Services of one kind are told apart by an id that they state in a descriptor. The descriptor is read once, when a plugin is
 * probed, so listing what is offered runs no plugin code.
 *
 * @param <T> the service interface
 * @param <D> the descriptor's type
 * @param type the service interface, exported to plugins by the host
 * @param describe reads the descriptor of a service; runs plugin code
 * @param id reads the id of a descriptor
 */
public record ServiceKind<T, D>(Class<T> type, Function<T, D> describe, Function<D, String> id) {

    /** Upstreams that answer chat and media calls. */
    public static final ServiceKind<ChannelType, ChannelDescriptor> CHANNEL_TYPE =
            new ServiceKind<>(ChannelType.class, ChannelType::descriptor, ChannelDescriptor::id);

    /** Every kind the platform knows. */
    public static final List<ServiceKind<?, ?>> ALL = List.of(CHANNEL_TYPE);

    public ServiceKind {
        requireNonNull(type, "type is null");
        requireNonNull(describe, "describe is null");
        requireNonNull(id, "id is null");
    }

    /** Returns the interface's simple name, for messages and listings. */
    public String label() {
        return type.getSimpleName();
    }
}

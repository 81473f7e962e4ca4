package io.patchbay.kernel;

import static java.util.Objects.requireNonNull;

import io.patchbay.spi.ChannelDescriptor;
import io.patchbay.spi.ChannelFamily;
import io.patchbay.spi.ChannelType;
import java.util.List;
import java.util.function.Function;

/**
 * A kind of service a plugin may provide.
 *
 * <p>Services of one kind are told apart by an id that they state in a descriptor. The descriptor is read once, when a
 * plugin is probed, so listing what is offered runs no plugin code.
 *
 * @param <T> the service interface
 * @param <D> the descriptor's type
 * @param type the service interface, exported to plugins by the host
 * @param describe reads the descriptor of a service; runs plugin code
 * @param id reads the id of a descriptor
 * @param members reads the channel types a service brings along, which are provided like those a plugin registers one
 *     by one;
 *     runs plugin code
 */
public record ServiceKind<T, D>(
        Class<T> type, Function<T, D> describe, Function<D, String> id, Function<T, List<ChannelType>> members) {

    /** Upstreams that answer chat and media calls. */
    public static final ServiceKind<ChannelType, ChannelDescriptor> CHANNEL_TYPE =
            new ServiceKind<>(ChannelType.class, ChannelType::descriptor, ChannelDescriptor::id);

    /** Channel types that differ by data only. */
    public static final ServiceKind<ChannelFamily, FamilyDescriptor> CHANNEL_FAMILY = new ServiceKind<>(
            ChannelFamily.class,
            family -> new FamilyDescriptor(family.id(), family.name(), family.profiles()),
            FamilyDescriptor::id,
            ChannelFamily::members);

    /** Every kind the platform knows. */
    public static final List<ServiceKind<?, ?>> ALL = List.of(CHANNEL_TYPE, CHANNEL_FAMILY);

    public ServiceKind {
        requireNonNull(type, "type is null");
        requireNonNull(describe, "describe is null");
        requireNonNull(id, "id is null");
        requireNonNull(members, "members is null");
    }

    /** Creates a kind whose services bring nothing along. */
    public ServiceKind(Class<T> type, Function<T, D> describe, Function<D, String> id) {
        this(type, describe, id, service -> List.of());
    }

    /** Returns the interface's simple name, for messages and listings. */
    public String label() {
        return type.getSimpleName();
    }
}

package io.patchbay.relay.profile;

import io.patchbay.foundation.state.Subscription;
import io.patchbay.kernel.ChannelFamilies;
import io.patchbay.kernel.ChannelTypes;
import io.patchbay.kernel.Guarded;
import io.patchbay.kernel.Guarded.Outcome;
import io.patchbay.kernel.Lease;
import io.patchbay.kernel.OfferedType;
import io.patchbay.spi.ChannelDescriptor;
import io.patchbay.spi.ChannelFamily;
import io.patchbay.spi.ChannelType;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The channel types of plugins, and those that administrators added as data. What a plugin provides wins. A type of the
 * second sort is made anew for each lease, by the family's current generation: nothing is kept that would hold a
 * plugin in memory.
 */
public final class ProfiledChannelTypes implements ChannelTypes {
    private static final Logger log = LoggerFactory.getLogger(ProfiledChannelTypes.class);

    private final ChannelTypes types;
    private final ChannelFamilies families;
    private final Profiles profiles;

    /** Joins both sorts. */
    public ProfiledChannelTypes(ChannelTypes types, ChannelFamilies families, Profiles profiles) {
        this.types = types;
        this.families = families;
        this.profiles = profiles;
    }

    @Override
    public Optional<Lease<ChannelType>> lease(String type) {
        Optional<Lease<ChannelType>> provided = types.lease(type);
        return provided.isPresent() ? provided : profiles.find(type).flatMap(this::made);
    }

    private Optional<Lease<ChannelType>> made(StoredProfile profile) {
        Lease<ChannelFamily> family = families.lease(profile.family()).orElse(null);
        if (family == null) {
            log.warn(
                    "the channel type {} is left out: no running plugin offers its family {}",
                    profile.id(),
                    profile.family());
            return Optional.empty();
        }
        Outcome<ChannelType> member = Guarded.call(() -> family.service().member(profile.body()));
        ChannelType type = member.value();
        if (type == null) {
            family.close();
            log.warn(
                    "the channel type {} is left out: {} {} cannot make it: {}",
                    profile.id(),
                    family.pluginId(),
                    family.pluginVersion(),
                    member.failed() ? member.fault() : "it made nothing");
            return Optional.empty();
        }
        return Optional.of(new MemberLease(family, type));
    }

    @Override
    public List<OfferedType> all() {
        List<OfferedType> all = new ArrayList<>(types.all());
        Set<String> provided = new HashSet<>();
        all.forEach(type -> provided.add(type.id()));
        for (StoredProfile profile : profiles.all()) {
            if (!provided.contains(profile.id())) {
                made(profile).ifPresent(lease -> describe(profile.id(), lease, all));
            }
        }
        all.sort(Comparator.comparing(OfferedType::id));
        return List.copyOf(all);
    }

    private static void describe(String id, Lease<ChannelType> lease, List<OfferedType> all) {
        try (lease) {
            Outcome<ChannelDescriptor> read = Guarded.call(() -> lease.service().descriptor());
            ChannelDescriptor descriptor = read.value();
            if (descriptor == null || !descriptor.id().equals(id)) {
                log.warn(
                        "the channel type {} is left out: its descriptor is {}",
                        id,
                        read.failed() ? read.fault() : descriptor);
                return;
            }
            all.add(new OfferedType(id, descriptor, lease.pluginId(), lease.pluginVersion(), lease.generation()));
        }
    }

    @Override
    public Subscription onChange(Runnable listener) {
        Subscription ofTypes = types.onChange(listener);
        Subscription ofProfiles = profiles.onChange(listener);
        return () -> {
            ofTypes.close();
            ofProfiles.close();
        };
    }
}

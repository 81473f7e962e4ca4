package io.patchbay.relay.profile;

import io.patchbay.kernel.Lease;
import io.patchbay.spi.ChannelFamily;
import io.patchbay.spi.ChannelType;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** A lease on a family with a channel type made by it, which goes when the lease is closed. */
final class MemberLease implements Lease<ChannelType> {
    private final Lease<ChannelFamily> family;
    private final AtomicReference<@Nullable ChannelType> member;

    MemberLease(Lease<ChannelFamily> family, ChannelType member) {
        this.family = family;
        this.member = new AtomicReference<>(member);
    }

    @Override
    public ChannelType service() {
        ChannelType held = member.get();
        if (held == null) {
            throw new IllegalStateException("the lease on " + pluginId() + "@" + pluginVersion() + " was given back");
        }
        return held;
    }

    @Override
    public String pluginId() {
        return family.pluginId();
    }

    @Override
    public String pluginVersion() {
        return family.pluginVersion();
    }

    @Override
    public long generation() {
        return family.generation();
    }

    @Override
    public void close() {
        member.set(null);
        family.close();
    }
}

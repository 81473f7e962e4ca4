package io.patchbay.relay.call;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.patchbay.foundation.crypto.Encryption;

/** What upstreams are told in place of a user: stable per user and channel, and of no use to find out who it is. */
public final class UserMarks {
    private static final int LENGTH = 32;

    private final Encryption encryption;
    private final Cache<Key, String> known =
            Caffeine.newBuilder().maximumSize(10_000).build();

    private record Key(long user, long channel) {}

    /** Creates marks that differ from those of other sites. */
    public UserMarks(Encryption encryption) {
        this.encryption = encryption;
    }

    /** Returns the mark of a user on a channel: 32 lower-case hexadecimal digits. */
    public String of(long userId, long channelId) {
        return known.get(
                new Key(userId, channelId),
                key -> encryption
                        .fingerprint("user " + userId + " channel " + channelId)
                        .substring(0, LENGTH));
    }
}

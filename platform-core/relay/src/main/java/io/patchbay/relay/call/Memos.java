package io.patchbay.relay.call;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import io.patchbay.foundation.bounds.HeapShare;
import io.patchbay.spi.Memo;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Keeps small texts of plugins from one call to the next, as well as one process can: bounded, gone with a restart. Safe
 * for many threads.
 */
public final class Memos {
    private static final Duration LONGEST = Duration.ofDays(30);
    private static final int ENTRIES = HeapShare.entries(20_000, 1_600, 32);

    /** What an entry counts at least, in characters; longer ones count in full, so that the memory is bounded too. */
    private static final int LEAST_WEIGHT = 800;

    /**
     * Whose memos are meant.
     *
     * @param conversation the client's own name for its conversation, empty for none; means something together with the
     *     user only
     * @param line the credential that was chosen for the call
     */
    record Owner(long channel, long user, String conversation, String line) {
        /** Returns what tells this owner from others in that scope, or {@code null} when it has none. */
        @Nullable
        String in(Memo.Scope scope) {
            return switch (scope) {
                case CONVERSATION -> conversation.isEmpty() ? null : user + "/" + conversation;
                case USER -> Long.toString(user);
                case KEY -> fingerprint(line);
                case CHANNEL -> "";
            };
        }
    }

    private record Key(long channel, Memo memo, String owner) {}

    private record Kept(String text, Duration keep) {}

    private final Cache<Key, Kept> cache;

    /** Creates an empty memory. */
    public Memos(InstantSource clock) {
        this.cache = Caffeine.newBuilder()
                .maximumWeight((long) ENTRIES * LEAST_WEIGHT)
                .weigher((Key key, Kept kept) ->
                        Math.max(LEAST_WEIGHT, kept.text().length()))
                .ticker(() -> TimeUnit.MILLISECONDS.toNanos(clock.millis()))
                .expireAfter(Expiry.writing((Key key, Kept kept) -> kept.keep()))
                .build();
    }

    /** Keeps a text, at most 30 days, in the place of what was there. */
    void remember(Owner owner, Memo memo, String text, Duration keep) {
        String whose = owner.in(memo.scope());
        if (whose == null) {
            return;
        }
        Key key = new Key(owner.channel(), memo, whose);
        if (keep.isNegative() || keep.isZero()) {
            cache.invalidate(key);
        } else {
            cache.put(key, new Kept(text, keep.compareTo(LONGEST) > 0 ? LONGEST : keep));
        }
    }

    /** Returns what is known. */
    Map<Memo, String> recall(Owner owner, Set<Memo> memos) {
        Map<Memo, String> known = new HashMap<>();
        for (Memo memo : memos) {
            String whose = owner.in(memo.scope());
            Kept kept = whose == null ? null : cache.getIfPresent(new Key(owner.channel(), memo, whose));
            if (kept != null) {
                known.put(memo, kept.text());
            }
        }
        return known;
    }

    private static String fingerprint(String line) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            return HexFormat.of().formatHex(digest.digest(line.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this Java has no SHA-256", e);
        }
    }
}

package io.patchbay.accounts;

import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An API key as its owner sees it in a list; the key itself is not part of it.
 *
 * @param id identity, positive
 * @param userId owner
 * @param name name, unique among the keys of the owner
 * @param prefix first characters of the key, enough to recognise it
 * @param scopes what it may be used for
 * @param disabled whether it is switched off
 * @param createdAt when it was made
 * @param lastUsedAt when it was last used, give or take a few minutes; null when never
 */
public record ApiKey(
        long id,
        long userId,
        String name,
        String prefix,
        Set<KeyScope> scopes,
        boolean disabled,
        Instant createdAt,
        @Nullable Instant lastUsedAt) {

    public ApiKey {
        scopes = Set.copyOf(scopes);
    }
}

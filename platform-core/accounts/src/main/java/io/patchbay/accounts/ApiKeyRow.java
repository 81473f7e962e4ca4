package io.patchbay.accounts;

import org.jspecify.annotations.Nullable;

/** One row of the table {@code api_keys}; the components are in the order of {@link ApiKeyMapper#COLUMNS}. */
record ApiKeyRow(
        long id,
        long userId,
        String name,
        String hash,
        String sealed,
        String prefix,
        String scopes,
        boolean disabled,
        long createdAt,
        @Nullable Long lastUsedAt) {}

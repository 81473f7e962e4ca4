package io.patchbay.accounts;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** One row of the table {@code users}; the components are in the order of {@link UserMapper#COLUMNS}. */
record UserRow(
        long id,
        String username,
        @Nullable String email,
        String passwordHash,
        boolean admin,
        boolean banned,
        int sessionVersion,
        boolean mustChangePassword,
        long createdAt,
        long updatedAt) {

    User user() {
        return new User(
                id,
                username,
                email,
                admin,
                banned,
                mustChangePassword,
                sessionVersion,
                Instant.ofEpochMilli(createdAt));
    }
}

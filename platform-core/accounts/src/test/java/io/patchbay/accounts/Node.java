package io.patchbay.accounts;

import io.patchbay.foundation.config.SecurityConfig;
import io.patchbay.foundation.database.Database;
import io.patchbay.foundation.state.SharedState;
import io.patchbay.foundation.testing.SettableClock;
import io.patchbay.foundation.testing.TestDatabase;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** One server's accounts room over a database of its own. */
record Node(Database database, Accounts accounts, SharedState state, SettableClock clock) implements AutoCloseable {
    static final String ADDRESS = "198.51.100.1";
    static final SecurityConfig SECURITY =
            new SecurityConfig("a-secret-of-thirty-two-bytes-or-more".getBytes(StandardCharsets.UTF_8), null);

    static Node open(TestDatabase kind, Path folder) {
        SettableClock clock = new SettableClock();
        Database database = kind.open(folder, Accounts.mappers().toArray(Class<?>[]::new));
        SharedState state = SharedState.inProcess(clock);
        return new Node(database, Accounts.open(database, state, SECURITY, clock), state, clock);
    }

    /** Returns a second server over the same database, state and secret. */
    Accounts peer() {
        return Accounts.open(database, state, SECURITY, clock);
    }

    User user(String name) {
        return accounts.users().create(name, name + "@example.com", "password of " + name, false);
    }

    User admin(String name) {
        return accounts.users().create(name, null, "password of " + name, true);
    }

    String token(String name) {
        return success(accounts.signIn().signIn(name, "password of " + name, ADDRESS))
                .token();
    }

    Authentication authenticate(String credential) {
        return accounts.authenticator().authenticate(credential, ADDRESS);
    }

    static LoginOutcome.Success success(LoginOutcome outcome) {
        if (outcome instanceof LoginOutcome.Success success) {
            return success;
        }
        throw new AssertionError("not signed in: " + outcome);
    }

    @Override
    public void close() {
        accounts.close();
        database.close();
    }
}

package io.patchbay.accounts;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.accounts.limit.FailedKeys;
import io.patchbay.foundation.testing.TestDatabase;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class AuthenticatorTest {
    private static final Authentication BAD_KEY = new Authentication.Refused(Authentication.Reason.BAD_KEY);
    private static final Authentication BANNED = new Authentication.Refused(Authentication.Reason.BANNED);

    @ParameterizedTest
    @EnumSource
    void knowsTheOwnerOfAKey(TestDatabase kind, @TempDir Path folder) {
        try (Node node = Node.open(kind, folder)) {
            User ann = node.user("ann");
            String key = node.accounts().apiKeys().defaultKey(ann.id()).orElseThrow();
            long keyId = node.accounts().apiKeys().list(ann.id()).getFirst().id();
            Authentication known =
                    new Authentication.Known(new Caller(ann.id(), "ann", false, Agent.API_KEY, "normal", keyId));

            assertThat(node.authenticate(key)).isEqualTo(known);
            assertThat(node.authenticate("Bearer " + key)).isEqualTo(known);
            assertThat(node.authenticate(" bearer  " + key + " ")).isEqualTo(known);
        }
    }

    @Test
    void takesNothingElseForAKey(@TempDir Path folder) {
        try (Node node = Node.open(TestDatabase.SQLITE, folder)) {
            User ann = node.user("ann");
            String key = node.accounts().apiKeys().defaultKey(ann.id()).orElseThrow();

            assertThat(node.authenticate(key.substring(0, 66))).isEqualTo(BAD_KEY);
            assertThat(node.authenticate(key + "0")).isEqualTo(BAD_KEY);
            assertThat(node.authenticate("sk-" + key.substring(3).toUpperCase(Locale.ROOT)))
                    .isEqualTo(BAD_KEY);
            assertThat(node.authenticate("sk-")).isEqualTo(BAD_KEY);
            assertThat(node.authenticate(key.substring(3))).isEqualTo(Authentication.ANONYMOUS);
            assertThat(node.authenticate("")).isEqualTo(Authentication.ANONYMOUS);
            assertThat(node.authenticate("Bearer")).isEqualTo(Authentication.ANONYMOUS);
            assertThat(node.authenticate("Basic YW5uOnBhc3N3b3Jk")).isEqualTo(Authentication.ANONYMOUS);
            assertThat(node.accounts().authenticator().authenticate(null, Node.ADDRESS))
                    .isEqualTo(Authentication.ANONYMOUS);
        }
    }

    @ParameterizedTest
    @EnumSource
    void bansAtOnceOnAllNodes(TestDatabase kind, @TempDir Path folder) {
        try (Node node = Node.open(kind, folder);
                Accounts peer = node.peer()) {
            User ann = node.user("ann");
            String key = node.accounts().apiKeys().defaultKey(ann.id()).orElseThrow();
            String token = node.token("ann");
            for (Accounts accounts : new Accounts[] {node.accounts(), peer}) {
                assertThat(accounts.authenticator().authenticate(key, Node.ADDRESS))
                        .isInstanceOf(Authentication.Known.class);
                assertThat(accounts.authenticator().authenticate(token, Node.ADDRESS))
                        .isInstanceOf(Authentication.Known.class);
            }

            node.accounts().users().setBanned(ann.id(), true, "root");
            for (Accounts accounts : new Accounts[] {node.accounts(), peer}) {
                assertThat(accounts.authenticator().authenticate(key, Node.ADDRESS))
                        .isEqualTo(BANNED);
                assertThat(accounts.authenticator().authenticate(token, Node.ADDRESS))
                        .isEqualTo(BANNED);
            }

            peer.users().setBanned(ann.id(), false, "root");
            assertThat(node.authenticate(key)).isInstanceOf(Authentication.Known.class);
            assertThat(node.authenticate(token))
                    .as("sessions of before the ban")
                    .isEqualTo(Authentication.ANONYMOUS);
            assertThat(node.authenticate(node.token("ann"))).isInstanceOf(Authentication.Known.class);
        }
    }

    @Test
    void bansAtOnceWhileTheUserKeepsCalling(@TempDir Path folder) throws Exception {
        try (Node node = Node.open(TestDatabase.SQLITE, folder);
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            User ann = node.user("ann");
            String key = node.accounts().apiKeys().defaultKey(ann.id()).orElseThrow();
            AtomicBoolean over = new AtomicBoolean();
            List<Future<?>> callers = IntStream.range(0, 4)
                    .<Future<?>>mapToObj(_ -> threads.submit(() -> {
                        while (!over.get()) {
                            node.authenticate(key);
                            Thread.yield();
                        }
                    }))
                    .toList();
            for (int round = 0; round < 100; round++) {
                node.accounts().users().setBanned(ann.id(), true, "root");
                assertThat(node.authenticate(key)).isEqualTo(BANNED);
                node.accounts().users().setBanned(ann.id(), false, "root");
                assertThat(node.authenticate(key)).isInstanceOf(Authentication.Known.class);
            }
            over.set(true);
            for (Future<?> caller : callers) {
                caller.get();
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void endsSessionsWhenThePasswordChanges(TestDatabase kind, @TempDir Path folder) {
        try (Node node = Node.open(kind, folder)) {
            User ann = node.user("ann");
            String key = node.accounts().apiKeys().defaultKey(ann.id()).orElseThrow();
            String token = node.token("ann");
            assertThat(node.authenticate(token)).isInstanceOf(Authentication.Known.class);

            node.accounts().users().setPassword(ann.id(), "a new one", "root");
            assertThat(node.authenticate(token)).isEqualTo(Authentication.ANONYMOUS);
            assertThat(node.authenticate(key)).isInstanceOf(Authentication.Known.class);
        }
    }

    @ParameterizedTest
    @EnumSource
    void followsTheAdministratorFlag(TestDatabase kind, @TempDir Path folder) {
        try (Node node = Node.open(kind, folder)) {
            User ann = node.user("ann");
            String key = node.accounts().apiKeys().defaultKey(ann.id()).orElseThrow();
            String token = node.token("ann");
            assertThat(caller(node, key).admin()).isFalse();

            node.accounts().users().setAdmin(ann.id(), true, "root");
            assertThat(caller(node, key).admin()).isTrue();
            assertThat(caller(node, token).admin()).isTrue();
            node.accounts().users().setAdmin(ann.id(), false, "root");
            assertThat(caller(node, key).admin()).isFalse();
            assertThat(caller(node, token).admin()).isFalse();
        }
    }

    @ParameterizedTest
    @EnumSource
    void keepsKeysWithinTheirScopes(TestDatabase kind, @TempDir Path folder) {
        try (Node node = Node.open(kind, folder)) {
            User chief = node.admin("chief");
            ApiKeys keys = node.accounts().apiKeys();
            String relay = keys.create(chief.id(), "relay", Set.of(KeyScope.RELAY), "chief")
                    .secret();
            String admin = keys.create(chief.id(), "admin", Set.of(KeyScope.ADMIN, KeyScope.ACCOUNT), "chief")
                    .secret();
            Authentication outOfScope = new Authentication.Refused(Authentication.Reason.OUT_OF_SCOPE);

            assertThat(caller(node, relay).admin()).isFalse();
            assertThat(caller(node, admin).admin()).isTrue();
            assertThat(scoped(node, relay, KeyScope.RELAY)).isInstanceOf(Authentication.Known.class);
            assertThat(scoped(node, relay, KeyScope.ACCOUNT)).isEqualTo(outOfScope);
            assertThat(scoped(node, relay, KeyScope.ADMIN)).isEqualTo(outOfScope);
            assertThat(scoped(node, admin, KeyScope.RELAY)).isEqualTo(outOfScope);
            assertThat(scoped(node, node.token("chief"), KeyScope.ADMIN)).isInstanceOf(Authentication.Known.class);
        }
    }

    @Test
    void shutsOutAddressesThatTryKeys(@TempDir Path folder) {
        try (Node node = Node.open(TestDatabase.SQLITE, folder)) {
            User ann = node.user("ann");
            String key = node.accounts().apiKeys().defaultKey(ann.id()).orElseThrow();
            for (int guess = 0; guess <= FailedKeys.MOST; guess++) {
                assertThat(node.authenticate("sk-" + "%064x".formatted(guess))).isEqualTo(BAD_KEY);
            }

            assertThat(node.authenticate(key)).isEqualTo(new Authentication.Refused(Authentication.Reason.BLACKLISTED));
            assertThat(node.authenticate(node.token("ann"))).as("sessions").isInstanceOf(Authentication.Known.class);
            assertThat(node.accounts().authenticator().authenticate(key, "203.0.113.5"))
                    .isInstanceOf(Authentication.Known.class);
            node.clock().advance(FailedKeys.MEMORY);
            assertThat(node.authenticate(key)).isInstanceOf(Authentication.Known.class);
        }
    }

    @Test
    void refusesTokensOfUsersThatNeverWere(@TempDir Path folder) {
        try (Node node = Node.open(TestDatabase.SQLITE, folder)) {
            User ann = node.user("ann");
            User ghost = new User(
                    ann.id() + 1,
                    "ghost",
                    null,
                    true,
                    false,
                    false,
                    1,
                    node.clock().instant());
            User namesake = new User(
                    ann.id(), "ghost", null, true, false, false, 1, node.clock().instant());

            assertThat(node.authenticate(node.accounts().signIn().token(ghost))).isEqualTo(Authentication.ANONYMOUS);
            assertThat(node.authenticate(node.accounts().signIn().token(namesake)))
                    .isEqualTo(Authentication.ANONYMOUS);
        }
    }

    private static Caller caller(Node node, String credential) {
        return ((Authentication.Known) node.authenticate(credential)).caller();
    }

    private static Authentication scoped(Node node, String credential, KeyScope scope) {
        return node.accounts().authenticator().authenticate(credential, Node.ADDRESS, scope);
    }
}

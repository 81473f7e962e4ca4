package io.patchbay.accounts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.patchbay.foundation.config.SecurityConfig;
import io.patchbay.foundation.testing.TestDatabase;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class ApiKeysTest {
    @ParameterizedTest
    @EnumSource
    void servesTheSameDefaultKeyAgain(TestDatabase kind, @TempDir Path folder) {
        try (Node node = Node.open(kind, folder);
                Accounts peer = node.peer()) {
            User ann = node.user("ann");
            String key = node.accounts().apiKeys().defaultKey(ann.id()).orElseThrow();

            assertThat(key).matches("sk-[0-9a-f]{64}");
            assertThat(node.accounts().apiKeys().defaultKey(ann.id())).contains(key);
            assertThat(peer.apiKeys().defaultKey(ann.id())).contains(key);
            assertThat(node.accounts().apiKeys().defaultKey(node.user("bob").id()))
                    .isPresent()
                    .get()
                    .isNotEqualTo(key);
        }
    }

    @ParameterizedTest
    @EnumSource
    void storesNoKeyInClear(TestDatabase kind, @TempDir Path folder) {
        try (Node node = Node.open(kind, folder)) {
            User ann = node.user("ann");
            String key = node.accounts().apiKeys().defaultKey(ann.id()).orElseThrow();
            ApiKeyRow row = node.database()
                    .read(ApiKeyMapper.class, mapper -> mapper.ofUser(ann.id()))
                    .getFirst();

            assertThat(row.toString()).doesNotContain(key.substring(row.prefix().length()));
            assertThat(key).startsWith(row.prefix());
            assertThat(row.scopes()).isEqualTo("all");
        }
    }

    @ParameterizedTest
    @EnumSource
    void makesOneDefaultKeyUnderParallelRequests(TestDatabase kind, @TempDir Path folder) throws Exception {
        try (Node node = Node.open(kind, folder);
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            User ann = node.user("ann");
            List<Future<String>> requests = IntStream.range(0, 20)
                    .mapToObj(_ -> threads.submit(
                            () -> node.accounts().apiKeys().defaultKey(ann.id()).orElseThrow()))
                    .toList();
            Set<String> keys = new HashSet<>();
            for (Future<String> request : requests) {
                keys.add(request.get());
            }

            assertThat(keys).hasSize(1);
            assertThat(node.accounts().apiKeys().list(ann.id())).hasSize(1);
        }
    }

    @ParameterizedTest
    @EnumSource
    void stopsTheOldKeyAtOnceWhenReset(TestDatabase kind, @TempDir Path folder) {
        try (Node node = Node.open(kind, folder);
                Accounts peer = node.peer()) {
            User ann = node.user("ann");
            String old = node.accounts().apiKeys().defaultKey(ann.id()).orElseThrow();
            assertThat(peer.authenticator().authenticate(old, Node.ADDRESS)).isInstanceOf(Authentication.Known.class);

            String fresh = node.accounts().apiKeys().resetDefaultKey(ann.id(), "ann");
            assertThat(fresh).isNotEqualTo(old);
            assertThat(node.authenticate(old)).isInstanceOf(Authentication.Refused.class);
            assertThat(peer.authenticator().authenticate(old, Node.ADDRESS)).isInstanceOf(Authentication.Refused.class);
            assertThat(peer.authenticator().authenticate(fresh, Node.ADDRESS)).isInstanceOf(Authentication.Known.class);
            assertThat(node.accounts().apiKeys().defaultKey(ann.id())).contains(fresh);
        }
    }

    @ParameterizedTest
    @EnumSource
    void keepsSeveralKeys(TestDatabase kind, @TempDir Path folder) {
        try (Node node = Node.open(kind, folder)) {
            User ann = node.user("ann");
            User bob = node.user("bob");
            ApiKeys keys = node.accounts().apiKeys();
            ApiKeys.Created laptop = keys.create(ann.id(), " laptop ", Set.of(KeyScope.RELAY, KeyScope.ACCOUNT), "ann");

            assertThat(laptop.key().name()).isEqualTo("laptop");
            assertThat(laptop.key().scopes()).containsExactlyInAnyOrder(KeyScope.ACCOUNT, KeyScope.RELAY);
            assertThat(laptop.toString()).doesNotContain(laptop.secret());
            assertThat(keys.list(ann.id())).containsExactly(laptop.key());
            assertThatThrownBy(() -> keys.create(ann.id(), "laptop", Set.of(KeyScope.ALL), "ann"))
                    .hasMessage("key name is already taken");
            assertThatThrownBy(() -> keys.create(ann.id(), "", Set.of(KeyScope.ALL), "ann"))
                    .isInstanceOf(AccountRefusal.class);
            assertThatThrownBy(() -> keys.create(999, "laptop", Set.of(KeyScope.ALL), "ann"))
                    .hasMessage("user not found");

            assertThat(node.authenticate(laptop.secret())).isInstanceOf(Authentication.Known.class);
            assertThat(keys.setDisabled(bob.id(), laptop.key().id(), true, "bob"))
                    .as("a key of somebody else")
                    .isFalse();
            assertThat(node.authenticate(laptop.secret())).isInstanceOf(Authentication.Known.class);
            assertThat(keys.setDisabled(ann.id(), laptop.key().id(), true, "ann"))
                    .isTrue();
            assertThat(node.authenticate(laptop.secret())).isInstanceOf(Authentication.Refused.class);
            assertThat(keys.setDisabled(ann.id(), laptop.key().id(), false, "ann"))
                    .isTrue();
            assertThat(node.authenticate(laptop.secret())).isInstanceOf(Authentication.Known.class);
            assertThat(keys.delete(bob.id(), laptop.key().id(), "bob")).isFalse();
            assertThat(keys.delete(ann.id(), laptop.key().id(), "ann")).isTrue();
            assertThat(node.authenticate(laptop.secret())).isInstanceOf(Authentication.Refused.class);
            assertThat(keys.list(ann.id())).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource
    void notesTheLastUse(TestDatabase kind, @TempDir Path folder) {
        try (Node node = Node.open(kind, folder)) {
            User ann = node.user("ann");
            String key = node.accounts().apiKeys().defaultKey(ann.id()).orElseThrow();
            try (Accounts peer = node.peer()) {
                peer.authenticator().authenticate(key, Node.ADDRESS);
                assertThat(node.accounts().apiKeys().list(ann.id()).getFirst().lastUsedAt())
                        .isNull();
            }

            assertThat(node.accounts().apiKeys().list(ann.id()).getFirst().lastUsedAt())
                    .isEqualTo(node.clock().instant());
        }
    }

    @Test
    void cannotShowAKeyAfterTheSecretChanged(@TempDir Path folder) {
        try (Node node = Node.open(TestDatabase.SQLITE, folder)) {
            User ann = node.user("ann");
            String key = node.accounts().apiKeys().defaultKey(ann.id()).orElseThrow();
            SecurityConfig other = new SecurityConfig(
                    "another-secret-of-thirty-two-bytes-or-more".getBytes(StandardCharsets.UTF_8), null);
            try (Accounts moved = Accounts.open(node.database(), node.state(), other, node.clock())) {
                assertThat(moved.apiKeys().defaultKey(ann.id())).isEmpty();
                assertThat(moved.authenticator().authenticate(key, Node.ADDRESS))
                        .isInstanceOf(Authentication.Known.class);
                String fresh = moved.apiKeys().resetDefaultKey(ann.id(), "ann");
                assertThat(moved.apiKeys().defaultKey(ann.id())).contains(fresh);
            }
        }
    }

    @Test
    void refusesKeysForNobody(@TempDir Path folder) {
        try (Node node = Node.open(TestDatabase.SQLITE, folder)) {
            assertThatThrownBy(() -> node.accounts().apiKeys().defaultKey(999)).hasMessage("user not found");
            assertThatThrownBy(() -> node.accounts().apiKeys().resetDefaultKey(999, "ann"))
                    .hasMessage("user not found");
        }
    }

    @Test
    void skipsScopesItDoesNotKnow() {
        assertThat(KeyScope.parse("relay,teleport, ADMIN")).containsExactlyInAnyOrder(KeyScope.RELAY, KeyScope.ADMIN);
        assertThat(KeyScope.parse("")).isEmpty();
    }
}

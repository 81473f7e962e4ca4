package io.patchbay.accounts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.patchbay.foundation.testing.TestDatabase;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Names of many users and keys at once, for lists of other rooms. */
final class NameLookupTest {
    @TempDir
    private Path folder;

    private static long key(Node node, User owner, String name) {
        return node.accounts()
                .apiKeys()
                .create(owner.id(), name, Set.of(KeyScope.ALL), "test")
                .key()
                .id();
    }

    @ParameterizedTest
    @EnumSource
    void whatExistsHasItsName(TestDatabase kind) {
        try (Node node = Node.open(kind, folder)) {
            User ann = node.user("ann");
            User bob = node.user("bob");
            long laptop = key(node, ann, "laptop");
            long bobs = key(node, bob, "laptop");

            assertThat(node.accounts().users().names(List.of(ann.id(), bob.id(), 999L)))
                    .isEqualTo(Map.of(ann.id(), "ann", bob.id(), "bob"));
            assertThat(node.accounts().users().names(Set.of())).isEmpty();
            assertThat(node.accounts().apiKeys().names(List.of(laptop, 999L))).isEqualTo(Map.of(laptop, "laptop"));
            assertThat(node.accounts().apiKeys().names(Set.of())).isEmpty();
            assertThat(node.accounts().apiKeys().named("laptop").orElseThrow()).containsExactlyInAnyOrder(laptop, bobs);
            assertThat(node.accounts().apiKeys().named("phone")).contains(List.of());
        }
    }

    @Test
    void moreThanAThousandAreNotLookedUpAtOnce() {
        try (Node node = Node.open(TestDatabase.SQLITE, folder)) {
            List<Long> tooMany = LongStream.rangeClosed(1, 1_001).boxed().toList();

            assertThatIllegalArgumentException()
                    .isThrownBy(() -> node.accounts().users().names(tooMany))
                    .withMessage("at most 1000 names at once, asked for 1001");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> node.accounts().apiKeys().names(tooMany));
            assertThat(node.accounts().users().names(tooMany.subList(0, 1_000))).isEmpty();
        }
    }

    @Test
    void aNameThatMoreThanAThousandKeysHaveIsTooCommon() {
        try (Node node = Node.open(TestDatabase.SQLITE, folder)) {
            fill(node, 1, 1_000);
            assertThat(node.accounts().apiKeys().named("common").orElseThrow()).hasSize(1_000);

            fill(node, 1_001, 1_001);
            assertThat(node.accounts().apiKeys().named("common")).isEmpty();
        }
    }

    /** Stores users without a password, which would cost time, each with a key of the same name. */
    private static void fill(Node node, int first, int last) {
        node.database().write(transaction -> {
            UserMapper users = transaction.mapper(UserMapper.class);
            ApiKeyMapper keys = transaction.mapper(ApiKeyMapper.class);
            for (int i = first; i <= last; i++) {
                users.insert("user" + i, null, "", false, false, false, 0);
                keys.insert(transaction.insertedId(), "common", "hash" + i, "", "", "all", false, 0);
            }
            return true;
        });
    }
}

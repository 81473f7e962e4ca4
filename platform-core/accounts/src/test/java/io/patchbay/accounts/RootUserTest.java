package io.patchbay.accounts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.patchbay.foundation.testing.TestDatabase;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class RootUserTest {
    @ParameterizedTest
    @EnumSource
    void generatesAPasswordOnce(TestDatabase kind, @TempDir Path folder) {
        try (Node node = Node.open(kind, folder)) {
            Optional<String> generated = RootUser.ensure(node.accounts().users(), null);

            assertThat(generated).get().asString().matches("[0-9A-Za-z]{20}");
            assertThat(RootUser.ensure(node.accounts().users(), null)).isEmpty();
            User root = Node.success(node.accounts().signIn().signIn("root", generated.orElseThrow(), Node.ADDRESS))
                    .user();
            assertThat(root.admin()).isTrue();
            assertThat(root.root()).isTrue();
            assertThat(root.mustChangePassword()).isTrue();
        }
    }

    @Test
    void takesTheConfiguredPassword(@TempDir Path folder) {
        try (Node node = Node.open(TestDatabase.SQLITE, folder)) {
            assertThat(RootUser.ensure(node.accounts().users(), "chosen by me")).isEmpty();
            assertThat(RootUser.ensure(node.accounts().users(), "another one")).isEmpty();

            User root = Node.success(node.accounts().signIn().signIn("root", "chosen by me", Node.ADDRESS))
                    .user();
            assertThat(root.mustChangePassword()).isFalse();
        }
    }

    @Test
    void refusesWeakPasswords(@TempDir Path folder) {
        try (Node node = Node.open(TestDatabase.SQLITE, folder)) {
            assertThatThrownBy(() -> RootUser.ensure(node.accounts().users(), "chatnio123456"))
                    .isInstanceOf(AccountRefusal.class);
            assertThatThrownBy(() -> RootUser.ensure(node.accounts().users(), "short"))
                    .isInstanceOf(AccountRefusal.class);
            assertThat(node.accounts().users().findByUsername("root")).isEmpty();
        }
    }

    @Test
    void setsThePasswordFromTheCommandLine(@TempDir Path folder) {
        try (Node node = Node.open(TestDatabase.SQLITE, folder)) {
            assertThatThrownBy(() -> RootUser.setPassword(node.accounts().users(), "chosen by me"))
                    .hasMessage("user not found");
            RootUser.ensure(node.accounts().users(), null);
            RootUser.setPassword(node.accounts().users(), "chosen by me");

            User root = Node.success(node.accounts().signIn().signIn("root", "chosen by me", Node.ADDRESS))
                    .user();
            assertThat(root.mustChangePassword()).isFalse();
        }
    }
}

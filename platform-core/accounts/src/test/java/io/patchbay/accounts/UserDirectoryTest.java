package io.patchbay.accounts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.patchbay.foundation.testing.TestDatabase;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class UserDirectoryTest {
    @ParameterizedTest
    @EnumSource
    void findsWhatItCreated(TestDatabase kind, @TempDir Path folder) {
        try (Node node = Node.open(kind, folder)) {
            UserDirectory users = node.accounts().users();
            User ann = users.create(" ann ", "Ann@Example.com", "secret-1", true);

            assertThat(ann.username()).isEqualTo("ann");
            assertThat(ann.email()).isEqualTo("ann@example.com");
            assertThat(ann.admin()).isTrue();
            assertThat(ann.banned()).isFalse();
            assertThat(ann.createdAt()).isEqualTo(node.clock().instant());
            assertThat(users.find(ann.id())).contains(ann);
            assertThat(users.findByUsername("ann")).contains(ann);
            assertThat(users.findByEmail("ANN@example.com")).contains(ann);
            assertThat(users.find(ann.id() + 1)).isEmpty();
            assertThat(users.findByUsername("bob")).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource
    void refusesTakenNamesAndAddresses(TestDatabase kind, @TempDir Path folder) {
        try (Node node = Node.open(kind, folder)) {
            UserDirectory users = node.accounts().users();
            users.create("ann", "ann@example.com", "secret-1", false);

            assertThatThrownBy(() -> users.create("ann", null, "secret-1", false))
                    .isInstanceOf(AccountRefusal.class)
                    .hasMessage(
                            "username is already taken, please try another one username (your current username: ann)");
            assertThatThrownBy(() -> users.create("bob", "ANN@example.com", "secret-1", false))
                    .isInstanceOf(AccountRefusal.class)
                    .hasMessage(
                            "email is already taken, please try another one email (your current email: ann@example.com)");
            assertThat(users.create("Ann", null, "secret-1", false).username()).isEqualTo("Ann");
            assertThat(users.create("bob", null, "secret-1", false).email()).isNull();
        }
    }

    @ParameterizedTest
    @EnumSource
    void refusesUnfitTexts(TestDatabase kind, @TempDir Path folder) {
        try (Node node = Node.open(kind, folder)) {
            UserDirectory users = node.accounts().users();

            for (String name : List.of("a", "a".repeat(25), "root", "Root", "a@b.co")) {
                assertThatThrownBy(() -> users.create(name, null, "secret-1", false))
                        .as(name)
                        .isInstanceOf(AccountRefusal.class);
            }
            assertThatThrownBy(() -> users.create("ann", "nowhere", "secret-1", false))
                    .hasMessage("invalid username/password/email format");
            assertThatThrownBy(() -> users.create("ann", null, "12345", false))
                    .hasMessage("invalid username/password/email format");
            assertThat(users.count("")).isZero();
        }
    }

    @ParameterizedTest
    @EnumSource
    void createsANameOnceUnderParallelAttempts(TestDatabase kind, @TempDir Path folder) throws Exception {
        try (Node node = Node.open(kind, folder);
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<String>> attempts = IntStream.range(0, 8)
                    .mapToObj(attempt -> threads.submit(() -> {
                        try {
                            node.accounts().users().create("ann", "ann" + attempt + "@example.com", "secret-1", false);
                            return "created";
                        } catch (AccountRefusal e) {
                            return e.sentence();
                        }
                    }))
                    .toList();

            int created = 0;
            for (Future<String> attempt : attempts) {
                if (attempt.get().equals("created")) {
                    created++;
                } else {
                    assertThat(attempt.get()).startsWith("username is already taken");
                }
            }
            assertThat(created).isEqualTo(1);
            assertThat(node.accounts().users().count("ann")).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @EnumSource
    void pagesThroughASearch(TestDatabase kind, @TempDir Path folder) {
        try (Node node = Node.open(kind, folder)) {
            UserDirectory users = node.accounts().users();
            for (String name : List.of("ann_1", "Anna", "bob", "joanna", "50%off")) {
                users.create(name, null, "secret-1", false);
            }

            assertThat(users.page("", 0, 10))
                    .extracting(User::username)
                    .containsExactly("ann_1", "Anna", "bob", "joanna", "50%off");
            assertThat(users.page("", 2, 2)).extracting(User::username).containsExactly("bob", "joanna");
            assertThat(users.page("ann", 0, 10)).extracting(User::username).containsExactly("ann_1", "Anna", "joanna");
            assertThat(users.count("ann")).isEqualTo(3);
            assertThat(users.page("_", 0, 10)).extracting(User::username).containsExactly("ann_1");
            assertThat(users.page("%", 0, 10)).extracting(User::username).containsExactly("50%off");
            assertThat(users.page("!", 0, 10)).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource
    void changesAddresses(TestDatabase kind, @TempDir Path folder) {
        try (Node node = Node.open(kind, folder)) {
            UserDirectory users = node.accounts().users();
            User ann = node.user("ann");
            User bob = node.user("bob");

            users.setEmail(ann.id(), "New@Example.com", "root");
            assertThat(users.findByEmail("new@example.com")).map(User::id).contains(ann.id());
            users.setEmail(ann.id(), "new@example.com", "root");
            assertThatThrownBy(() -> users.setEmail(bob.id(), "new@example.com", "root"))
                    .isInstanceOf(AccountRefusal.class)
                    .hasMessageStartingWith("email is already taken");
            assertThatThrownBy(() -> users.setEmail(bob.id(), "nowhere", "root"))
                    .hasMessage("invalid email format");
            users.setEmail(ann.id(), "", "root");
            users.setEmail(bob.id(), " ", "root");
            assertThat(users.find(ann.id()).orElseThrow().email()).isNull();
            assertThat(users.find(bob.id()).orElseThrow().email()).isNull();
            assertThatThrownBy(() -> users.setEmail(999, "x@example.com", "root"))
                    .hasMessage("user not found");
        }
    }

    @ParameterizedTest
    @EnumSource
    void recordsEachChangeWithItsActor(TestDatabase kind, @TempDir Path folder) {
        try (Node node = Node.open(kind, folder)) {
            UserDirectory users = node.accounts().users();
            User ann = node.user("ann");
            users.setAdmin(ann.id(), true, "root");
            users.setBanned(ann.id(), true, "root");
            users.setPassword(ann.id(), "secret-2", "ann");
            assertThatThrownBy(() -> users.setAdmin(999, true, "root")).isInstanceOf(AccountRefusal.class);

            AuditLog audit = node.accounts().audit();
            assertThat(audit.newest(Long.MAX_VALUE, 10))
                    .extracting(entry ->
                            entry.actor() + " " + entry.action() + " " + entry.subject() + " " + entry.detail())
                    .containsExactly(
                            "ann user.password user " + ann.id() + " ",
                            "root user.ban user " + ann.id() + " true",
                            "root user.admin user " + ann.id() + " true",
                            "system user.create user " + ann.id() + " ann");
            assertThat(audit.newest(audit.newest(Long.MAX_VALUE, 2).getLast().id(), 10))
                    .hasSize(2);
        }
    }
}

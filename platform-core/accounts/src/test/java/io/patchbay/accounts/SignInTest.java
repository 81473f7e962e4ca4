package io.patchbay.accounts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.patchbay.accounts.limit.SignInLimits;
import io.patchbay.accounts.password.PasswordHasher;
import io.patchbay.accounts.session.SessionTokens;
import io.patchbay.foundation.problem.Problem;
import io.patchbay.foundation.testing.TestDatabase;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class SignInTest {
    private static final LoginOutcome WRONG = new LoginOutcome.Failure("invalid username or password");

    @ParameterizedTest
    @EnumSource
    void signsInByNameOrAddress(TestDatabase kind, @TempDir Path folder) {
        try (Node node = Node.open(kind, folder)) {
            User ann = node.user("ann");
            SignIn signIn = node.accounts().signIn();

            for (String login : new String[] {"ann", " ann ", "ann@example.com", "ANN@Example.com"}) {
                LoginOutcome.Success success = Node.success(signIn.signIn(login, "password of ann", Node.ADDRESS));
                assertThat(success.user()).isEqualTo(ann);
                assertThat(node.authenticate("Bearer " + success.token()))
                        .isEqualTo(new Authentication.Known(
                                new Caller(ann.id(), "ann", false, Agent.SESSION, "normal", Caller.NO_KEY)));
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void tellsNothingAboutWhatWasWrong(TestDatabase kind, @TempDir Path folder) {
        try (Node node = Node.open(kind, folder)) {
            User ann = node.user("ann");
            SignIn signIn = node.accounts().signIn();

            assertThat(signIn.signIn("ann", "password of bob", Node.ADDRESS)).isEqualTo(WRONG);
            assertThat(signIn.signIn("bob", "password of bob", Node.ADDRESS)).isEqualTo(WRONG);
            assertThat(signIn.signIn("Ann", "password of ann", Node.ADDRESS))
                    .as("another name")
                    .isEqualTo(WRONG);
            node.accounts().users().setBanned(ann.id(), true, "root");
            assertThat(signIn.signIn("ann", "password of bob", Node.ADDRESS)).isEqualTo(WRONG);
            assertThat(signIn.signIn("ann", "password of ann", Node.ADDRESS))
                    .isEqualTo(new LoginOutcome.Failure("current user is banned"));
        }
    }

    @Test
    void refusesUnfitInputBeforeLookingAnythingUp(@TempDir Path folder) {
        try (Node node = Node.open(TestDatabase.SQLITE, folder)) {
            SignIn signIn = node.accounts().signIn();
            LoginOutcome format = new LoginOutcome.Failure("invalid username or password format");

            assertThat(signIn.signIn("ann", "12345", Node.ADDRESS)).isEqualTo(format);
            assertThat(signIn.signIn("ann", "1".repeat(37), Node.ADDRESS)).isEqualTo(format);
            assertThat(signIn.signIn(" ", "123456", Node.ADDRESS)).isEqualTo(format);
            assertThat(signIn.signIn("a".repeat(256), "123456", Node.ADDRESS)).isEqualTo(format);
        }
    }

    @Test
    void anAttemptNobodyGotToLookAtIsNoFailure(@TempDir Path folder) throws Exception {
        AtomicBoolean flooding = new AtomicBoolean(true);
        try (Node node = Node.open(TestDatabase.SQLITE, folder);
                ExecutorService flood = Executors.newVirtualThreadPerTaskExecutor()) {
            node.user("ann");
            PasswordHasher hasher = new PasswordHasher();
            SignIn signIn = new SignIn(
                    node.accounts().users(),
                    hasher,
                    new SessionTokens(Node.SECURITY, node.clock()),
                    new SignInLimits(node.state().counters()));
            for (int i = 0; i < 60; i++) {
                flood.submit(() -> {
                    while (flooding.get()) {
                        try {
                            hasher.burn("somebody else's");
                        } catch (Problem busy) {
                            Thread.sleep(1);
                        }
                    }
                    return null;
                });
            }
            try {
                int refused = 0;
                for (int i = 0; i < 1_000 && refused < 2 * SignInLimits.PER_ACCOUNT_AND_ADDRESS; i++) {
                    try {
                        assertThat(signIn.signIn("ann", "password of bob", Node.ADDRESS))
                                .isIn(WRONG, new LoginOutcome.Throttled());
                    } catch (Problem busy) {
                        assertThat(busy.kind()).isEqualTo(Problem.Kind.UNAVAILABLE);
                        refused++;
                    }
                }
                assertThat(refused).isGreaterThan(SignInLimits.PER_ACCOUNT_AND_ADDRESS);
            } finally {
                flooding.set(false);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void upgradesAnImportedHashAtSignIn(TestDatabase kind, @TempDir Path folder) throws Exception {
        try (Node node = Node.open(kind, folder)) {
            User ann = node.user("ann");
            byte[] digest = MessageDigest.getInstance("SHA-256").digest("an old one".getBytes(StandardCharsets.UTF_8));
            String imported = HexFormat.of().formatHex(digest);
            node.database()
                    .write(transaction -> transaction
                            .mapper(UserMapper.class)
                            .setPassword(ann.id(), imported, false, node.clock().millis()));
            SignIn signIn = node.accounts().signIn();

            assertThat(signIn.signIn("ann", "not the old one", Node.ADDRESS)).isEqualTo(WRONG);
            assertThat(stored(node, ann)).isEqualTo(imported);
            String token = Node.success(signIn.signIn("ann", "an old one", Node.ADDRESS))
                    .token();
            assertThat(stored(node, ann)).startsWith("$argon2id$");
            assertThat(node.authenticate(token)).isInstanceOf(Authentication.Known.class);
            Node.success(signIn.signIn("ann", "an old one", Node.ADDRESS));
            assertThat(signIn.signIn("ann", imported.substring(0, 36), Node.ADDRESS))
                    .isEqualTo(WRONG);
        }
    }

    @Test
    void stopsGuessing(@TempDir Path folder) {
        try (Node node = Node.open(TestDatabase.SQLITE, folder)) {
            node.user("ann");
            SignIn signIn = node.accounts().signIn();
            for (int guess = 0; guess < SignInLimits.PER_ACCOUNT_AND_ADDRESS; guess++) {
                assertThat(signIn.signIn("ann", "guess number " + guess, "203.0.113.9"))
                        .isEqualTo(WRONG);
            }

            assertThat(signIn.signIn("ann", "password of ann", "203.0.113.9")).isEqualTo(new LoginOutcome.Throttled());
            Node.success(signIn.signIn("ann", "password of ann", Node.ADDRESS));
            node.clock().advance(SignInLimits.MEMORY);
            Node.success(signIn.signIn("ann", "password of ann", "203.0.113.9"));
        }
    }

    @Test
    void neverStopsSignInsThatSucceed(@TempDir Path folder) {
        try (Node node = Node.open(TestDatabase.SQLITE, folder)) {
            node.user("ann");
            for (int time = 0; time < SignInLimits.PER_ACCOUNT_AND_ADDRESS + 5; time++) {
                node.token("ann");
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void replacesTheOwnPassword(TestDatabase kind, @TempDir Path folder) {
        try (Node node = Node.open(kind, folder)) {
            User ann = node.user("ann");
            String before = node.token("ann");
            Caller caller = new Caller(ann.id(), "ann", false, Agent.SESSION, "normal", Caller.NO_KEY);
            SignIn signIn = node.accounts().signIn();

            assertThat(signIn.changePassword(caller, "password of bob", "a new one", Node.ADDRESS))
                    .isEqualTo(WRONG);
            assertThatThrownBy(() -> signIn.changePassword(caller, "password of ann", "short", Node.ADDRESS))
                    .isInstanceOf(AccountRefusal.class);
            assertThatThrownBy(() -> signIn.changePassword(caller, "password of ann", "password of ann", Node.ADDRESS))
                    .isInstanceOf(AccountRefusal.class);
            assertThat(node.authenticate(before)).isInstanceOf(Authentication.Known.class);

            String after = Node.success(signIn.changePassword(caller, "password of ann", "a new one", Node.ADDRESS))
                    .token();
            assertThat(node.authenticate(before)).isEqualTo(Authentication.ANONYMOUS);
            assertThat(node.authenticate(after)).isInstanceOf(Authentication.Known.class);
            Node.success(signIn.signIn("ann", "a new one", Node.ADDRESS));
        }
    }

    @Test
    void keepsSecretsOutOfTexts(@TempDir Path folder) {
        try (Node node = Node.open(TestDatabase.SQLITE, folder)) {
            node.user("ann");
            LoginOutcome.Success success =
                    Node.success(node.accounts().signIn().signIn("ann", "password of ann", Node.ADDRESS));

            assertThat(success.toString()).doesNotContain(success.token());
        }
    }

    private static String stored(Node node, User user) {
        return node.database()
                .read(UserMapper.class, mapper -> mapper.byId(user.id()))
                .passwordHash();
    }
}

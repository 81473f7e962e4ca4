package io.patchbay.accounts.password;

import static io.patchbay.accounts.password.PasswordHasher.Verdict.RIGHT;
import static io.patchbay.accounts.password.PasswordHasher.Verdict.RIGHT_BUT_OUTDATED;
import static io.patchbay.accounts.password.PasswordHasher.Verdict.WRONG;
import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.foundation.problem.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

final class PasswordHasherTest {
    /** SHA-256 of "correct horse". */
    private static final String OLD_HASH = "4104d36f8da2c254349f85836793ebe029e0c957063a34c91c2e9203187b5631";

    private final PasswordHasher hasher = new PasswordHasher();

    @Test
    void acceptsThePasswordItHashed() {
        String stored = hasher.hash("correct horse");

        assertThat(stored).startsWith("$argon2id$v=19$m=19456,t=2,p=1$");
        assertThat(hasher.verify("correct horse", stored)).isEqualTo(RIGHT);
        assertThat(hasher.verify("correct horsf", stored)).isEqualTo(WRONG);
        assertThat(hasher.verify("", stored)).isEqualTo(WRONG);
    }

    @Test
    void saltsEachHash() {
        assertThat(hasher.hash("correct horse")).isNotEqualTo(hasher.hash("correct horse"));
    }

    @Test
    void ignoresWhiteSpaceAroundPasswords() {
        assertThat(hasher.verify("  correct horse\n", hasher.hash("correct horse")))
                .isEqualTo(RIGHT);
    }

    @Test
    void acceptsAnOldHashOnceAsOutdated() {
        assertThat(hasher.verify("correct horse", OLD_HASH)).isEqualTo(RIGHT_BUT_OUTDATED);
        assertThat(hasher.verify("correct horsf", OLD_HASH)).isEqualTo(WRONG);
    }

    /** Encoded hash of the reference implementation's own tests (github.com/P-H-C/phc-winner-argon2, test.c). */
    @Test
    void readsHashesOfTheReferenceImplementation() {
        String stored = "$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc";

        assertThat(hasher.verify("password", stored)).isEqualTo(RIGHT_BUT_OUTDATED);
        assertThat(hasher.verify("differentpassword", stored)).isEqualTo(WRONG);
    }

    @Test
    void acceptsNothingForTextsThatAreNoHash() {
        assertThat(hasher.verify("password", "")).isEqualTo(WRONG);
        assertThat(hasher.verify("password", "password")).isEqualTo(WRONG);
        assertThat(hasher.verify("password", "$argon2i$v=19$m=19456,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJH"))
                .isEqualTo(WRONG);
    }

    @Test
    void refusesForgedCostsInsteadOfPayingThem() {
        assertThat(Argon2Hash.parse(
                        "$argon2id$v=19$m=9999999,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc"))
                .isEmpty();
        assertThat(Argon2Hash.parse(
                        "$argon2id$v=19$m=19456,t=999,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc"))
                .isEmpty();
        assertThat(Argon2Hash.parse(
                        "$argon2id$v=19$m=19456,t=0,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc"))
                .isEmpty();
    }

    @Test
    void whatIsMoreThanMayWaitIsRefusedAtOnce() throws Exception {
        PasswordHasher narrow = new PasswordHasher(1);
        AtomicInteger done = new AtomicInteger();
        AtomicInteger refused = new AtomicInteger();
        try (ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> all = new ArrayList<>();
            for (int client = 0; client < 400; client++) {
                all.add(clients.submit(() -> {
                    try {
                        narrow.burn("password");
                        done.incrementAndGet();
                    } catch (Problem problem) {
                        assertThat(problem.kind()).isEqualTo(Problem.Kind.UNAVAILABLE);
                        refused.incrementAndGet();
                    }
                }));
            }
            for (Future<?> client : all) {
                client.get();
            }
        }
        // One runs and 32 wait; a few more find a place that became free meanwhile.
        assertThat(done.get()).isGreaterThanOrEqualTo(33);
        assertThat(refused.get()).isGreaterThan(200);
        narrow.burn("and goes on afterwards");
    }
}

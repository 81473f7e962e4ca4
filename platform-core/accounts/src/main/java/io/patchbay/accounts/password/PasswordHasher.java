package io.patchbay.accounts.password;

import io.patchbay.foundation.problem.Problem;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/**
 * Hashes and verifies passwords with Argon2id. Thread-safe.
 *
 * <p>Cost: 19 MiB, two passes, one lane (OWASP Password Storage Cheat Sheet, read 2026-11). At most two hashes run at the
 * same time, on a small machine one, {@value #MOST_WAITING} others wait for ten seconds at most, and what is more is
 * refused at once; this bounds memory. They run on platform threads, because a computation keeps the carrier of a virtual
 * thread from all others: so sign-ins cannot starve the relay.
 *
 * <p>Unsalted SHA-256 hashes of the product this one replaces are still verified, so that imported users can sign in
 * once and be upgraded. Every verification costs one Argon2 run whatever the stored form is, so timing does not tell
 * which accounts exist or are still to be upgraded.
 */
public final class PasswordHasher {
    /** What a verification found. */
    public enum Verdict {
        /** The password is wrong. */
        WRONG,
        /** The password is right and stored as this version would store it. */
        RIGHT,
        /** The password is right but stored otherwise than today; the caller should store a new hash. */
        RIGHT_BUT_OUTDATED
    }

    private static final Argon2Hash.Cost COST = new Argon2Hash.Cost(19 * 1024, 2, 1);
    private static final int SALT_BYTES = 16;
    private static final int DIGEST_BYTES = 32;
    private static final Pattern SHA256_HEX = Pattern.compile("[0-9a-f]{64}");
    private static final int MOST_WAITING = 32;
    private static final Duration IDLE = Duration.ofSeconds(10);
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(10);

    private final SecureRandom random = new SecureRandom();
    private final ThreadPoolExecutor threads;
    private final byte[] idleSalt = new byte[SALT_BYTES];

    /** Creates a hasher that takes at most half of the processors. Its threads end when they have nothing to do. */
    public PasswordHasher() {
        this(Math.clamp(Runtime.getRuntime().availableProcessors() / 2, 1, 2));
    }

    PasswordHasher(int concurrency) {
        this.threads = new ThreadPoolExecutor(
                concurrency,
                concurrency,
                IDLE.toSeconds(),
                TimeUnit.SECONDS,
                new ArrayBlockingQueue<>(MOST_WAITING),
                Thread.ofPlatform().daemon().name("password-hash-", 0).factory());
        threads.allowCoreThreadTimeOut(true);
        random.nextBytes(idleSalt);
    }

    /**
     * Returns the text to store for a password. White space around the password does not count.
     *
     * @throws Problem of kind UNAVAILABLE when too many hashes are waiting
     */
    public String hash(String password) {
        byte[] salt = new byte[SALT_BYTES];
        random.nextBytes(salt);
        return bounded(() ->
                Argon2Hash.compute(password.strip(), COST, salt, DIGEST_BYTES).format());
    }

    /**
     * Compares a password with a stored text; an unreadable stored text matches nothing.
     *
     * @throws Problem of kind UNAVAILABLE when too many hashes are waiting
     */
    public Verdict verify(String password, String stored) {
        String stripped = password.strip();
        if (SHA256_HEX.matcher(stored).matches()) {
            boolean right =
                    MessageDigest.isEqual(sha256(stripped), HexFormat.of().parseHex(stored));
            if (!right) {
                burn(stripped);
            }
            // A right one costs its Argon2 run when the caller stores the new hash.
            return right ? Verdict.RIGHT_BUT_OUTDATED : Verdict.WRONG;
        }
        Optional<Argon2Hash> hash = Argon2Hash.parse(stored);
        if (hash.isEmpty()) {
            burn(stripped);
            return Verdict.WRONG;
        }
        if (!bounded(() -> hash.get().matches(stripped))) {
            return Verdict.WRONG;
        }
        return hash.get().madeWith(COST, DIGEST_BYTES) ? Verdict.RIGHT : Verdict.RIGHT_BUT_OUTDATED;
    }

    /** Spends the time of one verification, for accounts that do not exist. */
    public void burn(String password) {
        bounded(() -> Argon2Hash.compute(password.strip(), COST, idleSalt, DIGEST_BYTES));
    }

    private <T> T bounded(Supplier<T> work) {
        Future<T> hashing;
        try {
            hashing = threads.submit(work::get);
        } catch (RejectedExecutionException e) {
            throw busy();
        }
        try {
            return hashing.get(LONGEST_WAIT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw busy();
        } catch (TimeoutException e) {
            throw busy();
        } catch (ExecutionException e) {
            throw new IllegalStateException("a password could not be hashed", e.getCause());
        } finally {
            // One that nobody waits for need not begin.
            hashing.cancel(false);
        }
    }

    private static Problem busy() {
        return Problem.unavailable("too many sign-ins at the moment, try again shortly");
    }

    private static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this Java runtime lacks SHA-256", e);
        }
    }
}

package io.patchbay.accounts.password;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;

/**
 * One Argon2id hash with its cost, in memory and as PHC text
 * ({@code $argon2id$v=19$m=19456,t=2,p=1$<salt>$<hash>}, Base64 without padding).
 */
final class Argon2Hash {
    /** Largest cost accepted from a stored text, so that a forged row cannot exhaust memory. */
    private static final Cost LARGEST = new Cost(256 * 1024, 16, 8);

    private static final Pattern PHC = Pattern.compile(
            "\\$argon2id\\$v=19\\$m=(\\d{1,7}),t=(\\d{1,3}),p=(\\d{1,2})\\$([A-Za-z0-9+/]{11,64})\\$([A-Za-z0-9+/]{22,128})");

    private final Cost cost;
    private final byte[] salt;
    private final byte[] digest;

    private Argon2Hash(Cost cost, byte[] salt, byte[] digest) {
        this.cost = cost;
        this.salt = salt;
        this.digest = digest;
    }

    /**
     * The work one hash takes.
     *
     * @param memoryKib memory in KiB
     * @param passes number of passes over the memory
     * @param lanes degree of parallelism
     */
    record Cost(int memoryKib, int passes, int lanes) {
        boolean within(Cost bound) {
            return memoryKib <= bound.memoryKib
                    && passes <= bound.passes
                    && lanes <= bound.lanes
                    && memoryKib >= 8 * lanes
                    && passes >= 1
                    && lanes >= 1;
        }
    }

    static Argon2Hash compute(String password, Cost cost, byte[] salt, int digestBytes) {
        Argon2BytesGenerator generator = new Argon2BytesGenerator();
        generator.init(new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
                .withVersion(Argon2Parameters.ARGON2_VERSION_13)
                .withMemoryAsKB(cost.memoryKib())
                .withIterations(cost.passes())
                .withParallelism(cost.lanes())
                .withSalt(salt)
                .build());
        byte[] digest = new byte[digestBytes];
        generator.generateBytes(password.getBytes(StandardCharsets.UTF_8), digest);
        return new Argon2Hash(cost, salt, digest);
    }

    /** Returns the hash of a PHC text, or empty when the text is no Argon2id hash within the accepted cost. */
    static Optional<Argon2Hash> parse(String phc) {
        Matcher matcher = PHC.matcher(phc);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        Cost cost = new Cost(
                Integer.parseInt(matcher.group(1)),
                Integer.parseInt(matcher.group(2)),
                Integer.parseInt(matcher.group(3)));
        if (!cost.within(LARGEST)) {
            return Optional.empty();
        }
        try {
            Base64.Decoder decoder = Base64.getDecoder();
            return Optional.of(
                    new Argon2Hash(cost, decoder.decode(matcher.group(4)), decoder.decode(matcher.group(5))));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** Returns whether this is what {@link #compute} would make with the given cost and length. */
    boolean madeWith(Cost expected, int digestBytes) {
        return cost.equals(expected) && digest.length == digestBytes;
    }

    String format() {
        Base64.Encoder encoder = Base64.getEncoder().withoutPadding();
        return "$argon2id$v=19$m=" + cost.memoryKib() + ",t=" + cost.passes() + ",p=" + cost.lanes() + "$"
                + encoder.encodeToString(salt) + "$" + encoder.encodeToString(digest);
    }

    /** Returns whether the password gives this hash; the comparison takes the same time wherever they differ. */
    boolean matches(String password) {
        return MessageDigest.isEqual(compute(password, cost, salt, digest.length).digest, digest);
    }
}

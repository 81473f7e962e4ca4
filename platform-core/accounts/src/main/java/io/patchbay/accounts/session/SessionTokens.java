package io.patchbay.accounts.session;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.MACVerifier;
import com.nimbusds.jose.util.Base64URL;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import io.patchbay.foundation.config.SecurityConfig;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Date;
import java.util.Optional;
import java.util.regex.Pattern;
import javax.crypto.KDF;
import javax.crypto.SecretKey;
import javax.crypto.spec.HKDFParameterSpec;

/**
 * Issues and reads session tokens: JWT, HS256, claims {@code sub} (user id), {@code username}, {@code ver} (session
 * version of the user), {@code iat} and {@code exp}. Thread-safe.
 *
 * <p>A token that reads well is not yet valid: its version must still be the one of the user.
 */
public final class SessionTokens {
    /** How long a token lives. */
    public static final Duration LIFETIME = Duration.ofDays(30);

    private static final byte[] SALT = "patchbay session token".getBytes(StandardCharsets.UTF_8);
    private static final int KEY_BYTES = 32;
    private static final int LONGEST_TOKEN = 2048;
    private static final Pattern SHAPE = Pattern.compile("[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]+");

    private final JWSSigner signer;
    private final JWSVerifier verifier;
    private final InstantSource clock;

    /**
     * What a token says.
     *
     * @param userId identity of the user
     * @param username name of the user when the token was issued
     * @param version session version of the user when the token was issued
     */
    public record Session(long userId, String username, int version) {}

    /** Signs with a key of its own, derived from the server's secret. */
    public SessionTokens(SecurityConfig security, InstantSource clock) {
        this.clock = clock;
        try {
            SecretKey key = KDF.getInstance("HKDF-SHA256")
                    .deriveKey(
                            "HmacSHA256",
                            HKDFParameterSpec.ofExtract()
                                    .addIKM(security.secret())
                                    .addSalt(SALT)
                                    .thenExpand("v1".getBytes(StandardCharsets.UTF_8), KEY_BYTES));
            this.signer = new MACSigner(key);
            this.verifier = new MACVerifier(key);
        } catch (GeneralSecurityException | JOSEException e) {
            throw new IllegalStateException("this Java cannot make the key of session tokens", e);
        }
    }

    /** Returns a fresh token that lives {@link #LIFETIME}. */
    public String issue(Session session) {
        Instant now = clock.instant();
        SignedJWT token = new SignedJWT(
                new JWSHeader.Builder(JWSAlgorithm.HS256)
                        .type(JOSEObjectType.JWT)
                        .build(),
                new JWTClaimsSet.Builder()
                        .subject(Long.toString(session.userId()))
                        .claim("username", session.username())
                        .claim("ver", session.version())
                        .issueTime(Date.from(now))
                        .expirationTime(Date.from(now.plus(LIFETIME)))
                        .build());
        try {
            token.sign(signer);
        } catch (JOSEException e) {
            throw new IllegalStateException("signing a session token failed", e);
        }
        return token.serialize();
    }

    /** Returns what a token says, or empty when it is malformed, altered, foreign or expired. */
    public Optional<Session> read(String token) {
        if (token.length() > LONGEST_TOKEN || !SHAPE.matcher(token).matches()) {
            return Optional.empty();
        }
        try {
            SignedJWT jwt = SignedJWT.parse(token);
            if (!JWSAlgorithm.HS256.equals(jwt.getHeader().getAlgorithm())
                    || !canonical(jwt.getSignature())
                    || !jwt.verify(verifier)) {
                return Optional.empty();
            }
            return session(jwt.getJWTClaimsSet());
        } catch (ParseException | JOSEException | IllegalStateException | NumberFormatException e) {
            return Optional.empty();
        }
    }

    private Optional<Session> session(JWTClaimsSet claims) throws ParseException {
        Date expires = claims.getExpirationTime();
        String subject = claims.getSubject();
        String username = claims.getStringClaim("username");
        Integer version = claims.getIntegerClaim("ver");
        if (expires == null || subject == null || username == null || version == null) {
            return Optional.empty();
        }
        if (!expires.toInstant().isAfter(clock.instant())) {
            return Optional.empty();
        }
        return Optional.of(new Session(Long.parseLong(subject), username, version));
    }

    /** The decoder ignores spare bits; one signature must have one spelling only. */
    private static boolean canonical(Base64URL signature) {
        return Base64URL.encode(signature.decode()).toString().equals(signature.toString());
    }
}

package io.patchbay.accounts.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.accounts.session.SessionTokens.Session;
import io.patchbay.foundation.config.SecurityConfig;
import io.patchbay.foundation.testing.SettableClock;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class SessionTokensTest {
    private static final String ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.=+/ \n";
    private static final Session ANN = new Session(7, "ann", 3);

    private final SettableClock clock = new SettableClock();
    private final SessionTokens tokens = new SessionTokens(secret('a'), clock);

    @Test
    void readsWhatItIssued() {
        assertThat(tokens.read(tokens.issue(ANN))).contains(ANN);
    }

    @Test
    void carriesNothingButTheSession() {
        String payload = tokens.issue(ANN).split("\\.")[1];

        assertThat(new String(Base64.getUrlDecoder().decode(payload), StandardCharsets.UTF_8))
                .contains("\"sub\":\"7\"", "\"username\":\"ann\"", "\"ver\":3", "\"exp\":", "\"iat\":")
                .doesNotContain("password");
    }

    @Test
    void expiresAfterThirtyDays() {
        String token = tokens.issue(ANN);

        clock.advance(SessionTokens.LIFETIME.minusSeconds(1));
        assertThat(tokens.read(token)).contains(ANN);
        clock.advance(Duration.ofSeconds(1));
        assertThat(tokens.read(token)).isEmpty();
    }

    @Test
    void refusesTokensOfAnotherServer() {
        assertThat(new SessionTokens(secret('b'), clock).read(tokens.issue(ANN)))
                .isEmpty();
    }

    @Test
    void refusesOtherAlgorithms() {
        String[] parts = tokens.issue(ANN).split("\\.");
        String none = encode("{\"alg\":\"none\"}");
        String stronger = encode("{\"alg\":\"HS512\",\"typ\":\"JWT\"}");

        assertThat(tokens.read(none + "." + parts[1] + ".")).isEmpty();
        assertThat(tokens.read(none + "." + parts[1] + "." + parts[2])).isEmpty();
        assertThat(tokens.read(stronger + "." + parts[1] + "." + parts[2])).isEmpty();
    }

    @Test
    void refusesEveryTokenWithOneCharacterReplaced() {
        String token = tokens.issue(ANN);
        for (int index = 0; index < token.length(); index++) {
            for (char replacement : ALPHABET.toCharArray()) {
                if (token.charAt(index) != replacement) {
                    String altered = token.substring(0, index) + replacement + token.substring(index + 1);
                    assertThat(tokens.read(altered))
                            .as("%s at %d", replacement, index)
                            .isEmpty();
                }
            }
        }
    }

    @Test
    void refusesEveryTokenWithACharacterMoreOrLess() {
        String token = tokens.issue(ANN);
        for (int index = 0; index <= token.length(); index++) {
            for (char inserted : ALPHABET.toCharArray()) {
                assertThat(tokens.read(token.substring(0, index) + inserted + token.substring(index)))
                        .isEmpty();
            }
            if (index < token.length()) {
                assertThat(tokens.read(token.substring(0, index))).isEmpty();
                assertThat(tokens.read(token.substring(0, index) + token.substring(index + 1)))
                        .isEmpty();
            }
        }
    }

    @Test
    void refusesSplicedTokens() {
        String[] first = tokens.issue(ANN).split("\\.");
        String[] second = tokens.issue(new Session(1, "root", 1)).split("\\.");

        assertThat(tokens.read(first[0] + "." + second[1] + "." + first[2])).isEmpty();
        assertThat(tokens.read(second[0] + "." + first[1] + "." + second[2])).isEmpty();
    }

    @Test
    void survivesNoise() {
        Random random = new Random(42);
        for (int round = 0; round < 5_000; round++) {
            StringBuilder noise = new StringBuilder();
            int length = random.nextInt(80);
            for (int index = 0; index < length; index++) {
                noise.append(random.nextInt(4) == 0 ? '.' : (char) random.nextInt(1, 0x2ff));
            }
            assertThat(tokens.read(noise.toString())).isEmpty();
        }
        assertThat(tokens.read("a.".repeat(100_000))).isEmpty();
    }

    private static String encode(String json) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(json.getBytes(StandardCharsets.UTF_8));
    }

    private static SecurityConfig secret(char letter) {
        return new SecurityConfig(
                (letter + "-secret-of-thirty-two-bytes-or-more").getBytes(StandardCharsets.UTF_8), null);
    }
}

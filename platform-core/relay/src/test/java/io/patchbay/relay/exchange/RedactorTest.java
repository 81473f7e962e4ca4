package io.patchbay.relay.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.spi.Secret;
import org.junit.jupiter.api.Test;

final class RedactorTest {
    @Test
    void stripsSecretsInEveryFormTheyTravelIn() {
        Redactor redactor = new Redactor();
        redactor.secret(Secret.of("Bearer k+y/=123"));
        redactor.hide("https://api.example.com", "channel://7");

        assertThat(redactor.clean("401 for k+y/=123 (k%2By%2F%3D123) at https://api.example.com/v1"))
                .isEqualTo("401 for *** (***) at channel://7/v1");
    }

    @Test
    void leavesShortWordsAlone() {
        Redactor redactor = new Redactor();
        redactor.secret(Secret.of("a"));
        assertThat(redactor.clean("banana")).isEqualTo("banana");
    }
}

package io.patchbay.relay.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.spi.Fault;
import io.patchbay.spi.FaultKind;
import io.patchbay.spi.Secret;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class RedactorTest {
    private static Redactor of(String endpoint) {
        Redactor redactor = new Redactor();
        redactor.endpoint(endpoint, 7);
        return redactor;
    }

    @Test
    void stripsSecretsInEveryFormTheyTravelIn() {
        Redactor redactor = of("https://api.example.com");
        redactor.secret(Secret.of("Bearer k+y/=123"));

        assertThat(redactor.clean("401 for k+y/=123 (k%2By%2F%3D123) at https://api.example.com/v1"))
                .isEqualTo("401 for *** (***) at channel://7/v1");
    }

    @Test
    void leavesShortWordsAlone() {
        Redactor redactor = new Redactor();
        redactor.secret(Secret.of("a"));
        assertThat(redactor.clean("banana")).isEqualTo("banana");
    }

    @Test
    void ofTwoSecretsTheLongerIsLookedForFirst() {
        Redactor redactor = new Redactor();
        redactor.secret(Secret.of("abcd"));
        redactor.secret(Secret.of("abcd-and-more"));
        assertThat(redactor.clean("found abcd-and-more, found abcd")).isEqualTo("found ***, found ***");
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://api.example.com", "https://api.example.com/", "https://API.Example.com"})
    void hidesTheEndpointAsTheSeedDid(String endpoint) {
        assertThat(of(endpoint).clean("failed at https://api.example.com/v1/chat"))
                .isEqualTo("failed at channel://7/v1/chat");
        assertThat(of(endpoint).clean("no route to API.example.com!")).isEqualTo("no route to channel!");
        assertThat(of(endpoint).clean("连接eu.api.example.com失败")).isEqualTo("连接channel失败");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://api.example.com.evil.org/v1",
                "https://api.example.com-2.org/v1",
                "wss://api.example.com/chat",
                "HTTP://API.EXAMPLE.COM:8080/x?y=z#w"
            })
    void anAddressThatOnlyBeginsLikeTheEndpointIsHiddenAsAWhole(String address) {
        assertThat(of("https://api.example.com").clean("see " + address + ", please"))
                .isEqualTo("see [address], please");
    }

    @ParameterizedTest
    @ValueSource(strings = {"help.example.com", "example.com", "eu.API.example.COM", "api.example.com"})
    void serversOfTheSameDomainAreHiddenWithoutASchemeToo(String server) {
        Redactor redactor = of("https://api.example.com/v1");
        assertThat(redactor.clean("write to support@" + server + ".")).isEqualTo("write to support@channel.");
        assertThat(redactor.clean("see " + server + "/account/api-keys."))
                .isIn("see [address].", "see channel/account/api-keys.");
        assertThat(redactor.clean("Example and anotherexample.com stay"))
                .isEqualTo("Example and anotherexample.com stay");
    }

    @Test
    void aTextThatWasCutDoesNotEndInTheMiddleOfASecret() {
        Redactor redactor = of("https://api.example.com");
        redactor.secret(Secret.of("0123456789abcdef"));
        redactor.sent(Secret.of("signature-of-the-request"));

        assertThat(redactor.clean("refused: 0123456789abc…")).isEqualTo("refused: ***…");
        assertThat(redactor.clean("refused: signature-of-th…")).isEqualTo("refused: ***…");
        assertThat(redactor.clean("no route to api.example.c…")).isEqualTo("no route to channel…");
        assertThat(redactor.clean("refused: 0123…")).isEqualTo("refused: 0123…");
    }

    @Test
    void ofSecretsThatWereMadeForOneRequestOnlyTheLatestAreRemembered() {
        Redactor redactor = new Redactor();
        redactor.secret(Secret.of("the-key-itself"));
        for (int i = 0; i < 1_000; i++) {
            redactor.sent(Secret.of("the-key-itself"));
            redactor.sent(Secret.of("signature-" + i));
        }
        assertThat(redactor.clean("signature-0, signature-999, the-key-itself")).isEqualTo("signature-0, ***, ***");
    }

    @Test
    void cleansEveryTextOfAFault() {
        Redactor redactor = of("https://api.example.com");
        redactor.secret(Secret.of("the-secret-key"));
        Fault clean = redactor.clean(Fault.builder(FaultKind.RATE, "the-secret-key is used up")
                .sub("at api.example.com")
                .vendorCode("new_api_error")
                .status(429)
                .build());

        assertThat(clean.message()).isEqualTo("*** is used up");
        assertThat(clean.sub()).isEqualTo("at channel");
        assertThat(clean.vendorCode()).isEqualTo("chatnio_upstream_error");
        assertThat(clean.kind()).isEqualTo(FaultKind.RATE);
        assertThat(clean.status()).isEqualTo(429);
    }

    @Test
    void whatHoldsNothingComesBackAsItIs() {
        Redactor redactor = of("https://api.example.com");
        redactor.secret(Secret.of("the-secret-key"));
        for (String text :
                new String[] {"", "The model is overloaded (try again later).", "50 % of a task: done", "余额不足"}) {
            assertThat(redactor.clean(text)).isSameAs(text);
        }
    }
}

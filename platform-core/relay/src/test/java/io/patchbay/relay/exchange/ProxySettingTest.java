package io.patchbay.relay.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.patchbay.spi.Secret;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ProxySettingTest {
    private static ProxySetting setting(int type, String proxy) {
        return new ProxySetting(type, proxy, "", Secret.of(""));
    }

    @ParameterizedTest
    @CsvSource({
        "1, http://proxy.example:3128, proxy.example, 3128, false, false",
        "1, proxy.example, proxy.example, 80, false, false",
        "1, https://proxy.example/, proxy.example, 443, true, false",
        "2, proxy.example:8443, proxy.example, 8443, true, false",
        "2, http://proxy.example, proxy.example, 80, false, false",
        "3, 127.0.0.1:1080, 127.0.0.1, 1080, false, true",
        "3, socks5://proxy_1, proxy_1, 1080, false, true",
        "3, SOCKS5H://[::1]:9, [::1], 9, false, true",
        "1, ' proxy.example:1 ', proxy.example, 1, false, false"
    })
    void addressesAreUnderstood(int type, String proxy, String host, int port, boolean secure, boolean socks) {
        assertThat(setting(type, proxy).address()).contains(new ProxySetting.At(host, port, secure, socks));
        setting(type, proxy).check();
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "http://user:word@h:1, http://h:1, user, word",
                "user:word@h:1, h:1, user, word",
                "http://user@h:1, http://h:1, user, ''",
                "http://u%40x:w%3A%2F@h:1, http://h:1, u@x, w:/",
                "http://user:w@rd/x@h:1, http://h:1, user, w@rd/x",
                "http://user:100%@h:1, http://h:1, user, 100%",
                "http://us+er:w+d@h:1, http://h:1, us+er, w+d",
                "http://@h:1, http://h:1, '', ''"
            })
    void credentialsAreTakenOutOfTheAddress(String written, String proxy, String user, String word) {
        assertThat(setting(1, written)).isEqualTo(new ProxySetting(1, proxy, user, Secret.of(word)));
        assertThat(setting(1, written).proxy()).isEqualTo(proxy);
    }

    @Test
    void credentialsOfTheirOwnFieldsWin() {
        ProxySetting both = new ProxySetting(1, "http://a:b@h:1", "user", Secret.of("word"));
        assertThat(both).isEqualTo(new ProxySetting(1, "http://h:1", "user", Secret.of("word")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://",
                "http://h:0",
                "http://h:65536",
                "http://h:port",
                "http://h h",
                "ftp://h:1",
                "socks5://h:1",
                "http://h:1/path",
                "http://[::1",
                "http://user:secret-word@",
                "user secret-word",
                "http://user:secret-word"
            })
    void othersAreRefusedInWordsThatRepeatNothing(String proxy) {
        assertThatThrownBy(() -> setting(1, proxy).check())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("the proxy")
                .hasMessageNotContaining("secret-word");
    }

    @Test
    void whatAKindOfProxyCannotTakeIsRefused() {
        assertThatThrownBy(() -> setting(4, "h:1").check()).hasMessageContaining("found 4");
        assertThatThrownBy(() -> setting(3, "http://h:1").check()).hasMessageContaining("expected socks5://");
        assertThatThrownBy(() -> new ProxySetting(1, "h:1", "a:b", Secret.of("")).check())
                .hasMessageContaining("colon");
        assertThatThrownBy(() -> new ProxySetting(3, "h:1", "a", Secret.of("é".repeat(128))).check())
                .hasMessageContaining("255 bytes");
        new ProxySetting(1, "h:1", "a", Secret.of("é".repeat(128))).check();
        new ProxySetting(3, "h:1", "a:b", Secret.of("")).check();
    }

    @Test
    void noneNeedsNoAddressAndLeadsNowhere() {
        assertThat(ProxySetting.NONE.address()).isEmpty();
        assertThat(setting(0, "what was left %%").address()).isEmpty();
        assertThat(setting(1, "  ").address()).isEmpty();
    }

    @Test
    void printsItsTypeOnly() {
        assertThat(new ProxySetting(2, "https://h:1", "user", Secret.of("word")).toString())
                .isEqualTo("ProxySetting[type=2]");
    }
}

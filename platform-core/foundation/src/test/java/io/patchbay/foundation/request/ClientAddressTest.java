package io.patchbay.foundation.request;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

final class ClientAddressTest {
    private final ClientAddress trusting = new ClientAddress(List.of("10.0.0.0/8", "127.0.0.1", "fd00::/8"));

    @Test
    void headerOfAStrangerIsNotBelieved() {
        assertThat(trusting.resolve("203.0.113.9", "198.51.100.1")).isEqualTo("203.0.113.9");
        assertThat(new ClientAddress(List.of()).resolve("127.0.0.1", "198.51.100.1"))
                .isEqualTo("127.0.0.1");
    }

    @Test
    void rightMostUntrustedAddressIsTheClient() {
        assertThat(trusting.resolve("10.1.2.3", "198.51.100.1")).isEqualTo("198.51.100.1");
        assertThat(trusting.resolve("127.0.0.1", "1.1.1.1, 198.51.100.1 , 10.9.9.9"))
                .isEqualTo("198.51.100.1");
        assertThat(trusting.resolve("127.0.0.1", List.of("1.1.1.1", "2.2.2.2, 3.3.3.3")))
                .isEqualTo("3.3.3.3");
    }

    @Test
    void chainOfTrustedProxiesEndsAtItsFirst() {
        assertThat(trusting.resolve("10.1.1.1", "10.2.2.2, 10.3.3.3")).isEqualTo("10.2.2.2");
        assertThat(trusting.resolve("10.1.1.1", (String) null)).isEqualTo("10.1.1.1");
    }

    @Test
    void nonsenseEndsTheSearch() {
        assertThat(trusting.resolve("10.1.1.1", "198.51.100.1, unknown")).isEqualTo("10.1.1.1");
        assertThat(trusting.resolve("10.1.1.1", "198.51.100.1, unknown, 10.2.2.2"))
                .isEqualTo("10.2.2.2");
        assertThat(trusting.resolve("10.1.1.1", "")).isEqualTo("10.1.1.1");
        assertThat(trusting.resolve("10.1.1.1", "example.com")).isEqualTo("10.1.1.1");
        assertThat(trusting.resolve("not an address", "198.51.100.1")).isEqualTo("not an address");
    }

    @Test
    void portsBracketsAndMappedAddressesAreUnderstood() {
        assertThat(trusting.resolve("10.1.1.1", "198.51.100.1:4711")).isEqualTo("198.51.100.1");
        assertThat(trusting.resolve("fd00::1", "[2001:db8::5]:443")).isEqualTo("2001:db8:0:0:0:0:0:5");
        assertThat(trusting.resolve("::ffff:10.1.1.1", "198.51.100.1")).isEqualTo("198.51.100.1");
        assertThat(trusting.resolve("::ffff:203.0.113.9", "198.51.100.1")).isEqualTo("203.0.113.9");
        assertThat(trusting.resolve("[0:0:0:0:0:0:0:1]", "198.51.100.1")).isEqualTo("0:0:0:0:0:0:0:1");
    }

    @Test
    void networksContainWhatSharesTheirPrefix() {
        assertThat(new ClientAddress(List.of("192.168.1.128/25")).isTrusted("192.168.1.200"))
                .isTrue();
        assertThat(new ClientAddress(List.of("192.168.1.128/25")).isTrusted("192.168.1.100"))
                .isFalse();
        assertThat(new ClientAddress(List.of("192.168.1.77/25")).isTrusted("192.168.1.1"))
                .isTrue();
        assertThat(new ClientAddress(List.of("0.0.0.0/0")).isTrusted("8.8.8.8")).isTrue();
        assertThat(new ClientAddress(List.of("0.0.0.0/0")).isTrusted("2001:db8::1"))
                .isFalse();
        assertThat(new ClientAddress(List.of("2001:db8::/33")).isTrusted("2001:db8:7fff::1"))
                .isTrue();
        assertThat(new ClientAddress(List.of("2001:db8::/33")).isTrusted("2001:db8:8000::1"))
                .isFalse();
    }

    @Test
    void whatIsNoNetworkIsRefused() {
        for (String text : List.of("", "localhost", "10.0.0.0/33", "10.0.0.0/-1", "10.0.0.0/", "::/129", "10/8/8")) {
            assertThat(ClientAddress.isNetwork(text)).as(text).isFalse();
        }
        assertThatThrownBy(() -> new ClientAddress(List.of("localhost")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("localhost");
    }

    @Test
    void limitsCountIpv6ByNetwork() {
        assertThat(ClientAddress.limitKey("2001:db8:1:2:3:4:5:6")).isEqualTo("2001:db8:1:2:0:0:0:0/64");
        assertThat(ClientAddress.limitKey("2001:db8:1:2::ffff")).isEqualTo("2001:db8:1:2:0:0:0:0/64");
        assertThat(ClientAddress.limitKey("198.51.100.1")).isEqualTo("198.51.100.1");
        assertThat(ClientAddress.limitKey("")).isEmpty();
    }
}

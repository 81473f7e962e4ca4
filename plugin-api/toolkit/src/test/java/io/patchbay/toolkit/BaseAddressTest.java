package io.patchbay.toolkit;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class BaseAddressTest {
    @Test
    void aHostAloneGetsTheVendorsPath() {
        assertThat(BaseAddress.of("https://host.example", "/api/v3")).isEqualTo("https://host.example/api/v3");
        assertThat(BaseAddress.of(" https://host.example:81/ ", "/api/v3")).isEqualTo("https://host.example:81/api/v3");
    }

    @Test
    void aPathOfItsOwnIsKept() {
        assertThat(BaseAddress.of("https://host.example/api/v3/", "/v2")).isEqualTo("https://host.example/api/v3/");
        assertThat(BaseAddress.of("https://host.example/proxy", "/v2")).isEqualTo("https://host.example/proxy");
        assertThat(BaseAddress.of("https://host.example#", "/v2")).isEqualTo("https://host.example#");
        assertThat(BaseAddress.of("https://host.example?a=b", "/v2")).isEqualTo("https://host.example?a=b");
    }

    @Test
    void whatIsNoAddressIsLeftForTheRequestToRefuse() {
        assertThat(BaseAddress.of("not an address", "/v2")).isEqualTo("not an address");
        assertThat(BaseAddress.host("not an address")).isEmpty();
        assertThat(BaseAddress.origin("not an address")).isEqualTo("not an address");
    }

    @Test
    void hostAndOriginAreTold() {
        assertThat(BaseAddress.host("https://Host.Example:81/a")).isEqualTo("host.example");
        assertThat(BaseAddress.origin("https://host.example:81/a?b")).isEqualTo("https://host.example:81");
    }
}

package io.patchbay.relay.address;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where upstreams of channels may be. */
final class ChannelAddressesTest {
    private static final ChannelAddresses OPEN = new ChannelAddresses(true);
    private static final ChannelAddresses STRICT = new ChannelAddresses(false);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "169.254.0.0",
                "169.254.169.254",
                "169.254.255.255",
                "100.100.100.200",
                "::ffff:169.254.169.254",
                "::ffff:6464:64c8",
                "64:ff9b::a9fe:a9fe",
                "2002:a9fe:a9fe::1",
                "fe80::1",
                "febf:ffff::1",
                "fd00:ec2::254",
                "fd00:ec2::23",
                "fd20:ce::254"
            })
    void theLinkAndMetadataAreNeverAsked(String address) throws UnknownHostException {
        InetAddress closed = InetAddress.getByName(address);
        assertThat(OPEN.allow(closed)).isFalse();
        assertThat(STRICT.allow(closed)).isFalse();
        assertThatThrownBy(() -> OPEN.check(address)).isInstanceOf(AddressRefused.class);
        assertThatThrownBy(() -> OPEN.check("[" + address + "]")).isInstanceOf(AddressRefused.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "10.0.0.1",
                "127.0.0.1",
                "192.168.1.1",
                "172.16.0.1",
                "100.100.100.201",
                "0.0.0.0",
                "::1",
                "fd00:ec1::254",
                "fd12::1",
                "fec0::1"
            })
    void privateAddressesAreTheSitesMatter(String address) throws UnknownHostException {
        InetAddress inside = InetAddress.getByName(address);
        assertThat(OPEN.allow(inside)).isTrue();
        assertThat(STRICT.allow(inside)).isFalse();
        assertThatCode(() -> OPEN.check(address)).doesNotThrowAnyException();
        assertThatThrownBy(() -> STRICT.check(address))
                .isInstanceOf(AddressRefused.class)
                .hasMessageContaining("relay.channel_private is false")
                .hasMessageNotContaining(address);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "8.8.8.8",
                "169.253.255.255",
                "169.255.0.0",
                "2606:4700::1111",
                "api.example.com",
                "localhost",
                "metadata.example.com",
                "1.example"
            })
    void theInternetAndNamesArePassed(String host) {
        assertThatCode(() -> STRICT.check(host)).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "metadata",
                "METADATA",
                "metadata.google.internal",
                "Metadata.Google.Internal.",
                "2852039166",
                "0xa9fea9fe",
                "0xA9.0xFE.0xA9.0xFE",
                "0251.0376.0251.0376",
                "025177524776",
                "169.16689662",
                "169.254.43518",
                "169.254.169.254.",
                "0xa9.254.169.0376",
                "1684301000",
                "[fe80::1%25eth0]",
                "fe80::1%eth0"
            })
    void whatLeadsToMetadataIsToldInAnyNotation(String host) {
        assertThatThrownBy(() -> OPEN.check(host))
                .isInstanceOf(AddressRefused.class)
                .hasMessageContaining("which no channel may ask");
        assertThatThrownBy(() -> ChannelAddresses.checkNeverAsked(host)).isInstanceOf(AddressRefused.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2130706433",
                "127.1",
                "0x7f000001",
                "0177.0.0.1",
                "127.0.0.01",
                "4294967297",
                "127.0.0.1.",
                "1.2.3.4.5",
                "0x",
                "256.0.0.1",
                "[:::1]",
                "a.0x7f"
            })
    void numbersThatReadersDisagreeAboutAreNotAsked(String host) {
        assertThatThrownBy(() -> OPEN.check(host))
                .isInstanceOf(AddressRefused.class)
                .hasMessageContaining("Write four decimal numbers with dots, or a name.");
    }

    @Test
    void aRefusalSaysWhatTheOperatorCanDo() throws UnknownHostException {
        InetAddress inside = InetAddress.getByName("10.0.0.1");
        InetAddress closed = InetAddress.getByName("169.254.169.254");
        assertThat(STRICT.refusal(List.of(inside))).hasMessageContaining("Set it to true, or correct the endpoint");
        assertThat(STRICT.refusal(List.of(inside, closed)))
                .hasMessageContaining("Correct the endpoint of the channel.");
    }
}

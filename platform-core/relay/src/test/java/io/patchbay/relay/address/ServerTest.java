package io.patchbay.relay.address;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ServerTest {
    @ParameterizedTest
    @CsvSource({
        "https://api.example.com, api.example.com, 443, true",
        "http://api.example.com/v1, api.example.com, 80, false",
        "' WSS://API.Example.com/chat?x=y ', api.example.com, 443, true",
        "ws://127.0.0.1:8080#x, 127.0.0.1, 8080, false",
        "http://[::1]:1/x, ::1, 1, false",
        "http://[::1], ::1, 80, false",
        "https://user:p@ss@api.example.com:444, api.example.com, 444, true",
        "http://2852039166, 2852039166, 80, false",
        "http://x.example:, x.example, 80, false",
        "http://x.example:99999, x.example, 0, false",
        "http://x.example:port/, x.example, 0, false",
        "http://x.example\\@y.example/, x.example, 80, false"
    })
    void isReadFromAnAddress(String address, String host, int port, boolean secure) {
        assertThat(Server.of(address)).contains(new Server(host, port, secure));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "2023-12-01-preview",
                "general",
                "https://",
                "http:///x",
                "ftp://x.example",
                "http://:80",
                "://x"
            })
    void otherTextsNameNone(String text) {
        assertThat(Server.of(text)).isEmpty();
    }

    private static boolean may(String hears, String home) {
        return Server.of(hears).orElseThrow().mayHearWhatIsFor(Server.of(home).orElseThrow());
    }

    @Test
    void whatIsForOneServerIsForNoOther() {
        assertThat(may("https://a.example/x", "https://a.example")).isTrue();
        assertThat(may("wss://A.example", "https://a.example:443/v1")).isTrue();
        assertThat(may("ws://a.example", "http://a.example")).isTrue();
        assertThat(may("https://a.example:80", "http://a.example")).isTrue();
        assertThat(may("http://a.example:443", "https://a.example")).isFalse();
        assertThat(may("https://b.example", "https://a.example")).isFalse();
        assertThat(may("https://a.example.b.example", "https://a.example")).isFalse();
        assertThat(may("https://a.example:444", "https://a.example")).isFalse();
    }
}

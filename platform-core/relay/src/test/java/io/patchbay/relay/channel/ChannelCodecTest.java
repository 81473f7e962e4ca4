package io.patchbay.relay.channel;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.foundation.config.SecurityConfig;
import io.patchbay.foundation.crypto.Encryption;
import io.patchbay.relay.exchange.ProxySetting;
import io.patchbay.spi.Secret;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class ChannelCodecTest {
    private static final String HEADERS = "{\"Authorization\":\"Bearer the-operators-own-key\"}";

    private final ChannelCodec codec = new ChannelCodec(new Encryption(
            new SecurityConfig("a secret of the tests, long enough".getBytes(StandardCharsets.UTF_8), null),
            "channel"));

    private static Channel channel(Map<String, String> extra) {
        return new Channel(
                3,
                "c",
                "t",
                0,
                1,
                List.of("m"),
                1,
                List.of("the-key-itself"),
                "https://a.example",
                ModelMapping.read(""),
                true,
                Set.of(),
                new ProxySetting(1, "http://user:the-word@h:1", "", Secret.of("")),
                extra);
    }

    @Test
    void rowsHoldNoSecretInTheClear() {
        Channel channel = channel(Map.of("Header_Override", HEADERS, "cost", "2"));
        ChannelRow row = codec.row(channel, Instant.EPOCH);

        assertThat(row.toString())
                .doesNotContain("the-operators-own-key")
                .doesNotContain("the-key-itself")
                .doesNotContain("the-word");
        assertThat(row.extra()).contains("\"cost\":\"2\"");
        assertThat(codec.channel(row)).isEqualTo(channel);
    }

    @Test
    void rowsOfEarlierVersionsAreUnderstood() {
        ChannelRow row = codec.row(channel(Map.of()), Instant.EPOCH);
        ChannelRow earlier = new ChannelRow(
                row.id(),
                row.name(),
                row.type(),
                row.priority(),
                row.weight(),
                row.models(),
                row.retry(),
                row.secret(),
                row.endpoint(),
                row.mapper(),
                row.active(),
                row.userGroups(),
                row.proxy(),
                "{\"header_override\":\"{\\\"X-Tenant\\\":\\\"blue\\\"}\"}",
                row.updatedAt());
        assertThat(codec.channel(earlier).settings().headers()).containsExactly(Map.entry("X-Tenant", "blue"));
    }
}

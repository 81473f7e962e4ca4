package io.patchbay.relay.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.patchbay.relay.channel.ChannelSettings.Cap;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ChannelSettingsTest {
    @Test
    void nothingSaidMeansTheDefaults() {
        ChannelSettings settings = ChannelSettings.read(Map.of());

        assertThat(settings.unmappedFields()).isNull();
        assertThat(settings.firstMessageAsUser()).isFalse();
        assertThat(settings.headers()).isEmpty();
        assertThat(settings.firstToken()).isNull();
        assertThat(settings.channelCap()).isEqualTo(Cap.NONE);
        assertThat(settings.cost()).isEqualTo(1);
    }

    @Test
    void readsWhatAFormSends() {
        ChannelSettings settings = ChannelSettings.read(Map.of(
                "first_message_as_user", "true",
                "header_override", "{\"X-Tenant\":\"blue\"}",
                "param_override", "\"{\\\"temperature\\\":0.5,\\\"user\\\":null}\"",
                "first_token_timeout", "2.5",
                "max_concurrency", "7",
                "key_max_per_minute", "60",
                "cost", "0.25"));

        assertThat(settings.firstMessageAsUser()).isTrue();
        assertThat(settings.headers()).containsExactly(Map.entry("X-Tenant", "blue"));
        assertThat(settings.parameters()).containsExactly(Map.entry("temperature", "0.5"), Map.entry("user", "null"));
        assertThat(settings.firstToken()).isEqualTo(Duration.ofMillis(2500));
        assertThat(settings.channelCap()).isEqualTo(new Cap(7, 0));
        assertThat(settings.keyCap()).isEqualTo(new Cap(0, 60));
        assertThat(settings.cost()).isEqualTo(0.25);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "unmappedFields; \"ignore\"",
                "first_message_as_user; \"yes\"",
                "header_override; {\"Host\":\"x\"}",
                "header_override; {\"a b\":\"x\"}",
                "header_override; {\"X-A\":\"one\\ntwo\"}",
                "header_override; [1]",
                "param_override; {\"model\":\"x\"}",
                "param_override; \"no json\"",
                "first_token_timeout; -1",
                "stall_timeout; 90000",
                "max_concurrency; 1.5",
                "max_per_minute; -3",
                "cost; \"cheap\""
            })
    void aFieldThatCannotBeUnderstoodIsNamed(String field, String value) {
        assertThatThrownBy(() -> ChannelSettings.read(Map.of(field, value)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(field + ":");
    }
}

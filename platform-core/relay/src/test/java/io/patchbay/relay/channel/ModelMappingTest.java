package io.patchbay.relay.channel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

final class ModelMappingTest {
    @Test
    void mapsHidesAndIgnoresWhatItDoesNotUnderstand() {
        ModelMapping mapping = ModelMapping.read(" fast > gpt-5.4-mini \r\n!smart>gpt-5.4\n\nnonsense\na>b>c\n>x\ny>");

        assertThat(mapping.upstream("fast")).isEqualTo("gpt-5.4-mini");
        assertThat(mapping.upstream("smart")).isEqualTo("gpt-5.4");
        assertThat(mapping.upstream("other")).isEqualTo("other");
        assertThat(mapping.offered(List.of("gpt-5.4", "other"))).containsExactly("other", "fast", "smart");
    }

    @Test
    void emptyTextMapsNothing() {
        assertThat(ModelMapping.read("").offered(List.of("a", "a", "b"))).containsExactly("a", "b");
    }
}

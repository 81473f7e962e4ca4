package io.patchbay.toolkit.anthropic;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.dialects.anthropic.ClaudeModel;
import io.patchbay.spi.Capability;
import io.patchbay.spi.Offer;
import org.junit.jupiter.api.Test;

final class ClaudeTest {
    @Test
    void offersWhatTheModelCan() {
        assertThat(offer("claude-2.1").capabilities()).containsExactly(Capability.CHAT);
        assertThat(offer("claude-2.1").imageInput()).isEqualTo(Offer.ImageInput.NONE);
        assertThat(offer("claude-sonnet-4-5").capabilities())
                .containsExactlyInAnyOrder(
                        Capability.CHAT,
                        Capability.TOOLS,
                        Capability.PARALLEL_TOOLS,
                        Capability.VISION,
                        Capability.REASONING,
                        Capability.JSON_OUTPUT);
        assertThat(offer("claude-sonnet-4-5").imageInput()).isEqualTo(Offer.ImageInput.INLINE);
        assertThat(offer("another").has(Capability.REASONING)).isTrue();
    }

    private static Offer offer(String model) {
        return Claude.offer(ClaudeModel.of(model), Offer.ImageInput.INLINE).build();
    }
}

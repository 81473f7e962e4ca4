package io.patchbay.dialects.anthropic;

import static io.patchbay.dialects.anthropic.Written.json;
import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.spi.chat.ChatRequest;
import java.util.Objects;
import org.junit.jupiter.api.Test;

final class ThinkingRepairTest {
    private static final ChatRequest THOUGHT = Written.read("""
            "reasoning_effort":"high","messages":[{"role":"user","content":"Hi"},{"role":"assistant","content":"42","note":"kept",\
            "reasoning_details":[{"type":"thinking","thinking":"Hm","signature":"EqQB"}]},{"role":"user","content":"Why?"}]""");

    @Test
    void refusedThinkingIsTakenOut() {
        ThinkingRepair repair = Objects.requireNonNull(ThinkingRepair.of(
                THOUGHT,
                "messages.1.content.0: Invalid `signature` in `thinking` block. The block is bound to a different"
                        + " conversation."));

        assertThat(AnthropicRequest.of(repair.request(), "claude-opus-4-6", false)
                        .body()
                        .at("messages", 1))
                .isEqualTo(json("{\"role\":\"assistant\",\"content\":\"42\"}"));
        assertThat(repair.request().messages().get(1).extra()).isEqualTo(json("{\"note\":\"kept\"}"));
        assertThat(repair.request().settings()).isEqualTo(THOUGHT.settings());
        assertThat(repair.lost()).isEmpty();
    }

    @Test
    void missingThinkingSwitchesThinkingOffAndSaysSo() {
        ThinkingRepair repair = Objects.requireNonNull(ThinkingRepair.of(
                THOUGHT,
                "messages.1.content.0.type: Expected `thinking` or `redacted_thinking`, but found `tool_use`."));

        assertThat(AnthropicRequest.of(repair.request(), "claude-opus-4-6", false)
                        .body()
                        .get("thinking"))
                .isEqualTo(json("{\"type\":\"disabled\"}"));
        assertThat(repair.lost()).containsExactly("reasoning_effort");
    }

    @Test
    void otherRefusalsAreLeftAlone() {
        assertThat(ThinkingRepair.of(THOUGHT, "max_tokens: Field required")).isNull();
        assertThat(ThinkingRepair.of(Written.read(Written.HI), "Invalid `signature` in `thinking` block"))
                .isNull();
        assertThat(ThinkingRepair.mayHelp(Written.read(Written.HI))).isFalse();
    }
}

package io.patchbay.dialects.anthropic;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ClaudeModelTest {
    @ParameterizedTest
    @CsvSource({
        "claude-instant-1.2, instant, 12",
        "anthropic.claude-instant-v1, '', 10",
        "claude-2, '', 20",
        "claude-2.1, '', 21",
        "anthropic.claude-v2:1, '', 21",
        "claude-3-opus-20240229, opus, 30",
        "claude-3-opus@20240229, opus, 30",
        "claude-3-5-sonnet-20241022, sonnet, 35",
        "anthropic/claude-3.7-sonnet, sonnet, 37",
        "claude-3-7-sonnet-latest, sonnet, 37",
        "claude-sonnet-4-20250514, sonnet, 40",
        "claude-opus-4-1-20250805, opus, 41",
        "claude-sonnet-4-5@20250929, sonnet, 45",
        "us.anthropic.claude-haiku-4-5-20251001-v1:0, haiku, 45",
        "eu.anthropic.claude-opus-4-6-v1, opus, 46",
        "claude-sonnet-5@default, sonnet, 50",
        "claude-opus-5-5, opus, 55",
        "CLAUDE-FABLE-5-1, fable, 51",
        "claude-mythos-preview, mythos, 999",
        "kimi-k2, '', 0",
        "'', '', 0"
    })
    void namesOfAllPlatformsAreUnderstood(String name, String family, int version) {
        assertThat(ClaudeModel.of(name)).isEqualTo(new ClaudeModel(family, version));
    }

    @ParameterizedTest
    @CsvSource({"claude-2.1, false", "claude-3-haiku-20240307, true", "claude-opus-5, true", "kimi-k2, true"})
    void onlyTheOldestModelsAreBlindAndWithoutTools(String name, boolean can) {
        assertThat(ClaudeModel.of(name).takesPictures()).isEqualTo(can);
        assertThat(ClaudeModel.of(name).callsTools()).isEqualTo(can);
    }
}

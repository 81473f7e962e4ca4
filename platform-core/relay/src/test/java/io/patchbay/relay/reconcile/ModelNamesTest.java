package io.patchbay.relay.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ModelNamesTest {
    @ParameterizedTest
    @CsvSource({
        "gpt-4o-2024-08-06, gpt-4o",
        "claude-3-7-sonnet-20250219, claude-3-7-sonnet",
        "claude-3-7-sonnet@20250219, claude-3-7-sonnet",
        "gpt-4-0613, gpt-4",
        "gemini-1.5-pro-002, gemini-1.5-pro",
        "doubao-pro-32k-240615, doubao-pro-32k"
    })
    void aSnapshotIsADateOrANumberAtTheEnd(String name, String base) {
        assertThat(ModelNames.base(name)).isEqualTo(base);
        assertThat(ModelNames.pairs(List.of(base), List.of(name))).isEqualTo(Map.of(base, name));
        assertThat(ModelNames.pairs(List.of(name), List.of(base))).isEqualTo(Map.of(name, base));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "gpt-4o",
                "gpt-4",
                "gpt-4o-mini",
                "gpt-4-32k",
                "llama-3-70",
                "mistral-8192",
                "x-1399",
                "-0613",
                "m-2024-13-01",
                "phi-128",
                "gpt-4o20240806"
            })
    void otherEndingsBelongToTheName(String name) {
        assertThat(ModelNames.base(name)).isEqualTo(name);
    }

    @Test
    void namesThatAreTheSameBelongTogetherWhateverElseThereIs() {
        assertThat(ModelNames.pairs(List.of("gpt-4o", "o1"), List.of("gpt-4o-2024-08-06", "gpt-4o", "o3")))
                .isEqualTo(Map.of("gpt-4o", "gpt-4o"));
    }

    @Test
    void twoPossibleSnapshotsAreNone() {
        assertThat(ModelNames.pairs(List.of("gpt-4o"), List.of("gpt-4o-2024-08-06", "gpt-4o-2024-11-20")))
                .isEmpty();
        assertThat(ModelNames.pairs(List.of("gpt-4o-2024-08-06", "gpt-4o-2024-11-20"), List.of("gpt-4o")))
                .isEmpty();
    }

    @Test
    void twoSnapshotsOfOneModelAreDifferentModels() {
        assertThat(ModelNames.pairs(List.of("gpt-4o-2024-08-06"), List.of("gpt-4o-2024-11-20")))
                .isEmpty();
    }
}

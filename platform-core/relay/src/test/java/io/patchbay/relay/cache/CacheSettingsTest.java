package io.patchbay.relay.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.patchbay.foundation.json.Json;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class CacheSettingsTest {
    private static CacheSettings of(int size, long expire) {
        return new CacheSettings(Set.of("m"), size, expire);
    }

    @Test
    void whatIsTooLittleMeansTheUsual() {
        assertThat(of(0, 0)).isEqualTo(of(1, 3_600));
        assertThat(of(-5, -1)).isEqualTo(of(1, 3_600));
        assertThat(of(1, 1).expire()).isEqualTo(1);
    }

    @Test
    void whatIsTooMuchIsRefusedWithTheBounds() {
        assertThatThrownBy(() -> of(101, 60)).hasMessage("size: expected 1 to 100 answers, found 101");
        assertThatThrownBy(() -> of(1, 2_592_001)).hasMessage("expire: expected 1 to 2592000 seconds, found 2592001");
        assertThat(of(100, 2_592_000).size()).isEqualTo(100);
    }

    @Test
    void namesOfModelsAreFewAndNotBlank() {
        Set<String> many = IntStream.rangeClosed(0, 1_000)
                .mapToObj(Integer::toString)
                .collect(Collectors.toCollection(TreeSet::new));
        assertThatThrownBy(() -> new CacheSettings(many, 1, 60))
                .hasMessage("models: expected at most 1,000 names, found 1,001");
        assertThatThrownBy(() -> new CacheSettings(Set.of(" "), 1, 60)).hasMessageContaining("found a blank one");
        assertThatThrownBy(() -> new CacheSettings(Set.of("x".repeat(201)), 1, 60))
                .hasMessageContaining("found 201 characters");
    }

    @Test
    void theStoredFormIsReadBackWithModelsInTheirOrder() throws Exception {
        CacheSettings settings = new CacheSettings(new LinkedHashSet<>(List.of("z", "a", "m")), 2, 60);
        String json = Json.write(settings);
        assertThat(json).isEqualTo("{\"models\":[\"z\",\"a\",\"m\"],\"size\":2,\"expire\":60}");
        CacheSettings read = Json.read(json, CacheSettings.class);
        assertThat(read).isEqualTo(settings);
        assertThat(read.models()).containsExactly("z", "a", "m");
        assertThat(Json.read("{}", CacheSettings.class)).isEqualTo(CacheSettings.NONE);
    }
}

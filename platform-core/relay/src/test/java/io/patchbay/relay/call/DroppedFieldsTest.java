package io.patchbay.relay.call;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class DroppedFieldsTest {
    @Test
    void namesAreSortedAndToldOnce() {
        assertThat(DroppedFields.header(List.of("seed", "logit_bias", "seed", "messages.image_url")))
                .isEqualTo(Map.of("Patchbay-Dropped-Fields", "logit_bias, messages.image_url, seed"));
    }

    @Test
    void nothingDroppedIsNoHeader() {
        assertThat(DroppedFields.header(List.of())).isEmpty();
    }

    @Test
    void namesThatCouldBreakTheHeaderAreLeftOut() {
        assertThat(DroppedFields.header(List.of("a\r\nSet-Cookie: x=1", "b c", "größe", "d,e", "", "good")))
                .isEqualTo(Map.of("Patchbay-Dropped-Fields", "good"));
        assertThat(DroppedFields.header(List.of("\n"))).isEmpty();
    }

    @Test
    void theHeaderHasABound() {
        List<String> many =
                IntStream.range(100, 400).mapToObj(i -> "field_" + i).toList();
        assertThat(DroppedFields.header(many).get("Patchbay-Dropped-Fields"))
                .hasSizeLessThanOrEqualTo(1_000)
                .startsWith("field_100, field_101")
                .endsWith(", ...");
        assertThat(DroppedFields.header(List.of("x".repeat(2_000))).get("Patchbay-Dropped-Fields"))
                .isEqualTo("...");
    }
}

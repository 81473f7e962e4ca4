package io.patchbay.plugin.stablediffusion;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class PictureSizeTest {
    @ParameterizedTest
    @CsvSource({
        "1024x1024, 1024, 1024, 1:1",
        "1792x1024, 1792, 1024, 16:9",
        "1536x1024, 1536, 1024, 3:2",
        "1024x1792, 1024, 1792, 9:16",
        "1024x1536, 1024, 1536, 2:3",
        "1001x999, 1000, 992, 1:1",
        "9999x10, 2048, 64, 21:9",
    })
    void readsSizesAndFindsTheNearestRatio(String text, int width, int height, String ratio) {
        assertThat(PictureSize.of(text)).isEqualTo(new PictureSize(width, height));
        assertThat(new PictureSize(width, height).aspectRatio()).isEqualTo(ratio);
    }

    @ParameterizedTest
    @CsvSource({"auto", "''", "1024", "x", "99999x9"})
    void whatIsNoSizeIsNone(String text) {
        assertThat(PictureSize.of(text)).isNull();
    }
}

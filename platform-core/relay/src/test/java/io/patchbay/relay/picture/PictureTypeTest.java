package io.patchbay.relay.picture;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class PictureTypeTest {
    @Test
    void knowsPicturesByTheirFirstBytes() {
        assertThat(PictureType.of(Samples.PNG)).isEqualTo("image/png");
        assertThat(PictureType.of(Samples.ascii("\u00ff\u00d8\u00ff\u00e0\0\u0010JFIF")))
                .isEqualTo("image/jpeg");
        assertThat(PictureType.of(Samples.ascii("GIF89a\1\0\1\0"))).isEqualTo("image/gif");
        assertThat(PictureType.of(Samples.ascii("GIF87a\1\0\1\0"))).isEqualTo("image/gif");
        assertThat(PictureType.of(Samples.ascii("RIFF\u0024\0\0\0WEBPVP8 "))).isEqualTo("image/webp");
        assertThat(PictureType.of(Samples.ascii("BM\u009a\0\0\0\0\0\0\0" + "6\0\0\0(\0\0\0\1\0")))
                .isEqualTo("image/bmp");
    }

    @ParameterizedTest
    @CsvSource({"avif,image/avif", "avis,image/avif", "heic,image/heic", "heix,image/heic", "mif1,image/heif"})
    void knowsTheBrandsOfTheBoxFormat(String brand, String type) {
        assertThat(PictureType.of(Samples.ascii("\0\0\0\u001cftyp" + brand + "\0\0\0\0mif1")))
                .isEqualTo(type);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "\u0089PN",
                "<svg xmlns=\"http://www.w3.org/2000/svg\"/>",
                "<?xml version=\"1.0\"?><svg/>",
                "<!doctype html><html></html>",
                "{\"error\":\"none\"}",
                "%PDF-1.7 and so on and on and on",
                "BM is also how a letter may begin",
                "RIFF\u0024\0\0\0WAVEfmt ",
                "\0\0\0\u001cftypmp42\0\0\0\0isom",
                "PK\3\4 an archive"
            })
    void takesNothingElseForAPicture(String bytes) {
        assertThat(PictureType.of(Samples.ascii(bytes))).isNull();
    }
}

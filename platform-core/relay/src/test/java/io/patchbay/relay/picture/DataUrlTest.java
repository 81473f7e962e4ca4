package io.patchbay.relay.picture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class DataUrlTest {
    private static final String URL = "data:image/png;base64," + Samples.PNG_BASE64;

    @Test
    void aGoodOneStaysAsItIs() {
        assertThat(DataUrl.read(URL, 1000).dataUrl()).isEqualTo(URL);
        assertThat(DataUrl.read(URL, 1000).length()).isEqualTo(Samples.PNG.length);
    }

    @Test
    void theBytesSayTheType() {
        assertThat(DataUrl.read(URL.replace("image/png", "image/jpg"), 1000).dataUrl())
                .isEqualTo(URL);
        assertThat(DataUrl.read(URL.replace("image/png", ""), 1000).dataUrl()).isEqualTo(URL);
        assertThat(DataUrl.read(URL.replace("image/png", "text/html;charset=utf-8"), 1000)
                        .dataUrl())
                .isEqualTo(URL);
    }

    @Test
    void otherFormsOfBase64AreWrittenTheUsualWay() {
        String lines = Samples.PNG_BASE64.substring(0, 76) + "\r\n" + Samples.PNG_BASE64.substring(76);
        assertThat(DataUrl.read("DATA:image/png;BASE64," + lines, 1000).dataUrl())
                .isEqualTo(URL);
        assertThat(DataUrl.read(URL.replace('+', '-').replace('/', '_').replace("image_png", "image/png"), 1000)
                        .dataUrl())
                .isEqualTo(URL);
        assertThat(DataUrl.read(URL.replace("=", ""), 1000).dataUrl()).isEqualTo(URL);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "data:image/png,abc|its data URL is not in base64",
                "data:image/png;base64|its data URL is not in base64",
                "data:image/png;base64,|its base64 cannot be decoded",
                "data:image/png;base64,!!!!|its base64 cannot be decoded",
                "data:image/png;base64,iVBOR|its base64 cannot be decoded",
                "data:image/png;base64,iV=BORw=|its bytes are no picture of a known kind",
                "data:image/png;base64,aGVsbG8gd29ybGQ=|its bytes are no picture of a known kind",
                "data:image/svg+xml;base64,PHN2ZyB4bWxucz0iaHR0cDovL3d3dy53My5vcmcvMjAwMC9zdmciLz4=|its bytes are no picture"
                        + " of a known kind"
            })
    void whatIsNoPictureIsRefused(String url, String why) {
        assertThatThrownBy(() -> DataUrl.read(url, 1000))
                .isInstanceOf(PictureRefused.class)
                .hasMessage(why);
    }

    @Test
    void largeOnesAreRefused() {
        String url = "data:image/png;base64," + Samples.base64(Samples.png(2 * 1024 * 1024 + 1));
        assertThatThrownBy(() -> DataUrl.read(url, 2 * 1024 * 1024)).hasMessage("it has more than 2 MiB");
        assertThat(DataUrl.read(url, 2 * 1024 * 1024 + 1).mediaType()).isEqualTo("image/png");
    }
}

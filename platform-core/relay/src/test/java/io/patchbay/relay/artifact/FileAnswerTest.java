package io.patchbay.relay.artifact;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Ten bytes, given out whole and in parts. */
final class FileAnswerTest {
    @TempDir
    private Path home;

    private Artifacts.Found found;
    private String tag;

    @BeforeEach
    void store() throws IOException {
        Path file = Files.writeString(home.resolve("0123.mp4"), "0123456789");
        found = new Artifacts.Found(file, "video/mp4", 10);
        tag = "\"0123.mp4\"";
    }

    private Response answer(Map<String, String> headers) {
        return FileAnswer.of(found, headers::get);
    }

    private static String body(Response response) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            ((StreamingOutput) response.getEntity()).write(out);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return out.toString(StandardCharsets.US_ASCII);
    }

    @Test
    void isServedSoThatABrowserOnlyShowsItAndKnowsThatPartsCanBeHad() {
        try (Response response = answer(Map.of())) {
            assertThat(response.getStatus()).isEqualTo(200);
            assertThat(response.getMediaType()).hasToString("video/mp4");
            assertThat(response.getHeaderString("Content-Length")).isEqualTo("10");
            assertThat(response.getHeaderString("Accept-Ranges")).isEqualTo("bytes");
            assertThat(response.getHeaderString("ETag")).isEqualTo(tag);
            assertThat(response.getHeaderString("X-Content-Type-Options")).isEqualTo("nosniff");
            assertThat(response.getHeaderString("Content-Security-Policy")).isEqualTo("default-src 'none'");
            assertThat(response.getHeaderString("Content-Disposition")).isEqualTo("inline");
            assertThat(body(response)).isEqualTo("0123456789");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "bytes=0-0, 0, 0-0",
        "bytes=2-4, 234, 2-4",
        "bytes=7-, 789, 7-9",
        "bytes=0-, 0123456789, 0-9",
        "bytes=8-99, 89, 8-9",
        "bytes=-3, 789, 7-9",
        "bytes=-99, 0123456789, 0-9",
        "' bytes = 1 - 2 ', 12, 1-2",
        "bytes=9-9999999999999999, 9, 9-9",
    })
    void aPartIsAnsweredWithThatPart(String range, String part, String told) {
        try (Response response = answer(Map.of("Range", range))) {
            assertThat(response.getStatus()).isEqualTo(206);
            assertThat(response.getHeaderString("Content-Range")).isEqualTo("bytes " + told + "/10");
            assertThat(response.getHeaderString("Content-Length")).isEqualTo(Integer.toString(part.length()));
            assertThat(response.getHeaderString("ETag")).isEqualTo(tag);
            assertThat(body(response)).isEqualTo(part);
        }
    }

    @ParameterizedTest
    @CsvSource({"bytes=10-", "bytes=10-20", "bytes=-0", "bytes=9999999999999999-"})
    void aPartThatIsNotThereIsRefusedWithTheLength(String range) {
        try (Response response = answer(Map.of("Range", range))) {
            assertThat(response.getStatus()).isEqualTo(416);
            assertThat(response.getHeaderString("Content-Range")).isEqualTo("bytes */10");
            assertThat(response.hasEntity()).isFalse();
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "bytes=5-2",
                "bytes=-",
                "bytes=0-1,3-4",
                "pages=1-2",
                "bytes=a-b",
                "bytes 1-2",
                "bytes=99999999999999999-"
            })
    void whatHasNoSenseOrAsksForSeveralPartsGetsTheWhole(String range) {
        try (Response response = answer(Map.of("Range", range))) {
            assertThat(response.getStatus()).isEqualTo(200);
            assertThat(body(response)).hasSize(10);
        }
    }

    @Test
    void aPartOfAnotherFileIsOfNoUse() {
        try (Response same = answer(Map.of("Range", "bytes=2-4", "If-Range", tag));
                Response other = answer(Map.of("Range", "bytes=2-4", "If-Range", "\"4567.mp4\""));
                Response weak = answer(Map.of("Range", "bytes=2-4", "If-Range", "W/" + tag));
                Response dated = answer(Map.of("Range", "bytes=2-4", "If-Range", "Wed, 25 Nov 2026 10:00:00 GMT"))) {
            assertThat(same.getStatus()).isEqualTo(206);
            assertThat(other.getStatus()).isEqualTo(200);
            assertThat(weak.getStatus()).isEqualTo(200);
            assertThat(dated.getStatus()).isEqualTo(200);
        }
    }

    @Test
    void whatTheClientHasIsNotSentAgain() {
        try (Response known = answer(Map.of("If-None-Match", "\"x\", W/" + tag));
                Response any = answer(Map.of("If-None-Match", "*", "Range", "bytes=0-1"));
                Response unknown = answer(Map.of("If-None-Match", "\"x\""))) {
            assertThat(known.getStatus()).isEqualTo(304);
            assertThat(known.hasEntity()).isFalse();
            assertThat(known.getHeaderString("ETag")).isEqualTo(tag);
            assertThat(any.getStatus()).isEqualTo(304);
            assertThat(unknown.getStatus()).isEqualTo(200);
        }
    }
}

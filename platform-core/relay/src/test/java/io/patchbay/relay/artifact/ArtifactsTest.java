package io.patchbay.relay.artifact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ArtifactsTest {
    private static final byte[] PNG = bytes("\u0089PNG\r\n\u001a\n and the rest");

    @TempDir
    private Path home;

    private static byte[] bytes(String latin1) {
        return latin1.getBytes(StandardCharsets.ISO_8859_1);
    }

    private Artifacts artifacts() {
        return new Artifacts(home, "");
    }

    private static String name(String url) {
        return url.substring(url.lastIndexOf('/') + 1);
    }

    @Test
    void keepsAFileUnderANameNobodyCanGuess() throws IOException {
        String first = artifacts().store(PNG);
        String second = artifacts().store(PNG);
        assertThat(first).matches("/api/artifacts/[0-9a-f]{40}\\.png").isNotEqualTo(second);
        Artifacts.Found found = artifacts().find(name(first)).orElseThrow();
        assertThat(found.contentType()).isEqualTo("image/png");
        assertThat(Files.readAllBytes(found.file())).isEqualTo(PNG);
        assertThat(found.file()).startsWith(home.resolve("storage/artifacts"));
        try (Stream<Path> files = Files.walk(home)) {
            assertThat(files.filter(Files::isRegularFile))
                    .as("no half-written files")
                    .hasSize(2);
        }
    }

    @Test
    void namesTheSiteWhenItsAddressIsKnown() {
        assertThat(new Artifacts(home, "https://ai.example").store(PNG))
                .startsWith("https://ai.example/api/artifacts/");
    }

    @ParameterizedTest
    @CsvSource({
        "ff d8 ff e0 00, image/jpeg, jpg",
        "47 49 46 38 39 61, image/gif, gif",
        "52 49 46 46 00 00 00 00 57 45 42 50, image/webp, webp",
        "52 49 46 46 00 00 00 00 57 41 56 45, audio/wav, wav",
        "00 00 00 20 66 74 79 70 69 73 6f 6d, video/mp4, mp4",
        "00 00 00 20 66 74 79 70 71 74 20 20, video/quicktime, mov",
        "00 00 00 20 66 74 79 70 4d 34 41 20, audio/mp4, m4a",
        "00 00 00 20 66 74 79 70 61 76 69 66, image/avif, avif",
        "1a 45 df a3, video/webm, webm",
        "49 44 33 04, audio/mpeg, mp3",
        "ff fb 90, audio/mpeg, mp3",
        "ff f3 90, audio/mpeg, mp3",
        "4f 67 67 53, audio/ogg, ogg",
        "66 4c 61 43, audio/flac, flac"
    })
    void tellsKindsByTheirFirstBytes(String hex, String type, String extension) {
        byte[] file = java.util.HexFormat.ofDelimiter(" ").parseHex(hex);
        String url = artifacts().store(file);
        assertThat(url).endsWith("." + extension);
        assertThat(artifacts().find(name(url)).orElseThrow().contentType()).isEqualTo(type);
    }

    @Test
    void refusesWhatABrowserWouldRunAndWhatIsTooLarge() {
        List<byte[]> bad = List.of(
                bytes("<svg xmlns='http://www.w3.org/2000/svg'/>"),
                bytes("<html>"),
                bytes("%PDF-1.7"),
                bytes("RIFF"),
                new byte[0]);
        for (byte[] file : bad) {
            assertThatThrownBy(() -> artifacts().store(file)).isInstanceOf(IllegalArgumentException.class);
        }
        byte[] large = Arrays.copyOf(PNG, Artifacts.MOST_BYTES + 1);
        assertThatThrownBy(() -> artifacts().store(large)).hasMessageContaining("33554432 are allowed");
    }

    @Test
    void takesBase64AndDataUrlsWhateverTheyCallThemselves() {
        String base64 = Base64.getEncoder().encodeToString(PNG);
        assertThat(artifacts().storeBase64(base64)).endsWith(".png");
        assertThat(artifacts().storeDataUrl("data:text/html;base64," + base64)).endsWith(".png");
        assertThat(artifacts().storeDataUrl("DATA:image/png;Base64," + base64)).endsWith(".png");
        for (String bad : List.of("data:image/png;base64", "data:image/png," + base64, "https://a.example/b.png")) {
            assertThatThrownBy(() -> artifacts().storeDataUrl(bad)).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "..",
                "../patchbay.db",
                "0/../../x.png",
                "0123456789abcdef0123456789abcdef01234567.html",
                "0123456789abcdef0123456789abcdef01234567.png",
                "0123456789ABCDEF0123456789abcdef01234567.png",
                "0123456789abcdef0123456789abcdef01234567.png\n",
                "%2e%2e%2fx"
            })
    void findsNothingUnderOtherNames(String name) {
        artifacts().store(PNG);
        assertThat(artifacts().find(name)).isEmpty();
    }

    @Test
    void aFileThatIsStillToComeHasAnAddressOfItsOwn() throws IOException {
        Artifacts artifacts = new Artifacts(home, "https://ai.example");
        Artifacts.Reserved film = artifacts.reserve("video", null);
        assertThat(film.url()).matches("https://ai\\.example/api/artifacts/[0-9a-f]{40}\\.mp4");
        assertThat(film.url()).endsWith(film.name());
        assertThat(artifacts.reserve("video", "video/webm").name()).endsWith(".webm");
        assertThat(artifacts.reserve("image", "application/octet-stream").name())
                .endsWith(".png");
        assertThat(artifacts.find(film.name())).isEmpty();

        byte[] webm = bytes("\u001aE\u00df\u00a3 and the rest of the film");
        try (IncomingFile file = artifacts.receive(film.name())) {
            file.write(Arrays.copyOf(webm, 3));
            file.write(Arrays.copyOfRange(webm, 3, webm.length));
            assertThat(artifacts.find(film.name()))
                    .as("half a file is served to nobody")
                    .isEmpty();
            file.complete();
        }
        Artifacts.Found found = artifacts.find(film.name()).orElseThrow();
        assertThat(Files.readAllBytes(found.file())).isEqualTo(webm);
        assertThat(found.contentType()).as("whatever its name says").isEqualTo("video/webm");
        assertThat(artifacts.name(film.url())).contains(film.name());
        assertThat(artifacts.name("https://other.example/api/artifacts/" + film.name()))
                .isEmpty();
        assertThat(artifacts.name("https://ai.example/api/artifacts/../x")).isEmpty();
    }

    @Test
    void whatIsNotCompletedOrNotTakenLeavesNothing() throws IOException {
        Artifacts artifacts = artifacts();
        String name = artifacts.reserve("video", null).name();
        try (IncomingFile file = artifacts.receive(name)) {
            file.write(PNG);
        }
        try (IncomingFile file = artifacts.receive(name)) {
            assertThatThrownBy(() -> file.write(bytes("<html>this is a page, not a film")))
                    .hasMessageContaining("no picture, film or sound");
        }
        try (IncomingFile file = artifacts.receive(name)) {
            file.write(bytes("RIFF"));
            assertThatThrownBy(file::complete).hasMessageContaining("no picture, film or sound");
        }
        Path part = home.resolve("new.part");
        try (IncomingFile file = new IncomingFile(part, home.resolve("x.png"), 30)) {
            file.write(PNG);
            assertThatThrownBy(() -> file.write(PNG)).hasMessageContaining("more than the 30 bytes");
        }
        assertThat(artifacts.find(name)).isEmpty();
        assertThatThrownBy(() -> artifacts.receive("../x.mp4")).isInstanceOf(IllegalArgumentException.class);
        try (Stream<Path> files = Files.walk(home)) {
            assertThat(files.filter(Files::isRegularFile)).isEmpty();
        }
    }

    @Test
    void whatAnEarlierProcessLeftUnfinishedIsRemoved() throws IOException {
        Path left = Files.createDirectories(home.resolve("storage/artifacts/incoming"))
                .resolve("new17.part");
        Files.writeString(left, "half a film");
        Artifacts artifacts = artifacts();
        try (IncomingFile first =
                        artifacts.receive(artifacts.reserve("video", null).name());
                IncomingFile second =
                        artifacts.receive(artifacts.reserve("video", null).name())) {
            first.write(PNG);
            first.complete();
            second.write(PNG);
            second.complete();
        }
        assertThat(left).doesNotExist();
    }
}

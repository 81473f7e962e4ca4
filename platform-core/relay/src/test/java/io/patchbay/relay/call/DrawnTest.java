package io.patchbay.relay.call;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.relay.artifact.Artifacts;
import io.patchbay.spi.Usage;
import io.patchbay.spi.json.Json;
import io.patchbay.spi.json.JsonObject;
import io.patchbay.spi.json.JsonValue;
import io.patchbay.spi.media.ImageEvent.Made;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DrawnTest {
    private static final String PNG =
            "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";

    @TempDir
    private Path home;

    private static Made base64(String bytes) {
        return new Made(null, bytes, "a cat", JsonObject.EMPTY);
    }

    private static Drawn of(Made... images) {
        return new Drawn(List.of(images), null);
    }

    @Test
    void bytesGetAnAddressAndAddressesStay() {
        Drawn stored = of(base64(PNG), Drawn.at("https://cdn.example/x.png"), Drawn.at("data:image/png;base64," + PNG))
                .stored(new Artifacts(home, "https://ai.example.com"), true);
        assertThat(stored.images().get(0).url()).matches("https://ai\\.example\\.com/api/artifacts/[0-9a-f]{40}\\.png");
        assertThat(stored.images().get(0).base64()).isNull();
        assertThat(stored.images().get(0).revisedPrompt()).isEqualTo("a cat");
        assertThat(stored.images().get(1).url()).isEqualTo("https://cdn.example/x.png");
        assertThat(stored.images().get(2).url()).startsWith("https://ai.example.com/api/artifacts/");
    }

    @Test
    void aSiteThatDoesNotKnowItsAddressGivesPathsToItsPagesOnly() {
        Artifacts nameless = new Artifacts(home, "");
        assertThat(of(base64(PNG)).stored(nameless, false).images().getFirst().url())
                .startsWith("/api/artifacts/");
        assertThat(of(base64(PNG)).stored(nameless, true).images().getFirst().base64())
                .isEqualTo(PNG);
    }

    @Test
    void whatIsNoKnownPictureStaysAsItCame() {
        Made odd = base64("PHN2Zy8+");
        assertThat(of(odd).stored(new Artifacts(home, "https://ai.example.com"), true)
                        .images())
                .containsExactly(odd);
        assertThat(of(odd).markdown()).startsWith("![image](data:image/png;base64,PHN2Zy8+)");
    }

    @Test
    void markdownCannotBeBrokenOutOf() {
        assertThat(of(
                                Drawn.at("https://x.example/a) [click](https://evil.example"),
                                new Made("https://x.example/b.png", null, "one\n\n# two\r\nthree ", JsonObject.EMPTY))
                        .markdown())
                .isEqualTo("![image](https://x.example/a%29%20[click]%28https://evil.example)\n\n"
                        + "![image](https://x.example/b.png)\n\n> one\n> # two\n> three");
    }

    @Test
    void theLastEventOfAStreamTellsTheUsage() {
        List<JsonValue> events = new Drawn(List.of(base64("AA=="), base64("BB==")), Usage.of(3, 4))
                .completed("image_edit.completed", 17).stream()
                        .map(bytes -> Json.parse(new String(bytes, StandardCharsets.UTF_8)))
                        .toList();
        assertThat(events).hasSize(2);
        assertThat(events.getFirst().toJson())
                .isEqualTo("{\"type\":\"image_edit.completed\",\"b64_json\":\"AA==\",\"revised_prompt\":\"a cat\","
                        + "\"created_at\":17}");
        assertThat(events.getLast().at("usage", "output_tokens")).isEqualTo(JsonValue.of(4));
    }
}

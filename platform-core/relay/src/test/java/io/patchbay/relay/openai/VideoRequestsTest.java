package io.patchbay.relay.openai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.patchbay.foundation.problem.Problem;
import io.patchbay.spi.json.JsonValue;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Videos that clients ask for, as the chats they stand for. */
final class VideoRequestsTest {
    private static final byte[] PNG = "\u0089PNG\r\n\u001a\n and the rest".getBytes(StandardCharsets.ISO_8859_1);

    private static VideoRequests.Read json(String body) {
        return VideoRequests.json(body.getBytes(StandardCharsets.UTF_8));
    }

    private static FormBody.Part text(String name, String value) {
        return new FormBody.Part(name, null, value.getBytes(StandardCharsets.UTF_8));
    }

    private static String chat(VideoRequests.Read read) {
        List<String> members = new ArrayList<>();
        read.chat().names().forEach(name -> {
            JsonValue value = read.chat().get(name);
            members.add(name + "=" + (value == null ? "" : value.toJson()));
        });
        return String.join("\n", members);
    }

    @Test
    void aVideoIsAChatOfOneMessageWithSettings() {
        VideoRequests.Read read =
                json("{\"prompt\":\"a cat\",\"model\":\"veo\",\"seconds\":8,\"size\":\"1280x720\",\"x_new\":[1]}");

        assertThat(read.model()).isEqualTo("veo");
        assertThat(read.prompt()).isEqualTo("a cat");
        assertThat(read.pictures()).isZero();
        assertThat(read.unused()).isEmpty();
        assertThat(chat(read))
                .isEqualTo("model=\"veo\"\nmessages=[{\"role\":\"user\",\"content\":\"a cat\"}]\nseconds=\"8\"\n"
                        + "size=\"1280x720\"\nx_new=[1]");
    }

    @Test
    void whoNamesNoModelMeansTheUsualOne() {
        assertThat(json("{\"prompt\":\"a cat\"}").model()).isEqualTo("sora-2");
    }

    @Test
    void whatWouldMeanSomethingInAChatIsGivenToNobody() {
        VideoRequests.Read read = json("{\"prompt\":\"a cat\",\"stream\":true,\"tools\":[],"
                + "\"messages\":[{\"role\":\"user\",\"content\":\"a dog\"}]}");

        assertThat(read.unused()).containsExactlyInAnyOrder("messages", "stream", "tools");
        assertThat(chat(read)).contains("a cat").doesNotContain("a dog").doesNotContain("stream");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"https://a.example/b.png\"",
                "{\"image_url\":\"https://a.example/b.png\"}",
            })
    void aPictureIsNamedByItsAddress(String reference) {
        VideoRequests.Read read = json("{\"prompt\":\"it moves\",\"input_reference\":" + reference + "}");

        assertThat(read.pictures()).isEqualTo(1);
        assertThat(chat(read))
                .contains("[{\"type\":\"text\",\"text\":\"it moves\"},{\"type\":\"image_url\",\"image_url\":"
                        + "{\"url\":\"https://a.example/b.png\"}}]")
                .doesNotContain("input_reference");
    }

    @Test
    void aPictureInAFormBecomesADataUrlOfWhatItIs() {
        VideoRequests.Read read = VideoRequests.form(new FormBody(List.of(
                text("prompt", "it moves"),
                text("model", "sora-2-pro"),
                text("seconds", "12"),
                new FormBody.Part("input_reference", "cat.gif", PNG))));

        assertThat(read.model()).isEqualTo("sora-2-pro");
        assertThat(read.pictures()).isEqualTo(1);
        assertThat(chat(read)).contains("\"data:image/png;base64,iVBORw0KGgo").contains("seconds=\"12\"");
    }

    @Test
    void aFormMayNameThePictureAsOpenAisClientsDo() {
        VideoRequests.Read read = VideoRequests.form(new FormBody(
                List.of(text("prompt", "it moves"), text("input_reference[image_url]", "https://a.example/b.png"))));

        assertThat(read.pictures()).isEqualTo(1);
        assertThat(chat(read)).contains("{\"url\":\"https://a.example/b.png\"}").doesNotContain("input_reference");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"model\":\"sora-2\"}",
                "{\"prompt\":\"\"}",
                "{\"prompt\":7}",
                "{\"prompt\":\"a\",\"model\":7}",
                "{\"prompt\":\"a\",\"model\":\" \"}",
                "{\"prompt\":\"a\",\"seconds\":4.5}",
                "{\"prompt\":\"a\",\"seconds\":\"-4\"}",
                "{\"prompt\":\"a\",\"input_reference\":{\"file_id\":\"file-1\"}}",
                "{\"prompt\":\"a\",\"input_reference\":\"\"}",
                "{\"prompt\":\"a\",\"input_reference\":[]}",
                "{\"prompt\":\"a\",\"prompt\":\"b\"}",
                "[]",
                "",
            })
    void whatIsNoVideoIsRefused(String body) {
        assertThatThrownBy(() -> json(body))
                .isInstanceOfSatisfying(
                        Problem.class, problem -> assertThat(problem.kind()).isEqualTo(Problem.Kind.BAD_REQUEST));
    }

    @Test
    void filesInOtherPlacesAndFilesThatAreNoPicturesAreRefused() {
        FormBody.Part page = new FormBody.Part("input_reference", "a.png", "<html>".getBytes(StandardCharsets.UTF_8));
        assertThatThrownBy(() -> VideoRequests.form(new FormBody(List.of(text("prompt", "a"), page))))
                .hasMessageContaining("expected a picture");
        FormBody.Part elsewhere = new FormBody.Part("video", "a.mp4", PNG);
        assertThatThrownBy(() -> VideoRequests.form(new FormBody(List.of(text("prompt", "a"), elsewhere))))
                .hasMessageContaining("no file is expected here");
    }
}

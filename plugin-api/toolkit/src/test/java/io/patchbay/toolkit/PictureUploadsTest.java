package io.patchbay.toolkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.spi.FaultKind;
import io.patchbay.spi.Flow;
import io.patchbay.spi.Next;
import io.patchbay.spi.chat.ChatMessage;
import io.patchbay.spi.chat.ContentPart;
import io.patchbay.spi.http.HttpRequest;
import io.patchbay.spi.json.JsonValue;
import io.patchbay.testkit.host.FlowDriver;
import io.patchbay.testkit.host.FlowRun;
import io.patchbay.testkit.host.Reply;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

final class PictureUploadsTest {
    private static final String PNG = "data:image/png;base64,aGVsbG8=";
    private static final String SVG = "data:image/svg+xml;base64,PHN2Zy8+";

    @Test
    void eachPictureIsAFormWithItsBytes() {
        FlowRun<String> run = FlowDriver.answering(Reply.json("{\"id\":\"f1\"}"), Reply.json(201, "{\"id\":\"f2\"}"))
                .run(uploading(PNG, "https://example.com/a.png", SVG, PNG));

        assertThat(run.events()).containsExactly("[f1, f2]");
        assertThat(run.sent()).hasSize(2);
        String boundary = run.sent().getFirst().header("content-type").replace("multipart/form-data; boundary=", "");
        assertThat(run.sent().getFirst().text())
                .isEqualTo(
                        "--" + boundary + "\r\nContent-Disposition: form-data; name=\"user\"\r\n\r\nu1\r\n--" + boundary
                                + "\r\nContent-Disposition: form-data; name=\"file\"; filename=\"picture.png\"\r\n"
                                + "Content-Type: image/png\r\n\r\nhello\r\n--" + boundary + "--\r\n");
        assertThat(run.sent().get(1).text())
                .contains("filename=\"picture.svg\"")
                .contains("\r\n\r\n<svg/>\r\n");
    }

    @Test
    void noPictureNeedsNoUpload() {
        FlowRun<String> run = FlowDriver.silent().run(uploading("https://example.com/a.png"));

        assertThat(run.events()).containsExactly("[]");
    }

    @Test
    void aRefusedUploadEndsTheFlow() {
        FlowRun<String> run =
                FlowDriver.answering(Reply.json(401, "{\"message\":\"no\"}")).run(uploading(PNG));

        assertThat(run.fault().kind()).isEqualTo(FaultKind.KEY_DEAD);
        assertThat(FlowDriver.answering(Reply.json("{}"))
                        .run(uploading(PNG))
                        .fault()
                        .kind())
                .isEqualTo(FaultKind.UPSTREAM);
    }

    @Test
    void bytesThatAreNoneAreTheClientsMistake() {
        FlowRun<String> run = FlowDriver.silent().run(uploading("data:image/png;base64,a"));

        assertThat(run.fault().kind()).isEqualTo(FaultKind.BAD_REQUEST);
    }

    private static Flow<String> uploading(String... urls) {
        List<ContentPart> parts = Arrays.stream(urls)
                .map(url -> ContentPart.image(new ContentPart.Image(url, null)))
                .toList();
        PictureUploads uploads = PictureUploads.to(() -> HttpRequest.post("https://upstream.invalid/files"), answer -> {
                    JsonValue body = answer.json();
                    return body == null ? null : body.string("id");
                })
                .field("user", "u1");
        return turn -> uploads.all(turn, List.of(ChatMessage.of("user", parts)), ids -> {
            turn.emit(ids.values().stream().sorted().toList().toString());
            return Next.done();
        });
    }
}

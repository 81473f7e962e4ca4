package io.patchbay.toolkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.spi.Flow;
import io.patchbay.spi.http.Body;
import io.patchbay.spi.http.HttpRequest;
import io.patchbay.spi.json.Json;
import io.patchbay.spi.json.JsonValue;
import io.patchbay.testkit.host.FlowDriver;
import io.patchbay.testkit.host.Reply;
import io.patchbay.testkit.host.SentRequest;
import io.patchbay.testkit.host.TestBlob;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

final class MultipartTest {
    @Test
    void fieldsAndFilesAreWrittenAsAFormIs() {
        TestBlob picture = new TestBlob(new byte[] {'P', 'N', 'G'}, "image/png", "a.png");

        SentRequest sent = sent(form -> form.field("model", "m").file("image", picture, "image.png"));

        String type = sent.header("content-type");
        assertThat(type).startsWith("multipart/form-data; boundary=patchbay-");
        String boundary = type.substring(type.indexOf('=') + 1);
        assertThat(sent.text())
                .isEqualTo(String.join(
                        "\r\n",
                        "--" + boundary,
                        "Content-Disposition: form-data; name=\"model\"",
                        "",
                        "m",
                        "--" + boundary,
                        "Content-Disposition: form-data; name=\"image\"; filename=\"a.png\"",
                        "Content-Type: image/png",
                        "",
                        "PNG",
                        "--" + boundary + "--",
                        ""));
    }

    @Test
    void namesCannotEndTheirHeader() {
        TestBlob file = TestBlob.of("a\"; x=\"\r\nEvil: 1.png", "image/png\r\nEvil: 2", "x");

        String text = sent(form -> form.file("f", file, "file.png")).text();

        assertThat(text)
                .contains("filename=\"a%22; x=%22%0D%0AEvil: 1.png\"")
                .contains("Content-Type: application/octet-stream\r\n");
    }

    @Test
    void aFileWithoutANameGetsOneBecauseServersTakeItForTextElse() {
        String text = sent(form -> form.file("f", TestBlob.of("", "", "x"), "file.png"))
                .text();

        assertThat(text).contains("filename=\"file.png\"").contains("Content-Type: application/octet-stream");
    }

    @Test
    void settingsAreWrittenAsTheOfficialClientsDo() {
        JsonValue settings = Json.parse("""
                {"n":2,"flag":true,"none":null,"words":["a","b"],"marked[]":["c"],"chunking":{"type":"server_vad"}}""");

        String text = sent(form -> form.fields(settings.asObject())).text();

        assertThat(text)
                .contains("name=\"n\"\r\n\r\n2\r\n")
                .contains("name=\"flag\"\r\n\r\ntrue\r\n")
                .contains("name=\"words[]\"\r\n\r\na\r\n")
                .contains("name=\"words[]\"\r\n\r\nb\r\n")
                .contains("name=\"marked[]\"\r\n\r\nc\r\n")
                .contains("name=\"chunking\"\r\n\r\n{\"type\":\"server_vad\"}\r\n")
                .doesNotContain("none");
    }

    @Test
    void theSameRunMakesTheSameBytes() {
        assertThat(sent(form -> form.field("a", "b")).body())
                .isEqualTo(sent(form -> form.field("a", "b")).body());
    }

    @Test
    void filesOfThePluginsOwnAreWrittenLikeThoseOfTheHost() {
        byte[] picture = {'J', 'P', 'G'};

        String text = sent(form -> form.file("a", "a \"b\".jpg", "image/jpeg", picture)
                        .file("c", "c.bin", "no\r\nheader", new byte[] {'x'})
                        .field("d", "e"))
                .text();

        assertThat(text)
                .contains("name=\"a\"; filename=\"a %22b%22.jpg\"\r\nContent-Type: image/jpeg\r\n\r\nJPG\r\n--")
                .contains("filename=\"c.bin\"\r\nContent-Type: application/octet-stream\r\n\r\nx\r\n--")
                .contains("name=\"d\"\r\n\r\ne\r\n--");
    }

    private static SentRequest sent(UnaryOperator<Multipart> fill) {
        Flow<String> flow = turn -> {
            Body body = fill.apply(Multipart.of(turn)).body();
            return Flows.value(HttpRequest.post("https://host.example/").body(body), answer -> "done")
                    .begin(turn);
        };
        return FlowDriver.answering(Reply.json("{}")).run(flow).sent().getFirst();
    }
}

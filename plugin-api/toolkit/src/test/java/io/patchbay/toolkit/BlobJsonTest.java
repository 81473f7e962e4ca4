package io.patchbay.toolkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.spi.Flow;
import io.patchbay.spi.Next;
import io.patchbay.spi.http.HttpRequest;
import io.patchbay.spi.json.Json;
import io.patchbay.spi.json.JsonArray;
import io.patchbay.spi.json.JsonObject;
import io.patchbay.testkit.host.FlowDriver;
import io.patchbay.testkit.host.Reply;
import io.patchbay.testkit.host.TestBlob;
import java.util.List;
import org.junit.jupiter.api.Test;

final class BlobJsonTest {
    @Test
    void filesStandInTheBodyAsDataUrls() {
        Flow<String> flow = turn -> {
            BlobJson json = new BlobJson(turn);
            JsonObject body = JsonObject.builder()
                    .put("prompt", "@0-0@ \"ä\"")
                    .put(
                            "image",
                            new JsonArray(List.of(
                                    json.dataUrl(TestBlob.of("a", "image/jpeg", "ABC")),
                                    json.dataUrl(TestBlob.of("b", "", "D")))))
                    .build();
            return Next.ask(
                    HttpRequest.post("https://a.example").body(json.body(body)).build(), answer -> Next.done());
        };

        assertThat(FlowDriver.answering(Reply.json("{}"))
                        .run(flow)
                        .sent()
                        .getFirst()
                        .json())
                .isEqualTo(Json.parse("{\"prompt\":\"@0-0@ \\\"ä\\\"\",\"image\":[\"data:image/jpeg;base64,QUJD\","
                        + "\"data:image/png;base64,RA==\"]}"));
    }

    @Test
    void aBodyWithoutFilesIsPlainJson() {
        Flow<String> flow = turn -> Next.ask(
                HttpRequest.post("https://a.example")
                        .body(new BlobJson(turn).body(JsonObject.EMPTY))
                        .build(),
                answer -> Next.done());

        assertThat(FlowDriver.answering(Reply.json("{}"))
                        .run(flow)
                        .sent()
                        .getFirst()
                        .text())
                .isEqualTo("{}");
    }
}

package io.patchbay.toolkit.google;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.spi.Fault;
import io.patchbay.spi.FaultKind;
import io.patchbay.spi.http.Answer;
import io.patchbay.spi.http.HttpRequest;
import io.patchbay.spi.json.Json;
import io.patchbay.spi.media.EmbeddingCall;
import io.patchbay.spi.media.Embeddings;
import io.patchbay.testkit.host.FlowDriver;
import io.patchbay.testkit.host.FlowRun;
import io.patchbay.testkit.host.Reply;
import io.patchbay.testkit.host.TestCalls;
import java.util.Collections;
import org.junit.jupiter.api.Test;

final class GoogleEmbeddingsTest {
    private static EmbeddingCall call(String model, int texts, String members) {
        return TestCalls.embedding("{\"model\":\"" + model + "\",\"input\":["
                + String.join(",", Collections.nCopies(texts, "\"a\"")) + "]" + members + "}");
    }

    private static FlowRun<Embeddings> batches(EmbeddingCall call, FlowDriver driver) {
        return driver.run(
                GoogleEmbeddings.batches(call, () -> HttpRequest.post("https://host.example/m"), Answer::fault));
    }

    private static FlowRun<Embeddings> predictions(EmbeddingCall call, FlowDriver driver) {
        return driver.run(
                GoogleEmbeddings.predictions(call, () -> HttpRequest.post("https://host.example/m"), Answer::fault));
    }

    private static FlowDriver counting(String list, String vector, String entries) {
        return FlowDriver.answering((request, index) -> {
            int count = request.json().elements(entries).size();
            return Reply.json("{\"" + list + "\":["
                    + String.join(",", Collections.nCopies(count, vector.replace("#", "" + index))) + "]}");
        });
    }

    @Test
    void batchesHoldAHundredTexts() {
        FlowRun<Embeddings> run = batches(
                call("gemini-embedding-001", 250, ",\"dimensions\":3,\"task_type\":\"CLUSTERING\",\"user\":\"u\""),
                counting("embeddings", "{\"values\":[#]}", "requests"));

        assertThat(run.sent())
                .extracting(sent -> sent.json().elements("requests").size())
                .containsExactly(100, 100, 50);
        assertThat(run.sent().getFirst().json().at("requests", 0))
                .isEqualTo(
                        Json.parse(
                                "{\"model\":\"models/gemini-embedding-001\",\"content\":{\"parts\":[{\"text\":\"a\"}]},\"taskType\":\"CLUSTERING\",\"outputDimensionality\":3}"));
        assertThat(run.events().getFirst().vectors()).hasSize(250);
        assertThat(run.events().getFirst().vectors().getLast()).containsExactly(2f);
        assertThat(run.events().getFirst().usage().input()).isZero();
        assertThat(run.dropped()).containsExactly("user");
    }

    @Test
    void predictionsCountTheirTokensAndGeminisHoldOneText() {
        String vector = "{\"embeddings\":{\"values\":[#,1],\"statistics\":{\"token_count\":3,\"truncated\":false}}}";
        FlowDriver driver = counting("predictions", vector, "instances");

        FlowRun<Embeddings> gemini = predictions(call("gemini-embedding-001", 2, ""), driver);
        FlowRun<Embeddings> older =
                predictions(call("text-embedding-005", 300, ",\"dimensions\":2,\"task_type\":\"CLUSTERING\""), driver);

        assertThat(gemini.sent()).hasSize(2);
        assertThat(gemini.sent().getFirst().json()).isEqualTo(Json.parse("{\"instances\":[{\"content\":\"a\"}]}"));
        assertThat(gemini.events().getFirst().usage().input()).isEqualTo(6);
        assertThat(older.sent())
                .extracting(sent -> sent.json().elements("instances").size())
                .containsExactly(250, 50);
        assertThat(older.sent().get(1).json().at("instances", 0))
                .isEqualTo(Json.parse("{\"content\":\"a\",\"task_type\":\"CLUSTERING\"}"));
        assertThat(older.sent().get(1).json().get("parameters")).isEqualTo(Json.parse("{\"outputDimensionality\":2}"));
    }

    @Test
    void tokenNumbersAreRefusedAndMissingVectorsAreAFault() {
        assertThat(batches(TestCalls.embedding("{\"model\":\"m\",\"input\":[1,2]}"), FlowDriver.silent())
                        .fault())
                .extracting(Fault::kind)
                .isEqualTo(FaultKind.BAD_REQUEST);
        for (String answer : new String[] {
            "{}",
            "{\"embeddings\":[{\"values\":[1]},{\"values\":[2]}]}",
            "{\"embeddings\":[{\"values\":[]}]}",
            "{\"embeddings\":[{\"values\":[\"x\"]}]}",
            "{\"predictions\":[{}]}"
        }) {
            FlowRun<Embeddings> run = batches(call("m", 1, ""), FlowDriver.answering(Reply.json(answer)));

            assertThat(run.fault()).as(answer).extracting(Fault::kind).isEqualTo(FaultKind.UPSTREAM);
        }
    }
}

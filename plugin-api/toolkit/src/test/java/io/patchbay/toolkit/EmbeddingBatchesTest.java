package io.patchbay.toolkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.spi.FaultKind;
import io.patchbay.spi.Usage;
import io.patchbay.spi.http.Answer;
import io.patchbay.spi.http.Body;
import io.patchbay.spi.http.HttpRequest;
import io.patchbay.spi.json.JsonArray;
import io.patchbay.spi.json.JsonObject;
import io.patchbay.spi.json.JsonValue;
import io.patchbay.spi.media.Embeddings;
import io.patchbay.testkit.host.FlowDriver;
import io.patchbay.testkit.host.FlowRun;
import io.patchbay.testkit.host.Reply;
import io.patchbay.testkit.host.TestCalls;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class EmbeddingBatchesTest {
    private static final EmbeddingBatches TWO_AT_ONCE = new EmbeddingBatches(
            2,
            1_000,
            texts -> HttpRequest.post("https://a.example/embed")
                    .body(Body.json(JsonObject.builder()
                            .put("texts", new JsonArray(texts))
                            .build())),
            EmbeddingBatchesTest::read,
            Answer::fault);

    @Test
    void textsAreSentInBatchesAndTheVectorsComeBackInOrder() {
        FlowRun<Embeddings> run = FlowDriver.answering((request, index) ->
                        Reply.json(index == 0 ? "{\"lengths\":[1,2],\"tokens\":5}" : "{\"lengths\":[3],\"tokens\":2}"))
                .run(TWO_AT_ONCE.of(TestCalls.embedding("{\"model\":\"m\",\"input\":[\"a\",\"b\",\"c\"]}")));

        assertThat(run.sent())
                .extracting(sent -> sent.json().toJson())
                .containsExactly("{\"texts\":[\"a\",\"b\"]}", "{\"texts\":[\"c\"]}");
        assertThat(run.events()).hasSize(1);
        assertThat(run.events().getFirst().vectors())
                .containsExactly(new float[] {1}, new float[] {2}, new float[] {3});
        assertThat(run.events().getFirst().usage().input()).isEqualTo(7);
    }

    @Test
    void anAnswerWithTooFewVectorsIsAFault() {
        FlowRun<Embeddings> run = FlowDriver.answering(Reply.json("{\"lengths\":[1],\"tokens\":5}"))
                .run(TWO_AT_ONCE.of(TestCalls.embedding("{\"model\":\"m\",\"input\":[\"a\",\"b\"]}")));

        assertThat(run.fault().kind()).isEqualTo(FaultKind.UPSTREAM);
        assertThat(run.events()).isEmpty();
    }

    @Test
    void tokenNumbersAreRefusedBeforeAnythingIsAsked() {
        FlowRun<Embeddings> run = FlowDriver.answering(Reply.json("{}"))
                .run(TWO_AT_ONCE.of(TestCalls.embedding("{\"model\":\"m\",\"input\":[[1,2]]}")));

        assertThat(run.fault().kind()).isEqualTo(FaultKind.BAD_REQUEST);
        assertThat(run.sent()).isEmpty();
    }

    private static @Nullable Embeddings read(JsonValue answer) {
        List<float[]> vectors = new ArrayList<>();
        answer.elements("lengths")
                .forEach(length -> vectors.add(new float[] {length.number().floatValue()}));
        return new Embeddings(vectors, Usage.of(answer.longValue("tokens", 0), 0));
    }
}

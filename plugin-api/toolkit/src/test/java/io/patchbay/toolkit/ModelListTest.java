package io.patchbay.toolkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.spi.FaultKind;
import io.patchbay.spi.ModelInfo;
import io.patchbay.spi.http.HttpRequest;
import io.patchbay.spi.json.Json;
import io.patchbay.testkit.host.FlowDriver;
import io.patchbay.testkit.host.FlowRun;
import io.patchbay.testkit.host.Reply;
import org.junit.jupiter.api.Test;

final class ModelListTest {
    @Test
    void modelsAreListed() {
        FlowRun<ModelInfo> run =
                run("{\"data\":[{\"id\":\"a\",\"owned_by\":\"b\"},7,{\"id\":\"c\"}]}", ModelList.OPENAI);

        assertThat(run.events()).extracting(ModelInfo::id).containsExactly("a", "c");
        assertThat(run.events()).extracting(ModelInfo::owner).containsExactly("b", "");
        assertThat(run.events().getFirst().raw()).isEqualTo(Json.parse("{\"id\":\"a\",\"owned_by\":\"b\"}"));
    }

    @Test
    void aListOfNoModelsIsNoList() {
        assertThat(run("{\"data\":null}", ModelList.OPENAI).fault().kind()).isEqualTo(FaultKind.UPSTREAM);
        assertThat(run("[{\"id\":\"a\"}]", ModelList.in("data")).fault().kind()).isEqualTo(FaultKind.UPSTREAM);
    }

    @Test
    void anAnswerThatIsNothingButTheListIsReadWhereItIsUsual() {
        assertThat(run("[{\"id\":\"a\"}]", ModelList.OPENAI).events())
                .extracting(ModelInfo::id)
                .containsExactly("a");
    }

    @Test
    void idsAndOwnersStandWhereTheVendorPutsThem() {
        FlowRun<ModelInfo> run = run(
                "{\"models\":[{\"name\":\"models/a\",\"by\":\"x\"},{\"name\":\"b\"},{\"id\":\"c\"}]}",
                ModelList.in("models").id("name").without("models/").owner("by"));

        assertThat(run.events()).extracting(ModelInfo::id).containsExactly("a", "b");
        assertThat(run.events()).extracting(ModelInfo::owner).containsExactly("x", "");
        assertThat(run("{\"data\":[{\"id\":\"a\"}]}", ModelList.in("data").ownedBy("acme"))
                        .events())
                .extracting(ModelInfo::owner)
                .containsExactly("acme");
    }

    @Test
    void pagesAreAskedForUntilOneHasNoMark() {
        FlowRun<ModelInfo> run = FlowDriver.answering((request, index) -> Reply.json(
                        index == 0 ? "{\"data\":[{\"id\":\"a\"}],\"next\":\"two\"}" : "{\"data\":[{\"id\":\"b\"}]}"))
                .run(ModelList.in("data")
                        .pages(
                                mark -> HttpRequest.get("https://a.example/models?from=" + mark),
                                body -> body.string("next", "")));

        assertThat(run.events()).extracting(ModelInfo::id).containsExactly("a", "b");
        assertThat(run.sent())
                .extracting(request -> request.url().replaceAll(".*=", ""))
                .containsExactly("", "two");
    }

    private static FlowRun<ModelInfo> run(String answer, ModelList list) {
        return FlowDriver.answering(Reply.json(answer)).run(list.of(HttpRequest.get("https://a.example/models")));
    }
}

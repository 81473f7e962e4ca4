package io.patchbay.plugin.cohere;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.spi.Capability;
import io.patchbay.spi.ChannelType;
import io.patchbay.spi.FaultKind;
import io.patchbay.spi.ModelInfo;
import io.patchbay.spi.json.Json;
import io.patchbay.spi.media.Embeddings;
import io.patchbay.spi.media.Reranked;
import io.patchbay.testkit.host.FlowDriver;
import io.patchbay.testkit.host.FlowRun;
import io.patchbay.testkit.host.Reply;
import io.patchbay.testkit.host.TestCalls;
import io.patchbay.testkit.host.TestChannel;
import java.util.Collections;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class CohereMediaTest {
    private static final ChannelType COHERE = new CohereChannelType();
    private static final TestChannel CHANNEL =
            TestChannel.builder(COHERE.descriptor(), "a").build();

    @Test
    void textsAreEmbedded() {
        FlowRun<Embeddings> run = embed(
                "{\"model\":\"embed-v4.0\",\"input\":[\"a\",\"b\"],\"dimensions\":2,\"encoding_format\":\"base64\",\"user\":\"u\"}",
                Reply.json(
                        "{\"embeddings\":{\"float\":[[0.25,-1],[1e-2,0]]},\"meta\":{\"billed_units\":{\"input_tokens\":2}}}"));

        assertThat(run.sent().getFirst().url()).isEqualTo("https://api.cohere.com/v2/embed");
        assertThat(run.sent().getFirst().json()).isEqualTo(Json.parse("""
                {"model":"embed-v4.0","texts":["a","b"],"input_type":"search_document","embedding_types":["float"],\
                "output_dimension":2}"""));
        assertThat(run.dropped()).containsExactly("user");
        Embeddings embeddings = run.events().getFirst();
        assertThat(embeddings.vectors()).containsExactly(new float[] {0.25f, -1}, new float[] {0.01f, 0});
        assertThat(embeddings.usage().input()).isEqualTo(2);
    }

    @Test
    void theKindOfInputIsTheClientsToSay() {
        FlowRun<Embeddings> run = embed(
                "{\"model\":\"embed-v4.0\",\"input\":\"a\",\"input_type\":\"search_query\",\"truncate\":\"END\"}",
                Reply.json("{\"embeddings\":{\"float\":[[1]]}}"));

        assertThat(run.sent().getFirst().json().string("input_type")).isEqualTo("search_query");
        assertThat(run.sent().getFirst().json().string("truncate")).isEqualTo("END");
    }

    @Test
    void manyTextsAreSentInPartsAndJoined() {
        String texts = IntStream.range(0, 200).mapToObj(i -> "\"t" + i + "\"").collect(Collectors.joining(","));
        FlowRun<Embeddings> run = FlowDriver.answering((request, index) -> {
                    int count = request.json().elements("texts").size();
                    String vectors = String.join(",", Collections.nCopies(count, "[" + index + "]"));
                    return Reply.json("{\"embeddings\":{\"float\":[" + vectors
                            + "]},\"meta\":{\"billed_units\":{\"input_tokens\":" + count + "}}}");
                })
                .run(COHERE.embed(
                        TestCalls.embedding("{\"model\":\"embed-v4.0\",\"input\":[" + texts + "]}"), CHANNEL));

        assertThat(run.sent())
                .extracting(sent -> sent.json().elements("texts").size())
                .containsExactly(96, 96, 8);
        assertThat(run.events()).hasSize(1);
        assertThat(run.events().getFirst().vectors()).hasSize(200);
        assertThat(run.events().getFirst().vectors().get(96)).containsExactly(1);
        assertThat(run.events().getFirst().usage().input()).isEqualTo(200);
    }

    @Test
    void tokenNumbersCannotBeEmbedded() {
        FlowRun<Embeddings> run = FlowDriver.silent()
                .run(COHERE.embed(TestCalls.embedding("{\"model\":\"embed-v4.0\",\"input\":[1,2]}"), CHANNEL));

        assertThat(run.fault().kind()).isEqualTo(FaultKind.BAD_REQUEST);
    }

    @Test
    void missingVectorsAreAFault() {
        FlowRun<Embeddings> run = embed(
                "{\"model\":\"embed-v4.0\",\"input\":[\"a\",\"b\"]}", Reply.json("{\"embeddings\":{\"float\":[[1]]}}"));

        assertThat(run.fault().kind()).isEqualTo(FaultKind.UPSTREAM);
    }

    @Test
    void documentsArePutInOrder() {
        FlowRun<Reranked> run =
                FlowDriver.answering(Reply.json("""
                        {"id":"r1","results":[{"index":1,"relevance_score":0.98},{"index":0,"relevance_score":0.03}],\
                        "meta":{"billed_units":{"search_units":1}}}""")).run(COHERE.rerank(TestCalls.rerank("""
                                {"model":"rerank-v3.5","query":"capital of france","documents":["Rome",{"text":"Paris"}],"top_n":2,\
                                "max_tokens_per_doc":512,"return_documents":true,"rank_fields":["a"]}"""), CHANNEL));

        assertThat(run.sent().getFirst().url()).isEqualTo("https://api.cohere.com/v2/rerank");
        assertThat(run.sent().getFirst().json()).isEqualTo(Json.parse("""
                {"model":"rerank-v3.5","query":"capital of france","documents":["Rome","Paris"],"top_n":2,\
                "max_tokens_per_doc":512}"""));
        assertThat(run.dropped()).containsExactly("rank_fields");
        assertThat(run.events().getFirst().id()).isEqualTo("r1");
        assertThat(run.events().getFirst().hits())
                .containsExactly(new Reranked.Hit(1, 0.98), new Reranked.Hit(0, 0.03));
        assertThat(run.events().getFirst().usage().raw()).hasToString("{\"billed_units\":{\"search_units\":1}}");
    }

    @Test
    void allDocumentsAreWantedUnlessTheClientSaysHowMany() {
        FlowRun<Reranked> run = FlowDriver.answering(Reply.json("{\"results\":[]}"))
                .run(COHERE.rerank(
                        TestCalls.rerank("{\"model\":\"rerank-v3.5\",\"query\":\"a\",\"documents\":[\"b\"]}"),
                        CHANNEL));

        assertThat(run.sent().getFirst().json().get("top_n")).isNull();
    }

    @Test
    void modelsAreListedPageByPage() {
        FlowRun<ModelInfo> run = FlowDriver.answering(
                        Reply.json("{\"models\":[{\"name\":\"command-a-03-2025\",\"endpoints\":[\"chat\"]}],"
                                + "\"next_page_token\":\"n 2\"}"),
                        Reply.json("{\"models\":[{\"name\":\"rerank-v3.5\"},{}],\"next_page_token\":\"\"}"))
                .run(COHERE.models(CHANNEL));

        assertThat(run.sent())
                .extracting(sent -> sent.url())
                .containsExactly(
                        "https://api.cohere.com/v1/models?page_size=1000",
                        "https://api.cohere.com/v1/models?page_size=1000&page_token=n%202");
        assertThat(run.events()).extracting(ModelInfo::id).containsExactly("command-a-03-2025", "rerank-v3.5");
    }

    @Test
    void aModelIsOfferedForWhatItIs() {
        assertThat(COHERE.offer("embed-v4.0", CHANNEL).capabilities()).containsExactly(Capability.EMBEDDINGS);
        assertThat(COHERE.offer("rerank-v3.5", CHANNEL).capabilities()).containsExactly(Capability.RERANK);
        assertThat(COHERE.offer("command-a-03-2025", CHANNEL).has(Capability.VISION))
                .isFalse();
        assertThat(COHERE.offer("command-a-vision-07-2025", CHANNEL).has(Capability.VISION))
                .isTrue();
    }

    private static FlowRun<Embeddings> embed(String body, Reply reply) {
        return FlowDriver.answering(reply).run(COHERE.embed(TestCalls.embedding(body), CHANNEL));
    }
}

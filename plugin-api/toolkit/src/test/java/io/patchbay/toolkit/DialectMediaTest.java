package io.patchbay.toolkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.spi.FaultKind;
import io.patchbay.spi.Next;
import io.patchbay.spi.http.HttpRequest;
import io.patchbay.spi.json.JsonObject;
import io.patchbay.spi.media.Embeddings;
import io.patchbay.spi.media.ImageCall;
import io.patchbay.spi.media.ImageEvent;
import io.patchbay.testkit.host.FlowDriver;
import io.patchbay.testkit.host.FlowRun;
import io.patchbay.testkit.host.Reply;
import io.patchbay.testkit.host.TestCalls;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class DialectMediaTest {
    private static final String PICTURE =
            "{\"data\":[{\"url\":\"https://a.example/1.png\"}],\"usage\":{\"input_tokens\":2,\"output_tokens\":5}}";

    @Test
    void vectorsAreAskedForWithWhatTheVendorKnows() {
        FlowRun<Embeddings> run = FlowDriver.answering(
                        Reply.json("{\"data\":[{\"index\":0,\"embedding\":[0.5,1]}],\"usage\":{\"prompt_tokens\":3}}"))
                .run(DialectMedia.embeddings(
                        TestCalls.embedding("{\"model\":\"e\",\"input\":\"a\",\"dimensions\":2,\"user\":\"u\","
                                + "\"encoding_format\":\"base64\"}"),
                        HttpRequest.post("https://a.example/embeddings"),
                        Set.of("dimensions")));

        assertThat(run.sent().getFirst().text()).isEqualTo("{\"model\":\"e\",\"input\":[\"a\"],\"dimensions\":2}");
        assertThat(run.dropped()).containsExactly("user");
        assertThat(run.events().getFirst().vectors().getFirst()).containsExactly(0.5f, 1f);
    }

    @Test
    void picturesAreMadeOneAtATimeAndTheirUsageIsAddedUp() {
        FlowRun<ImageEvent> run = FlowDriver.answering(Reply.json(PICTURE))
                .run(DialectMedia.images(
                        () -> HttpRequest.post("https://a.example/images/generations"),
                        JsonObject.builder().put("prompt", "sea").build(),
                        3));

        assertThat(run.mistakes()).isEmpty();
        assertThat(run.sent()).hasSize(3).allMatch(sent -> sent.source().creating());
        assertThat(run.events()).hasSize(4);
        assertThat(((ImageEvent.Used) run.events().getLast()).usage().output()).isEqualTo(15);
    }

    @Test
    void anErrorInPlaceOfPicturesIsAFault() {
        FlowRun<ImageEvent> run = FlowDriver.answering(
                        Reply.json("{\"error\":{\"code\":\"invalid_api_key\",\"message\":\"wrong key\"}}"))
                .run(DialectMedia.images(() -> HttpRequest.post("https://a.example"), JsonObject.EMPTY, 1));

        assertThat(run.fault().kind()).isEqualTo(FaultKind.KEY_DEAD);
    }

    @Test
    void theFormOfAddressesIsNoLoss() {
        FlowRun<Embeddings> run = FlowDriver.answering(Reply.json("{}")).run(turn -> {
            DialectMedia.known(
                    turn,
                    TestCalls.image(
                            "{\"model\":\"m\",\"prompt\":\"p\",\"response_format\":\"url\",\"style\":\"vivid\",\"n\":2}"),
                    Set.of("size"));
            return Next.done();
        });

        assertThat(run.dropped()).containsExactly("style");
    }

    @Test
    void picturesBeginWithModelPromptAndSettings() {
        ImageCall call = TestCalls.image("{\"model\":\"m\",\"prompt\":\"p\",\"n\":20,\"size\":\"auto\"}");

        assertThat(DialectMedia.body(call, call.settings()).build().toJson())
                .isEqualTo("{\"model\":\"m\",\"prompt\":\"p\",\"n\":20}");
        assertThat(DialectMedia.times(call, 10)).isEqualTo(10);
        assertThat(DialectMedia.times(TestCalls.image("{\"model\":\"m\",\"prompt\":\"p\"}"), 10))
                .isEqualTo(1);
    }
}

package io.patchbay.plugin.skylark;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.spi.FaultKind;
import io.patchbay.spi.chat.ChatEvent;
import io.patchbay.spi.json.Json;
import io.patchbay.spi.json.JsonValue;
import io.patchbay.spi.media.ImageCall;
import io.patchbay.spi.media.ImageEvent;
import io.patchbay.testkit.host.FlowDriver;
import io.patchbay.testkit.host.FlowRun;
import io.patchbay.testkit.host.Reply;
import io.patchbay.testkit.host.SentRequest;
import io.patchbay.testkit.host.TestBlob;
import io.patchbay.testkit.host.TestCalls;
import io.patchbay.testkit.host.TestChannel;
import io.patchbay.testkit.host.TestChatCall;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

final class SkylarkRequestTest {
    private static final SkylarkChannelType SKYLARK = new SkylarkChannelType();
    private static final TestChannel ARK = Channels.ark("a");
    private static final TestChannel MAAS = Channels.maas("a");
    private static final String USER = "\"messages\":[{\"role\":\"user\",\"content\":\"hello\"}]";

    @Test
    void theEndpointMayEndBeforeOrBehindTheVersion() {
        for (String endpoint : List.of(
                "https://ark.cn-beijing.volces.com",
                "https://ark.cn-beijing.volces.com/api/v3/",
                "https://ark.cn-beijing.volces.com/api/v3/chat/completions")) {
            SentRequest sent = run(ARK.toBuilder().endpoint(endpoint).build(), "ep-20240105080000-abcde", USER)
                    .sent()
                    .getFirst();
            assertThat(sent.url()).isEqualTo("https://ark.cn-beijing.volces.com/api/v3/chat/completions");
            assertThat(sent.header("authorization")).isEqualTo("Bearer ark-key-a");
        }
        assertThat(run(ARK, "bot-20240105080000-abcde", USER).sent().getFirst().path())
                .isEqualTo("/api/v3/bots/chat/completions");
    }

    @Test
    void theAnswerIsBoundedUnlessTheClientSaysOtherwise() {
        assertThat(body("ep-1", "")).isEqualTo(sent("ep-1", ",\"max_tokens\":4096"));
        assertThat(body("ep-1", ",\"max_tokens\":7")).isEqualTo(sent("ep-1", ",\"max_tokens\":7"));
        assertThat(body("ep-1", ",\"max_tokens\":7,\"max_completion_tokens\":9"))
                .isEqualTo(sent("ep-1", ",\"max_completion_tokens\":9"));
    }

    @Test
    void nothingIsSentThatNobodyAskedFor() {
        assertThat(body("ep-1", ",\"temperature\":2.5,\"top_p\":0"))
                .isEqualTo(sent("ep-1", ",\"max_tokens\":4096,\"temperature\":2,\"top_p\":0"));
    }

    @Test
    void whatArkDoesNotKnowIsReported() {
        FlowRun<ChatEvent> run = run(
                ARK, "ep-1", USER + ",\"n\":2,\"seed\":7,\"user\":\"u\",\"max_tokens\":7,\"web_search_options\":{}");

        assertThat(run.sent().getFirst().json()).isEqualTo(sent("ep-1", ",\"max_tokens\":7"));
        assertThat(run.dropped()).containsExactly("n", "seed", "user", "web_search_options");
    }

    @Test
    void neighboursAreMergedAndAUserBegins() {
        assertThat(run(
                                ARK,
                                "ep-1",
                                "\"messages\":[{\"role\":\"assistant\",\"content\":\"a\"},{\"role\":\"user\",\"content\":\"b\"},"
                                        + "{\"role\":\"assistant\",\"content\":\"c\"},{\"role\":\"assistant\",\"content\":\"d\"}]")
                        .sent()
                        .getFirst()
                        .json()
                        .get("messages"))
                .isEqualTo(Json.parse("[{\"role\":\"user\",\"content\":\"a\\nb\"},"
                        + "{\"role\":\"assistant\",\"content\":\"c\\nd\"}]"));
    }

    @Test
    void thinkingIsSaidAsTheModelUnderstandsIt() {
        String bound = ",\"max_tokens\":7";
        assertThat(body("doubao-seed-1-6-250615", bound + ",\"reasoning_effort\":\"high\"")
                        .get("thinking"))
                .isEqualTo(Json.parse("{\"type\":\"enabled\"}"));
        assertThat(body("doubao-seed-2-0-pro-260215", bound + ",\"reasoning_effort\":\"high\""))
                .isEqualTo(sent("doubao-seed-2-0-pro-260215", bound + ",\"reasoning_effort\":\"high\""));
        assertThat(body("doubao-seed-2-0-pro-260215", bound + ",\"reasoning_effort\":\"none\""))
                .isEqualTo(sent("doubao-seed-2-0-pro-260215", bound + ",\"thinking\":{\"type\":\"disabled\"}"));
        assertThat(body("ep-1", bound + ",\"thinking\":{\"type\":\"auto\"}"))
                .isEqualTo(sent("ep-1", bound + ",\"thinking\":{\"type\":\"auto\"}"));
        FlowRun<ChatEvent> plain =
                run(ARK, "doubao-1-5-pro-32k-250115", USER + bound + ",\"reasoning_effort\":\"low\"");
        assertThat(plain.sent().getFirst().json()).isEqualTo(sent("doubao-1-5-pro-32k-250115", bound));
        assertThat(plain.dropped()).containsExactly("reasoning_effort");
    }

    @Test
    void aThinkingModelMayBeSilentForLong() {
        assertThat(run(ARK, "doubao-seed-1-6-250615", USER)
                        .sent()
                        .getFirst()
                        .source()
                        .silence())
                .isEqualTo(Duration.ofMinutes(30));
        assertThat(run(ARK, "doubao-1-5-pro-32k-250115", USER)
                        .sent()
                        .getFirst()
                        .source()
                        .silence())
                .isNull();
    }

    @Test
    void aPairOfKeysIsNoUseAtArk() {
        FlowRun<ChatEvent> run = run(ARK.toBuilder().secret("secret_key", "x").build(), "ep-1", USER);

        assertThat(run.sent()).isEmpty();
        assertThat(run.fault().kind()).isEqualTo(FaultKind.CONFIG);
    }

    @Test
    void aChatWithTheOldServiceIsSignedAsPublished() {
        TestChannel published = MAAS.toBuilder()
                .secret("key", "AKLTfakeVolcAccessKey")
                .secret("secret_key", "fakeVolcSecretKey==")
                .build();

        SentRequest sent = FlowDriver.answering(Reply.json(404, "{}"))
                .startingAt(Instant.parse("2024-01-05T08:00:00Z"))
                .chat(SKYLARK.chat(
                        TestChatCall.of(
                                "{\"model\":\"skylark-lite-public\"," + USER + ",\"max_tokens\":256,\"stream\":true}"),
                        published))
                .sent()
                .getFirst();

        assertThat(sent.url()).isEqualTo(Channels.MAAS + "/api/v1/chat");
        assertThat(sent.text())
                .isEqualTo("{\"model\":{\"name\":\"skylark-lite-public\"},\"messages\":[{\"role\":\"user\","
                        + "\"content\":\"hello\"}],\"parameters\":{\"max_tokens\":256},\"stream\":true}");
        assertThat(sent.header("x-date")).isEqualTo("20240105T080000Z");
        assertThat(sent.header("authorization"))
                .isEqualTo("HMAC-SHA256 Credential=AKLTfakeVolcAccessKey/20240105/cn-beijing/ml_maas/request, "
                        + "SignedHeaders=content-type;host;x-content-sha256;x-date, "
                        + "Signature=269a282d6b1d1451eb33eb68fccb62df336590a300d913a116cbe038f82a2385");
    }

    @Test
    void anEndpointOfTheOldServiceIsPartOfThePath() {
        SentRequest sent = run(
                        MAAS.toBuilder()
                                .endpoint("https://maas-api.ml-platform-ap-southeast-1.volces.com")
                                .build(),
                        "ep-1/x",
                        USER)
                .sent()
                .getFirst();

        assertThat(sent.source().url())
                .isEqualTo("https://maas-api.ml-platform-ap-southeast-1.volces.com/api/v2/endpoint/ep-1%2Fx/chat");
        assertThat(sent.json().get("model")).isNull();
        assertThat(sent.header("authorization")).contains("/ap-southeast-1/ml_maas/request");
    }

    @Test
    void theOldServiceGetsItsParametersAndFunctions() {
        FlowRun<ChatEvent> run = run(
                MAAS,
                "skylark-chat",
                "\"messages\":[{\"role\":\"system\",\"content\":\"s\"},{\"role\":\"assistant\",\"content\":\"a\"}],"
                        + "\"temperature\":0,\"top_k\":3,\"repetition_penalty\":1.1,\"seed\":1,\"tools\":[{\"type\":"
                        + "\"function\",\"function\":{\"name\":\"f\",\"parameters\":{\"type\":\"object\"}}}],"
                        + "\"tool_choice\":\"required\"");

        assertThat(run.sent().getFirst().json())
                .isEqualTo(Json.parse("{\"model\":{\"name\":\"skylark-chat\"},\"messages\":[{\"role\":\"user\","
                        + "\"content\":\"s\"},{\"role\":\"assistant\",\"content\":\"a\"},{\"role\":\"user\","
                        + "\"content\":\".\"}],\"parameters\":{\"max_tokens\":4096,\"temperature\":0,\"top_k\":3,"
                        + "\"repetition_penalty\":1.1},\"functions\":[{\"name\":\"f\",\"parameters\":"
                        + "{\"type\":\"object\"}}],\"stream\":false}"));
        assertThat(run.dropped()).containsExactly("seed", "tool_choice");
    }

    @Test
    void picturesAreMadeWithoutAMarkAndOneByOne() {
        FlowRun<ImageEvent> run = images(
                TestCalls.image("{\"model\":\"doubao-seedream-4-0-250828\",\"prompt\":\"sea\",\"n\":2,\"size\":\"2K\","
                        + "\"response_format\":\"b64_json\",\"quality\":\"high\"}"));

        assertThat(run.sent()).hasSize(2);
        assertThat(run.sent().getFirst().url())
                .isEqualTo("https://ark.cn-beijing.volces.com/api/v3/images/generations");
        assertThat(run.sent().getFirst().json())
                .isEqualTo(Json.parse("{\"model\":\"doubao-seedream-4-0-250828\",\"prompt\":\"sea\","
                        + "\"watermark\":false,\"size\":\"2K\",\"response_format\":\"b64_json\"}"));
        assertThat(run.dropped()).containsExactly("quality");
        assertThat(((ImageEvent.Used) run.events().getLast()).usage().output()).isEqualTo(32768);
    }

    @Test
    void aSeriesIsOneOrder() {
        assertThat(images(TestCalls.image(
                                "{\"model\":\"doubao-seedream-4-0-250828\",\"prompt\":\"sea\",\"n\":3,\"watermark\":true,"
                                        + "\"size\":\"auto\",\"sequential_image_generation\":\"auto\","
                                        + "\"sequential_image_generation_options\":{\"max_images\":3}}"))
                        .sent())
                .singleElement()
                .satisfies(sent -> assertThat(sent.json())
                        .isEqualTo(Json.parse("{\"model\":\"doubao-seedream-4-0-250828\",\"prompt\":\"sea\","
                                + "\"watermark\":true,\"sequential_image_generation\":\"auto\","
                                + "\"sequential_image_generation_options\":{\"max_images\":3}}")));
    }

    @Test
    void picturesToStartFromAreSentInside() {
        TestBlob picture = TestBlob.of("a.png", "image/png", "ABC");

        assertThat(images(TestCalls.imageEdit(
                                "{\"model\":\"doubao-seedream-4-0-250828\",\"prompt\":\"hat\"}",
                                List.of(picture, picture),
                                picture))
                        .sent()
                        .getFirst()
                        .json()
                        .get("image"))
                .isEqualTo(Json.parse("[\"data:image/png;base64,QUJD\",\"data:image/png;base64,QUJD\"]"));
        assertThat(FlowDriver.silent()
                        .run(SKYLARK.images(
                                TestCalls.imageEdit(
                                        "{\"model\":\"doubao-seedream-3-0-t2i-250415\",\"prompt\":\"hat\"}",
                                        List.of(picture),
                                        null),
                                ARK))
                        .fault()
                        .kind())
                .isEqualTo(FaultKind.UNSUPPORTED);
    }

    private static FlowRun<ImageEvent> images(ImageCall call) {
        FlowRun<ImageEvent> run = FlowDriver.answering(Reply.json(
                        "{\"data\":[{\"url\":\"https://a.example/1\"}],\"usage\":{\"output_tokens\":16384}}"))
                .run(SKYLARK.images(call, ARK));
        assertThat(run.mistakes()).isEmpty();
        return run;
    }

    private static JsonValue body(String model, String more) {
        return run(ARK, model, USER + more).sent().getFirst().json();
    }

    private static JsonValue sent(String model, String more) {
        return Json.parse("{\"model\":\"" + model + "\"," + USER + more + ",\"stream\":false}");
    }

    private static FlowRun<ChatEvent> run(TestChannel channel, String model, String members) {
        FlowRun<ChatEvent> run = FlowDriver.answering(Reply.json(404, "{}"))
                .chat(SKYLARK.chat(
                        TestChatCall.of("{\"model\":\"" + model + "\"," + members + ",\"stream\":false}"), channel));
        assertThat(run.mistakes()).isEmpty();
        return run;
    }
}

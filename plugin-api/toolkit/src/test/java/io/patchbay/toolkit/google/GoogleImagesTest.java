package io.patchbay.toolkit.google;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.spi.Fault;
import io.patchbay.spi.FaultKind;
import io.patchbay.spi.Flow;
import io.patchbay.spi.chat.ChatEvent;
import io.patchbay.spi.http.Answer;
import io.patchbay.spi.http.HttpRequest;
import io.patchbay.spi.json.Json;
import io.patchbay.spi.json.JsonValue;
import io.patchbay.spi.media.ImageEvent;
import io.patchbay.testkit.host.ChatSummary;
import io.patchbay.testkit.host.FlowDriver;
import io.patchbay.testkit.host.FlowRun;
import io.patchbay.testkit.host.Reply;
import io.patchbay.testkit.host.SentRequest;
import io.patchbay.testkit.host.TestBlob;
import io.patchbay.testkit.host.TestCalls;
import io.patchbay.testkit.host.TestChatCall;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class GoogleImagesTest {
    private static final String PICTURE =
            "{'candidates':[{'content':{'parts':[{'inlineData':{'mimeType':'image/png','data':'AA'}}]},'finishReason':'STOP'}],'usageMetadata':{'promptTokenCount':5,'candidatesTokenCount':1290}}";
    private static final String PREDICTION = "{'predictions':[{'mimeType':'image/png','bytesBase64Encoded':'AA'}]}";
    private static final TestBlob CAT = TestBlob.of("a.webp", "image/webp", "CAT");
    private static final GoogleImages STUDIO =
            GoogleImages.of(() -> HttpRequest.post("https://host.example/m"), Answer::fault);

    private static JsonValue json(String quoted) {
        return Json.parse(quoted.replace('\'', '"'));
    }

    private static Reply reply(String quoted) {
        return Reply.json(quoted.replace('\'', '"'));
    }

    private static Flow<ImageEvent> making(GoogleImages images, String quoted) {
        return images.images(TestCalls.image(quoted.replace('\'', '"')));
    }

    private static FlowRun<ImageEvent> run(Flow<ImageEvent> flow, String answer) {
        return FlowDriver.answering(reply(answer)).run(flow);
    }

    @Test
    void geminiIsAskedForTextAndPictureInTheNearestShape() {
        FlowRun<ImageEvent> run = run(
                making(
                        STUDIO,
                        "{'model':'gemini-3-pro-image-preview','prompt':'a \\'cat\\'','size':'2048x3072','n':1,'response_format':'b64_json'}"
                                .replace("\\'", "\\\"")),
                PICTURE);

        SentRequest sent = run.sent().getFirst();
        assertThat(sent.json())
                .isEqualTo(json(
                        "{'contents':[{'role':'user','parts':[{'text':'a \\'cat\\''}]}],'generationConfig':{'responseModalities':['TEXT','IMAGE'],'imageConfig':{'aspectRatio':'2:3','imageSize':'4K'}}}"
                                .replace("\\'", "\\\"")));
        assertThat(sent.source().creating()).isTrue();
        assertThat(sent.source().silence()).isEqualTo(Duration.ofMinutes(5));
        assertThat(run.dropped()).isEmpty();
        assertThat(((ImageEvent.Made) run.events().get(0)).base64()).isEqualTo("AA");
        assertThat(((ImageEvent.Used) run.events().get(1)).usage().output()).isEqualTo(1290);
    }

    @Test
    void olderModelsHaveOneSizeOnlyAndNoShapeMeansTheirOwn() {
        assertThat(run(making(STUDIO, "{'model':'gemini-2.5-flash-image','prompt':'a','size':'4096x4096'}"), PICTURE)
                        .sent()
                        .getFirst()
                        .json()
                        .at("generationConfig", "imageConfig"))
                .isEqualTo(json("{'aspectRatio':'1:1'}"));
        assertThat(run(making(STUDIO, "{'model':'gemini-2.5-flash-image','prompt':'a','size':'auto'}"), PICTURE)
                        .sent()
                        .getFirst()
                        .json()
                        .get("generationConfig"))
                .isEqualTo(json("{'responseModalities':['TEXT','IMAGE']}"));
    }

    @Test
    void picturesToEditAreSentBetweenTheText() {
        FlowRun<ImageEvent> run = run(
                STUDIO.images(TestCalls.imageEdit(
                        "{\"model\":\"gemini-2.5-flash-image\",\"prompt\":\"add a hat\"}", List.of(CAT, CAT), null)),
                PICTURE);

        assertThat(run.sent().getFirst().json().get("contents"))
                .isEqualTo(
                        json(
                                "[{'role':'user','parts':[{'text':'add a hat'},{'inlineData':{'mimeType':'image/webp','data':'Q0FU'}},{'inlineData':{'mimeType':'image/webp','data':'Q0FU'}}]}]"));
    }

    @Test
    void imagenIsAskedForSamples() {
        String call =
                "{'model':'imagen-4.0-generate-001','prompt':'a cat','n':9,'size':'1024x1536','seed':7,'negative_prompt':'dogs','quality':'hd'}";
        FlowRun<ImageEvent> run = run(making(STUDIO, call), PREDICTION);

        assertThat(run.sent().getFirst().json())
                .isEqualTo(
                        json(
                                "{'instances':[{'prompt':'a cat'}],'parameters':{'sampleCount':4,'aspectRatio':'3:4','personGeneration':'allow_adult'}}"));
        assertThat(run.dropped()).containsExactly("negative_prompt", "quality", "seed");
        FlowRun<ImageEvent> vertex = run(making(STUDIO.onVertex(), call.replace("1024x1536", "2048x2048")), PREDICTION);
        assertThat(vertex.sent().getFirst().json().get("parameters"))
                .isEqualTo(
                        json(
                                "{'sampleCount':4,'aspectRatio':'1:1','sampleImageSize':'2K','personGeneration':'allow_adult','negativePrompt':'dogs','seed':7,'addWatermark':false}"));
        assertThat(vertex.dropped()).containsExactly("quality");
    }

    @Test
    void anAddressOfThePictureCannotBeHad() {
        assertThat(run(
                                making(
                                        STUDIO,
                                        "{'model':'imagen-4.0-generate-001','prompt':'a','response_format':'url'}"),
                                PREDICTION)
                        .dropped())
                .containsExactly("response_format");
    }

    @Test
    void whatTheModelsCannotDoIsRefused() {
        Flow<ImageEvent> masked = STUDIO.images(
                TestCalls.imageEdit("{\"model\":\"gemini-2.5-flash-image\",\"prompt\":\"a\"}", List.of(CAT), CAT));
        Flow<ImageEvent> edited = STUDIO.images(
                TestCalls.imageEdit("{\"model\":\"imagen-4.0-generate-001\",\"prompt\":\"a\"}", List.of(CAT), null));
        Flow<ImageEvent> several = making(STUDIO, "{'model':'gemini-2.5-flash-image','prompt':'a','n':2}");

        for (Flow<ImageEvent> flow : List.of(masked, edited, several)) {
            assertThat(FlowDriver.silent().run(flow).fault())
                    .extracting(Fault::kind)
                    .isEqualTo(FaultKind.BAD_REQUEST);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'predictions':[{'raiFilteredReason':'Unsafe'}]} | CONTENT",
                "{'promptFeedback':{'blockReason':'SAFETY'}} | CONTENT",
                "{'candidates':[{'finishReason':'IMAGE_SAFETY'}]} | CONTENT",
                "{'candidates':[{'finishReason':'NO_IMAGE','content':{'parts':[{'text':'I would rather not.'}]}}]} | UPSTREAM",
                "{} | UPSTREAM"
            })
    void anAnswerWithoutPicturesIsAFault(String answer, FaultKind expected) {
        FlowRun<ImageEvent> run = run(making(STUDIO, "{'model':'gemini-2.5-flash-image','prompt':'a'}"), answer);

        assertThat(run.fault()).extracting(Fault::kind).isEqualTo(expected);
        assertThat(run.events()).isEmpty();
    }

    @Test
    void aChatWithImagenIsAnsweredByAPicture() {
        FlowRun<ChatEvent> run = FlowDriver.answering(reply(PREDICTION))
                .chat(
                        STUDIO.chat(
                                TestChatCall.of(
                                        "{\"model\":\"imagen-3.0-generate-002\",\"temperature\":1,\"messages\":[{\"role\":\"user\",\"content\":\"a dog\"},{\"role\":\"assistant\",\"content\":\"x\"},{\"role\":\"user\",\"content\":\"a cat\"}]}")));

        assertThat(run.sent().getFirst().json())
                .isEqualTo(
                        json(
                                "{'instances':[{'prompt':'a cat'}],'parameters':{'sampleCount':1,'aspectRatio':'1:1','personGeneration':'allow_adult'}}"));
        assertThat(ChatSummary.of(run.events()).first().text()).isEqualTo("![image](data:image/png;base64,AA)");
        assertThat(ChatSummary.of(run.events()).first().finish()).isEqualTo("stop");
        assertThat(run.dropped()).containsExactly("temperature");
    }

    @ParameterizedTest
    @CsvSource({
        "1024x1024, 1:1,",
        "1792x1024, 16:9,",
        "1024x1792, 9:16,",
        "1536x1024, 3:2,",
        "2560x1080, 21:9, 2K",
        "4096x4096, 1:1, 4K",
        "auto, ,",
        "0x0, 1:1,"
    })
    void sizesHaveANearestShape(String pixels, String ratio, String size) {
        List<String> ratios = List.of("1:1", "2:3", "3:2", "9:16", "16:9", "21:9");

        assertThat(PictureShape.of(pixels, ratios)).isEqualTo(new PictureShape(ratio, size));
    }

    @ParameterizedTest
    @CsvSource({
        "gemini-3.5-flash, models/gemini-3.5-flash",
        "models/gemini-3.5-flash, models/gemini-3.5-flash",
        "tunedModels/mine, tunedModels/mine",
        "a b?c#d:e, models/a%20b%3Fc%23d%3Ae",
        "claude@2, models/claude@2"
    })
    void namesAreFitForAddresses(String name, String path) {
        assertThat(ModelPath.of(name)).isEqualTo(path);
    }
}

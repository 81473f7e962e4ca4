package io.patchbay.dialects.gemini;

import static io.patchbay.dialects.gemini.Reading.streamed;
import static io.patchbay.dialects.gemini.Reading.whole;
import static io.patchbay.dialects.gemini.Requests.json;
import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.spi.FaultKind;
import io.patchbay.spi.Profile;
import io.patchbay.spi.Usage;
import io.patchbay.spi.chat.ChatEvent;
import io.patchbay.spi.chat.ChatEvent.Extra;
import io.patchbay.spi.chat.ChatEvent.Finish;
import io.patchbay.spi.chat.ChatEvent.Reasoning;
import io.patchbay.spi.chat.ChatEvent.Started;
import io.patchbay.spi.chat.ChatEvent.Text;
import io.patchbay.spi.chat.ChatEvent.ToolCallPiece;
import io.patchbay.spi.chat.ChatEvent.Used;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class GeminiDecoderTest {
    /** The stream of the reference for the dialect: a thought, a call, an empty end. */
    private static final String STREAM = """
            data: {"candidates": [{"content": {"parts": [{"text": "Checking the city","thought": true}],"role": "model"},"index": 0}],"usageMetadata": {"promptTokenCount": 29,"totalTokenCount": 60,"thoughtsTokenCount": 31},"modelVersion": "gemini-3.5-flash","responseId": "r1"}

            data: {"candidates": [{"content": {"parts": [{"functionCall": {"id": "c1","name": "get_weather","args": {"city": "Oslo"}},"thoughtSignature": "EqUCCqIC"}],"role": "model"},"index": 0}],"usageMetadata": {"promptTokenCount": 29,"candidatesTokenCount": 15,"totalTokenCount": 89,"thoughtsTokenCount": 45},"modelVersion": "gemini-3.5-flash","responseId": "r1"}

            data: {"candidates": [{"content": {"parts": [{"text": ""}],"role": "model"},"finishReason": "STOP","index": 0}],"usageMetadata": {"promptTokenCount": 29,"candidatesTokenCount": 15,"totalTokenCount": 89,"promptTokensDetails": [{"modality": "TEXT","tokenCount": 29}],"thoughtsTokenCount": 45},"modelVersion": "gemini-3.5-flash","responseId": "r1"}

            """;

    private static String piece(String parts) {
        return "{'candidates':[{'content':{'role':'model','parts':[" + parts + "]},'index':0}]}";
    }

    private static String last(String parts, String word) {
        return "{'candidates':[{'content':{'role':'model','parts':[" + parts + "]},'finishReason':'" + word
                + "','index':0}]}";
    }

    private static FaultKind kind(Reading reading) {
        return reading.facts().fault() == null ? null : reading.facts().fault().kind();
    }

    @Test
    void readsAThoughtACallAndTheirUsage() {
        Reading reading = Reading.body(STREAM, 1_000_000);

        assertThat(reading.events().subList(0, 5))
                .containsExactly(
                        new Started("r1", "gemini-3.5-flash"),
                        new Reasoning("Checking the city"),
                        new ToolCallPiece(0, 0, "c1", "get_weather", "{\"city\":\"Oslo\"}"),
                        new Extra(
                                0,
                                json("{'reasoning_details':[{'type':'reasoning.encrypted','format':'google-gemini-v1','data':'EqUCCqIC','id':'c1'}]}")
                                        .asObject()),
                        new Finish("tool_calls"));
        Usage usage = ((Used) reading.events().get(5)).usage();
        assertThat(usage.input()).isEqualTo(29);
        assertThat(usage.output()).isEqualTo(60);
        assertThat(usage.reasoning()).isEqualTo(45);
        assertThat(usage.raw().longValue("totalTokenCount", 0)).isEqualTo(89);
        assertThat(reading.events()).hasSize(6);
        assertThat(reading.facts().finishes()).containsExactly(Map.entry(0, "tool_calls"));
        assertThat(reading.facts().toolCalls()).isEqualTo(1);
        assertThat(reading.facts().content()).isTrue();
        assertThat(reading.facts().ended()).isTrue();
        assertThat(reading.facts().upstreamId()).isEqualTo("r1");
        assertThat(reading.facts().tally().characters()).isEqualTo(17 + 11 + 15);
    }

    @Test
    void readsTheSameHoweverTheStreamIsCutAndWhateverEndsItsLines() {
        List<ChatEvent> expected = Reading.body(STREAM, 1_000_000).events();
        for (int size = 1; size < 60; size++) {
            assertThat(Reading.body(STREAM, size).events().toString()).isEqualTo(expected.toString());
            assertThat(Reading.body(STREAM.replace("\n", "\r\n"), size).events().toString())
                    .isEqualTo(expected.toString());
        }
    }

    @Test
    void aStreamThatEndsBeforeItsFinishReasonIsTruncated() {
        int end = STREAM.indexOf("\n\n", STREAM.indexOf("\n\n") + 2) + 2;

        Reading reading = Reading.body(STREAM.substring(0, end), 1_000_000);

        assertThat(kind(reading)).isEqualTo(FaultKind.TRUNCATED);
        assertThat(reading.facts().ended()).isFalse();
        assertThat(reading.all(Finish.class)).isEmpty();
        assertThat(kind(Reading.body(STREAM.substring(0, 300), 7))).isEqualTo(FaultKind.TRUNCATED);
        assertThat(kind(streamed())).isEqualTo(FaultKind.TRUNCATED);
    }

    @Test
    void parallelCallsAreToldApartByTheirNumberAndGetIds() {
        Reading reading = streamed(
                piece("{'functionCall':{'name':'f','args':{'a':1}}}"),
                piece("{'functionCall':{'name':'f','args':{'a':2}}}"),
                last("{'functionCall':{'name':'mcp_x2F_g'}}", "STOP"));

        List<ToolCallPiece> calls = reading.all(ToolCallPiece.class);
        assertThat(calls).extracting(ToolCallPiece::index).containsExactly(0, 1, 2);
        assertThat(calls).extracting(ToolCallPiece::name).containsExactly("f", "f", "mcp/g");
        assertThat(calls).extracting(ToolCallPiece::arguments).containsExactly("{\"a\":1}", "{\"a\":2}", "{}");
        assertThat(calls)
                .extracting(ToolCallPiece::id)
                .doesNotHaveDuplicates()
                .allMatch(id -> id.matches("call_[0-9a-f]{24}"));
        assertThat(reading.all(Finish.class)).containsExactly(new Finish("tool_calls"));
    }

    @Test
    void idsThatWereMadeUpAreTheSameWhenTheSameAnswerIsReadAgain() {
        String call =
                "{'candidates':[{'content':{'parts':[{'functionCall':{'name':'f'}%s},{'functionCall':{'name':'f'}}]},'finishReason':'STOP'}]%s}";
        for (String answer :
                List.of(call.formatted("", ",'responseId':'r7'"), call.formatted(",'thoughtSignature':'S'", ""))) {
            List<ToolCallPiece> first = streamed(answer).all(ToolCallPiece.class);

            assertThat(streamed(answer).all(ToolCallPiece.class).getFirst()).isEqualTo(first.getFirst());
            assertThat(first).extracting(ToolCallPiece::id).doesNotHaveDuplicates();
        }
        assertThat(streamed(call.formatted("", ",'responseId':'r8'"))
                        .all(ToolCallPiece.class)
                        .getFirst()
                        .id())
                .isNotEqualTo(streamed(call.formatted("", ",'responseId':'r9'"))
                        .all(ToolCallPiece.class)
                        .getFirst()
                        .id());
    }

    @Test
    void oldServersThatSayStopWithEveryPieceAreReadToTheEnd() {
        Reading reading = streamed(last("{'text':'Hel'}", "STOP"), last("{'text':'lo'}", "STOP"));

        assertThat(reading.text()).isEqualTo("Hello");
        assertThat(reading.all(Finish.class)).containsExactly(new Finish("stop"));
    }

    @Test
    void usageMayFollowTheFinishReasonAndTheLastOneCounts() {
        Reading reading = streamed(
                "{'candidates':[{'content':{'parts':[{'text':'a'}]}}],'usageMetadata':{'promptTokenCount':5,'candidatesTokenCount':1}}",
                last("", "STOP"),
                "{'usageMetadata':{'promptTokenCount':5,'candidatesTokenCount':3,'thoughtsTokenCount':2,'cachedContentTokenCount':4,'toolUsePromptTokenCount':10}}");

        Usage usage = reading.all(Used.class).getFirst().usage();
        assertThat(reading.all(Used.class)).hasSize(1);
        assertThat(usage.input()).isEqualTo(15);
        assertThat(usage.output()).isEqualTo(5);
        assertThat(usage.cachedInput()).isEqualTo(4);
        assertThat(usage.reasoning()).isEqualTo(2);
    }

    @ParameterizedTest
    @CsvSource({
        "STOP, stop",
        "MAX_TOKENS, length",
        "SAFETY, content_filter",
        "RECITATION, content_filter",
        "BLOCKLIST, content_filter",
        "PROHIBITED_CONTENT, content_filter",
        "SPII, content_filter",
        "IMAGE_SAFETY, content_filter",
        "IMAGE_PROHIBITED_CONTENT, content_filter",
        "IMAGE_RECITATION, content_filter",
        "MALFORMED_FUNCTION_CALL, stop",
        "OTHER, stop",
        "SOMETHING_NEW, SOMETHING_NEW"
    })
    void finishReasonsHaveOtherWords(String word, String expected) {
        assertThat(streamed(last("{'text':'a'}", word)).all(Finish.class)).containsExactly(new Finish(expected));
    }

    @Test
    void aVendorsProfileHasTheFirstWord() {
        Reading reading = Reading.read(
                new GeminiCodec()
                        .decoder(Profile.builder().finishWord("DONE", "stop").build()),
                last("{'text':'a'}", "DONE"));

        assertThat(reading.all(Finish.class)).containsExactly(new Finish("stop"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"MALFORMED_FUNCTION_CALL", "NO_IMAGE", "OTHER"})
    void anAnswerThatWentWrongBeforeItSaidAnythingIsAnError(String word) {
        Reading reading = streamed(last("", word));

        assertThat(kind(reading)).isEqualTo(FaultKind.UPSTREAM);
        assertThat(reading.facts().fault().vendorCode()).isEqualTo(word);
    }

    @Test
    void anEmptyStopWithoutTokensIsAnError() {
        assertThat(kind(streamed(last("{'text':''}", "STOP")))).isEqualTo(FaultKind.UPSTREAM);
        assertThat(
                        kind(
                                streamed(
                                        "{'candidates':[{'finishReason':'STOP'}],'usageMetadata':{'promptTokenCount':5,'thoughtsTokenCount':9}}")))
                .isNull();
        assertThat(kind(streamed(last("", "MAX_TOKENS")))).isNull();
        assertThat(kind(streamed(last("", "SAFETY")))).isNull();
    }

    @Test
    void aBlockedPromptIsAMatterOfContent() {
        Reading reading = streamed(
                "{'promptFeedback':{'blockReason':'PROHIBITED_CONTENT'},'usageMetadata':{'promptTokenCount':7},'modelVersion':'m'}");

        assertThat(kind(reading)).isEqualTo(FaultKind.CONTENT);
        assertThat(reading.facts().fault().vendorCode()).isEqualTo("PROHIBITED_CONTENT");
        assertThat(reading.facts().usage().input()).isEqualTo(7);
        assertThat(reading.events()).isEmpty();
        assertThat(kind(whole("{'promptFeedback':{'blockReason':'SAFETY'}}"))).isEqualTo(FaultKind.CONTENT);
    }

    @Test
    void severalCandidatesAreSeveralChoices() {
        Reading reading = streamed(
                "{'candidates':[{'index':0,'content':{'parts':[{'text':'a'}]}},{'index':1,'content':{'parts':[{'text':'b'}]}}]}",
                "{'candidates':[{'index':1,'content':{'parts':[{'functionCall':{'id':'c','name':'f','args':{}}}]},'finishReason':'STOP'}]}",
                "{'candidates':[{'index':0,'finishReason':'MAX_TOKENS'}]}");

        assertThat(reading.events())
                .containsExactly(
                        new Started(null, null),
                        new Text(0, "a"),
                        new Text(1, "b"),
                        new ToolCallPiece(1, 0, "c", "f", "{}"),
                        new Finish(0, "length"),
                        new Finish(1, "tool_calls"));
    }

    @Test
    void aChoiceWithoutFinishReasonMakesTheAnswerIncomplete() {
        assertThat(
                        kind(
                                streamed(
                                        "{'candidates':[{'index':0,'content':{'parts':[{'text':'a'}]},'finishReason':'STOP'},{'index':1,'content':{'parts':[{'text':'b'}]}}]}")))
                .isEqualTo(FaultKind.TRUNCATED);
    }

    @Test
    void picturesBecomeMarkdownAndStandApart() {
        Reading reading = streamed(
                piece("{'text':'Here:'}"),
                last("{'inlineData':{'mimeType':'image/png','data':'iVBORw0KGgo='}},{'text':' Nice.'}", "STOP"));

        assertThat(reading.text()).isEqualTo("Here:\n\n![image](data:image/png;base64,iVBORw0KGgo=) Nice.");
        assertThat(streamed(last("{'inlineData':{'mimeType':'image/jpeg','data':'AA'}}", "STOP"))
                        .text())
                .isEqualTo("![image](data:image/jpeg;base64,AA)");
    }

    @Test
    void picturesDoNotCountAsWords() {
        Reading reading =
                streamed(last("{'inlineData':{'mimeType':'image/png','data':'" + "A".repeat(5000) + "'}}", "STOP"));

        assertThat(reading.facts().tally().characters()).isZero();
        assertThat(reading.facts().content()).isTrue();
    }

    @Test
    void codeAndItsResultBecomeFencedBlocks() {
        assertThat(streamed(last(
                                "{'executableCode':{'language':'PYTHON','code':'print(1)'}},{'codeExecutionResult':{'outcome':'OUTCOME_OK','output':'1'}}",
                                "STOP"))
                        .text())
                .isEqualTo("```python\nprint(1)\n```\n\n\n```\n1\n```\n");
    }

    @Test
    void audioIsAMemberOfTheMessage() {
        assertThat(streamed(last("{'inlineData':{'mimeType':'audio/L16;rate=24000','data':'AAAA'}}", "STOP"))
                        .all(Extra.class)
                        .getFirst()
                        .members())
                .isEqualTo(json("{'audio':{'data':'AAAA','mime_type':'audio/L16;rate=24000'}}"));
    }

    @Test
    void signaturesOfTextAndThoughtsAreKeptUntouched() {
        Reading reading = streamed(
                piece("{'text':'Hm.','thought':true,'thoughtSignature':'S0'}"),
                last("{'text':'Hi'},{'text':'','thoughtSignature':'S1'}", "STOP"));

        assertThat(reading.all(Extra.class))
                .extracting(extra -> extra.members().get("reasoning_details"))
                .containsExactly(
                        json("[{'type':'reasoning.text','format':'google-gemini-v1','text':'Hm.','signature':'S0'}]"),
                        json("[{'type':'reasoning.encrypted','format':'google-gemini-v1','data':'S1'}]"));
    }

    @Test
    void sourcesBecomeAnnotationsOnce() {
        String grounding =
                "{'candidates':[{'content':{'parts':[{'text':'a'}]},'groundingMetadata':{'webSearchQueries':['q'],'groundingChunks':[{'web':{'uri':'https://a.example','title':'A'}},{'web':{'uri':'https://b.example'}}]}%s}]}";
        Reading reading = streamed(grounding.formatted(""), grounding.formatted(",'finishReason':'STOP'"));

        assertThat(reading.all(Extra.class)).hasSize(1);
        assertThat(reading.all(Extra.class).getFirst().members())
                .isEqualTo(
                        json(
                                "{'annotations':[{'type':'url_citation','url_citation':{'url':'https://a.example','title':'A'}},{'type':'url_citation','url_citation':{'url':'https://b.example','title':'https://b.example'}}]}"));
    }

    @Test
    void logProbabilitiesHaveTheFormOfTheClient() {
        Reading reading = whole(
                "{'candidates':[{'content':{'parts':[{'text':'Hé'}]},'finishReason':'STOP','logprobsResult':{'topCandidates':[{'candidates':[{'token':'Hé','logProbability':-0.1},{'token':'Ha','logProbability':-2.5}]}],'chosenCandidates':[{'token':'Hé','tokenId':7,'logProbability':-0.1}]}}]}");

        assertThat(reading.all(Extra.class).getFirst().members())
                .isEqualTo(
                        json(
                                "{'logprobs':{'content':[{'token':'Hé','logprob':-0.1,'bytes':[72,195,169],'top_logprobs':[{'token':'Hé','logprob':-0.1,'bytes':[72,195,169]},{'token':'Ha','logprob':-2.5,'bytes':[72,97]}]}]}}"));
    }

    @Test
    void aWholeAnswerIsReadLikeAStream() {
        Reading reading = whole(
                "{'candidates':[{'content':{'role':'model','parts':[{'text':'Thinking about it','thought':true},{'text':'A cat.'}]},'finishReason':'STOP','index':0,'safetyRatings':[]}],'usageMetadata':{'promptTokenCount':270,'candidatesTokenCount':4,'totalTokenCount':319,'thoughtsTokenCount':45,'cachedContentTokenCount':0},'modelVersion':'gemini-3.5-flash','responseId':'r1'}");

        assertThat(reading.events().subList(0, 4))
                .containsExactly(
                        new Started("r1", "gemini-3.5-flash"),
                        new Reasoning("Thinking about it"),
                        new Text("A cat."),
                        new Finish("stop"));
        assertThat(reading.facts().usage().output()).isEqualTo(49);
    }

    @Test
    void aListOfPiecesIsReadAsOneAnswer() {
        Reading reading = whole("[" + piece("{'text':'Hel'}") + ",\r\n" + last("{'text':'lo'}", "STOP") + "]");

        assertThat(reading.text()).isEqualTo("Hello");
        assertThat(reading.all(Finish.class)).containsExactly(new Finish("stop"));
        assertThat(streamed("[" + last("{'text':'Hi'}", "STOP") + "]").text()).isEqualTo("Hi");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "[]", "7", "null", "[[]]", "{'candidates':[]}", "{'candidates':7}", "<html>", ""})
    void aWholeAnswerWithoutCandidatesIsMalformed(String body) {
        assertThat(kind(whole(body))).isEqualTo(FaultKind.UPSTREAM);
    }

    @Test
    void errorsAreToldApart() {
        String error =
                "{'error':{'code':%d,'message':'%s','status':'%s','details':[{'@type':'type.googleapis.com/google.rpc.RetryInfo','retryDelay':'34.4s'}]}}";
        Reading early = streamed(error.formatted(503, "The model is overloaded.", "UNAVAILABLE"));
        Reading late = streamed(piece("{'text':'a'}"), error.formatted(500, "Internal", "INTERNAL"), last("", "STOP"));
        Reading listed = whole("[" + error.formatted(429, "Slow down", "RESOURCE_EXHAUSTED") + "]");

        assertThat(kind(early)).isEqualTo(FaultKind.RETRY);
        assertThat(early.facts().fault().vendorCode()).isEqualTo("UNAVAILABLE");
        assertThat(kind(late)).isEqualTo(FaultKind.UPSTREAM);
        assertThat(late.text()).isEqualTo("a");
        assertThat(late.all(Finish.class)).isEmpty();
        assertThat(kind(listed)).isEqualTo(FaultKind.RATE);
        assertThat(listed.facts().fault().after()).isEqualTo(Duration.ofMillis(34_400));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'candidates':[7]}",
                "{'candidates':[{'index':999999999999}]}",
                "{'candidates':[null]}",
                "{'candidates': {"
            })
    void nonsenseIsAFault(String payload) {
        assertThat(kind(streamed(payload, last("{'text':'a'}", "STOP")))).isIn(FaultKind.UPSTREAM, FaultKind.TRUNCATED);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "null",
                "[DONE]",
                "ping",
                "{'x':1}",
                "{'error':null}",
                "{'candidates':[{'index':-3,'content':7}]}",
                "{'candidates':[{'content':{'parts':[7,null,{},{'functionCall':{}},{'functionCall':7},{'inlineData':{}}]}}]}",
                "{'usageMetadata':{'promptTokenCount':-5,'candidatesTokenCount':1e99}}"
            })
    void oddPiecesAreSurvived(String payload) {
        Reading reading = streamed(payload, last("{'text':'a'}", "STOP"));

        assertThat(kind(reading)).isNull();
        assertThat(reading.text()).isEqualTo("a");
    }

    @Test
    void nothingIsReadBehindAFault() {
        Reading reading =
                streamed("{'error':{'code':500,'message':'x','status':'INTERNAL'}}", last("{'text':'a'}", "STOP"));

        assertThat(reading.events()).isEmpty();
    }
}

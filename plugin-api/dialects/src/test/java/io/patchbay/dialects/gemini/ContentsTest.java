package io.patchbay.dialects.gemini;

import static io.patchbay.dialects.gemini.Requests.json;
import static io.patchbay.dialects.gemini.Requests.lostOf;
import static io.patchbay.dialects.gemini.Requests.written;
import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.spi.json.JsonValue;
import org.junit.jupiter.api.Test;

final class ContentsTest {
    private static final String NEW = "gemini-3.5-flash";
    private static final String OLD = "gemini-2.5-flash";

    private static JsonValue contents(String model, String messages) {
        return written(model, "'messages':[" + messages + "]").get("contents");
    }

    private static String user(String text) {
        return "{'role':'user','content':'" + text + "'}";
    }

    private static String calls(String... idsAndNames) {
        StringBuilder calls = new StringBuilder();
        for (int i = 0; i < idsAndNames.length; i += 2) {
            calls.append(i == 0 ? "" : ",")
                    .append("{'id':'" + idsAndNames[i] + "','type':'function','function':{'name':'" + idsAndNames[i + 1]
                            + "','arguments':'{\\'a\\':1}'}}".replace("\\'", "\\\""));
        }
        return "{'role':'assistant','content':null,'tool_calls':[" + calls + "]}";
    }

    private static String result(String id, String text) {
        return "{'role':'tool','tool_call_id':'" + id + "','content':'" + text + "'}";
    }

    @Test
    void systemMessagesBecomeTheInstructionWhereverTheyStand() {
        assertThat(written(
                        OLD,
                        "'messages':[{'role':'system','content':'Be brief.'}," + user("Hi")
                                + ",{'role':'developer','content':'No jokes.'}]"))
                .isEqualTo(
                        json(
                                "{'systemInstruction':{'parts':[{'text':'Be brief.'},{'text':'No jokes.'}]},'contents':[{'role':'user','parts':[{'text':'Hi'}]}]}"));
    }

    @Test
    void neighboursOfOneRoleAreMergedAndEmptyTextsLeftOut() {
        assertThat(contents(
                        OLD,
                        user("a") + "," + user("") + "," + user("b") + ",{'role':'assistant','content':'c'},"
                                + "{'role':'assistant','content':'d'}," + user("e")))
                .isEqualTo(
                        json(
                                "[{'role':'user','parts':[{'text':'a'},{'text':'b'}]},{'role':'model','parts':[{'text':'c'},{'text':'d'}]},{'role':'user','parts':[{'text':'e'}]}]"));
    }

    @Test
    void theUserBeginsAndEnds() {
        assertThat(contents(OLD, "{'role':'assistant','content':'Hello!'}"))
                .isEqualTo(
                        json(
                                "[{'role':'user','parts':[{'text':'.'}]},{'role':'model','parts':[{'text':'Hello!'}]},{'role':'user','parts':[{'text':'Continue.'}]}]"));
    }

    @Test
    void aSystemMessageAloneIsTheQuestion() {
        assertThat(written(OLD, "'messages':[{'role':'system','content':'Tell a story.'}]"))
                .isEqualTo(json("{'contents':[{'role':'user','parts':[{'text':'Tell a story.'}]}]}"));
        assertThat(written(OLD, "'messages':[]"))
                .isEqualTo(json("{'contents':[{'role':'user','parts':[{'text':'.'}]}]}"));
    }

    @Test
    void gemmaReadsTheSystemTextInTheFirstQuestionAndToolsAsWords() {
        assertThat(written(
                        "gemma-3-27b-it",
                        "'messages':[{'role':'system','content':'Be brief.'}," + user("Hi") + "," + calls("c1", "f")
                                + "," + result("c1", "17") + "]"))
                .isEqualTo(json(
                        "{'contents':[{'role':'user','parts':[{'text':'Be brief.'},{'text':'Hi'}]},{'role':'model','parts':[{'text':'[called the tool f with {\\'a\\':1}]'}]},{'role':'user','parts':[{'text':'[result of the tool] 17'}]}]}"
                                .replace("\\'", "\\\"")));
    }

    @Test
    void picturesAudioFilesAndVideosAreSentInline() {
        assertThat(contents(
                        OLD,
                        "{'role':'user','content':[{'type':'text','text':'What?'},"
                                + "{'type':'image_url','image_url':{'url':'data:image/webp;base64,UklG'}},"
                                + "{'type':'input_audio','input_audio':{'data':'SUQz','format':'mp3'}},"
                                + "{'type':'file','file':{'filename':'a.pdf','file_data':'data:application/pdf;base64,JVBE'}},"
                                + "{'type':'video_url','video_url':{'url':'data:video/mp4;base64,AAAA'}}]}"))
                .isEqualTo(
                        json(
                                "[{'role':'user','parts':[{'text':'What?'},{'inlineData':{'mimeType':'image/webp','data':'UklG'}},{'inlineData':{'mimeType':'audio/mp3','data':'SUQz'}},{'inlineData':{'mimeType':'application/pdf','data':'JVBE'}},{'inlineData':{'mimeType':'video/mp4','data':'AAAA'}}]}]"));
    }

    @Test
    void addressesGoogleReadsItselfStayAddresses() {
        assertThat(contents(
                        OLD,
                        "{'role':'user','content':["
                                + "{'type':'video_url','video_url':{'url':'https://www.youtube.com/watch?v=1'}},"
                                + "{'type':'file','file':{'file_id':'https://generativelanguage.googleapis.com/v1beta/files/x1'}},"
                                + "{'type':'image_url','image_url':{'url':'gs://bucket/cat.png'}},"
                                + "{'type':'image_url','image_url':{'url':'https://example.org/dog.webp?size=2'}}]}"))
                .isEqualTo(
                        json(
                                "[{'role':'user','parts':[{'fileData':{'fileUri':'https://www.youtube.com/watch?v=1'}},{'fileData':{'fileUri':'https://generativelanguage.googleapis.com/v1beta/files/x1'}},{'fileData':{'mimeType':'image/png','fileUri':'gs://bucket/cat.png'}},{'fileData':{'mimeType':'image/webp','fileUri':'https://example.org/dog.webp?size=2'}}]}]"));
    }

    @Test
    void whatCannotBeSentIsTold() {
        String picture =
                "'messages':[{'role':'user','content':[{'type':'text','text':'Hi'},{'type':'image_url','image_url':{'url':'data:image/png;base64,AA'}}]}]";

        assertThat(lostOf("gemini-pro", picture)).containsExactly("messages.image_url");
        assertThat(written("gemini-pro", picture).get("contents"))
                .isEqualTo(json("[{'role':'user','parts':[{'text':'Hi'}]}]"));
        assertThat(lostOf("gemini-pro-vision", picture)).isEmpty();
        assertThat(
                        lostOf(
                                OLD,
                                "'messages':[{'role':'user','name':'ann','content':[{'type':'text','text':'Hi'},{'type':'hologram'},{'type':'file','file':{'file_id':'file-1'}}]}]"))
                .containsExactly("messages.file", "messages.hologram", "messages.name");
    }

    @Test
    void callsAndResultsArePairedInOneContentByOrderOfTheCalls() {
        assertThat(contents(
                        OLD,
                        user("Weather?") + "," + calls("c1", "get_weather", "c2", "get_time") + ","
                                + result("c2", "noon") + "," + result("c1", "{\\'degrees\\':17}".replace("\\'", "\\\""))
                                + "," + user("And?")))
                .isEqualTo(
                        json(
                                "[{'role':'user','parts':[{'text':'Weather?'}]},"
                                        + "{'role':'model','parts':[{'functionCall':{'id':'c1','name':'get_weather','args':{'a':1}}},{'functionCall':{'id':'c2','name':'get_time','args':{'a':1}}}]},"
                                        + "{'role':'user','parts':[{'functionResponse':{'id':'c1','name':'get_weather','response':{'degrees':17}}},{'functionResponse':{'id':'c2','name':'get_time','response':{'result':'noon'}}},{'text':'And?'}]}]"));
    }

    @Test
    void aMissingResultIsFilledInAndAnOrphanBecomesWords() {
        assertThat(contents(OLD, user("a") + "," + calls("c1", "f") + "," + result("c9", "lost") + "," + user("b")))
                .isEqualTo(
                        json(
                                "[{'role':'user','parts':[{'text':'a'}]},{'role':'model','parts':[{'functionCall':{'id':'c1','name':'f','args':{'a':1}}}]},"
                                        + "{'role':'user','parts':[{'functionResponse':{'id':'c1','name':'f','response':{'result':'(no result)'}}},{'text':'[result of the tool] lost'},{'text':'b'}]}]"));
    }

    @Test
    void aResultBehindAnotherMessageIsMovedToItsCallAndTheLastOneCounts() {
        assertThat(contents(
                        OLD,
                        user("a") + "," + calls("c1", "f") + "," + user("wait") + "," + result("c1", "1") + ","
                                + result("c1", "2")))
                .isEqualTo(
                        json(
                                "[{'role':'user','parts':[{'text':'a'}]},{'role':'model','parts':[{'functionCall':{'id':'c1','name':'f','args':{'a':1}}}]},"
                                        + "{'role':'user','parts':[{'functionResponse':{'id':'c1','name':'f','response':{'result':'2'}}},{'text':'wait'}]}]"));
    }

    @Test
    void callsNobodyAnsweredAreLeftOutAtTheEnd() {
        assertThat(contents(OLD, user("a") + "," + calls("c1", "f")))
                .isEqualTo(json("[{'role':'user','parts':[{'text':'a'}]}]"));
    }

    @Test
    void picturesOfResultsFollowTheResults() {
        assertThat(contents(
                                OLD,
                                user("a") + "," + calls("c1", "f")
                                        + ",{'role':'tool','tool_call_id':'c1','content':[{'type':'text','text':'see'},{'type':'image_url','image_url':{'url':'data:image/png;base64,AA'}}]}")
                        .get(2))
                .isEqualTo(
                        json(
                                "{'role':'user','parts':[{'functionResponse':{'id':'c1','name':'f','response':{'result':'see'}}},{'inlineData':{'mimeType':'image/png','data':'AA'}}]}"));
    }

    @Test
    void argumentsThatAreNoObjectBecomeOne() {
        String[] arguments = {"", "null", "[1]", "{broken"};
        String[] args = {"{}", "{}", "{'value':[1]}", "{'_raw':'{broken'}"};
        for (int i = 0; i < arguments.length; i++) {
            String call = "{'role':'assistant','tool_calls':[{'id':'c','function':{'name':'f','arguments':'"
                    + arguments[i] + "'}}]}";

            assertThat(contents(OLD, user("a") + "," + call + "," + result("c", "1"))
                            .at(1, "parts", 0, "functionCall", "args"))
                    .isEqualTo(json(args[i]));
        }
    }

    @Test
    void signaturesComeBackWhereTheyWere() {
        String assistant =
                "{'role':'assistant','content':'Let me see.','tool_calls':[{'id':'c1','function':{'name':'f','arguments':'{}'}},{'id':'c2','function':{'name':'g','arguments':'{}'}}],'reasoning_details':["
                        + "{'type':'reasoning.text','format':'google-gemini-v1','text':'Hm.','signature':'S0'},"
                        + "{'type':'reasoning.encrypted','format':'google-gemini-v1','data':'S1','id':'c1'},"
                        + "{'type':'reasoning.encrypted','format':'google-gemini-v1','data':'S2'},"
                        + "{'type':'reasoning.encrypted','format':'anthropic-claude-v1','data':'foreign','id':'c2'}]}";

        assertThat(contents(NEW, user("a") + "," + assistant + "," + result("c1", "1") + "," + result("c2", "2"))
                        .at(1, "parts"))
                .isEqualTo(
                        json(
                                "[{'text':'Hm.','thought':true,'thoughtSignature':'S0'},{'text':'Let me see.','thoughtSignature':'S2'},"
                                        + "{'functionCall':{'id':'c1','name':'f','args':{}},'thoughtSignature':'S1'},{'functionCall':{'id':'c2','name':'g','args':{}}}]"));
    }

    @Test
    void aLostSignatureOfTheCurrentTurnIsReplacedForGemini3Only() {
        String turns = user("a") + "," + calls("c1", "f") + "," + result("c1", "1")
                + ",{'role':'assistant','content':'x'}," + user("b") + "," + calls("c2", "f", "c3", "g") + ","
                + result("c2", "2") + "," + result("c3", "3");

        JsonValue now = contents(NEW, turns);
        assertThat(now.at(1, "parts", 0, "thoughtSignature")).isNull();
        assertThat(now.at(5, "parts"))
                .isEqualTo(
                        json(
                                "[{'functionCall':{'id':'c2','name':'f','args':{'a':1}},'thoughtSignature':'skip_thought_signature_validator'},{'functionCall':{'id':'c3','name':'g','args':{'a':1}}}]"));
        assertThat(contents(OLD, turns).toJson()).doesNotContain("thoughtSignature");
    }

    @Test
    void signaturesAndIdsCanBeTakenOutOfARequest() {
        JsonValue signed = json(
                "{'contents':[{'role':'model','parts':[{'text':'a','thoughtSignature':'S'},{'functionCall':{'id':'c1','name':'f'},'thoughtSignature':'T'},{'functionCall':{'id':'c2','name':'g'}}]},{'role':'user','parts':[{'functionResponse':{'id':'c1','name':'f'}}]}],'tools':[]}");

        assertThat(GeminiCodec.withoutSignatures(signed.asObject()))
                .isEqualTo(
                        json(
                                "{'contents':[{'role':'model','parts':[{'text':'a'},{'functionCall':{'id':'c1','name':'f'},'thoughtSignature':'skip_thought_signature_validator'},{'functionCall':{'id':'c2','name':'g'}}]},{'role':'user','parts':[{'functionResponse':{'id':'c1','name':'f'}}]}],'tools':[]}"));
        assertThat(GeminiCodec.withoutCallIds(signed.asObject()))
                .isEqualTo(
                        json(
                                "{'contents':[{'role':'model','parts':[{'text':'a','thoughtSignature':'S'},{'functionCall':{'name':'f'},'thoughtSignature':'T'},{'functionCall':{'name':'g'}}]},{'role':'user','parts':[{'functionResponse':{'name':'f'}}]}],'tools':[]}"));
    }
}

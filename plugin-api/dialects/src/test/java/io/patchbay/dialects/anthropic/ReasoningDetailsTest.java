package io.patchbay.dialects.anthropic;

import static io.patchbay.dialects.anthropic.Written.json;
import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.spi.Profile;
import io.patchbay.spi.chat.ChatEvent;
import io.patchbay.spi.json.JsonArray;
import io.patchbay.spi.json.JsonValue;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ReasoningDetailsTest {
    private static JsonValue sentBack(String model, String details) {
        return Written.messages(model, """
                        [{"role":"user","content":"Hi"},{"role":"assistant","content":"42","reasoning_details":%s},\
                        {"role":"user","content":"Why?"}]""".formatted(details)).at(1, "content");
    }

    @Test
    void whatADecoderTellsComesBackUnchanged() {
        String message = """
                {"id":"msg_1","type":"message","role":"assistant","model":"claude-sonnet-4-5-20250929","content":[\
                {"type":"thinking","thinking":"Let \\u00fcs\\n see \\"it\\".","signature":"EqQBCkYIBxgC+/="},\
                {"type":"redacted_thinking","data":"EmwKAhgB=="},{"type":"text","text":"42"}],"stop_reason":"end_turn",\
                "usage":{"input_tokens":3,"output_tokens":9}}""";
        List<JsonValue> details = new ArrayList<>();
        for (ChatEvent event :
                MessageTranscript.decodeWhole(MessageTranscript.CODEC.wholeDecoder(Profile.STANDARD), message)) {
            if (event instanceof ChatEvent.Extra extra) {
                details.addAll(extra.members().elements("reasoning_details"));
            }
        }

        assertThat(sentBack("claude-sonnet-4-5", new JsonArray(details).toJson()))
                .isEqualTo(json("""
                        [{"type":"thinking","thinking":"Let \\u00fcs\\n see \\"it\\".","signature":"EqQBCkYIBxgC+/="},\
                        {"type":"redacted_thinking","data":"EmwKAhgB=="},{"type":"text","text":"42"}]"""));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"type\":\"thinking\",\"thinking\":\"Hm\",\"signature\":\"EqQB\"}",
                "{\"origin\":\"anthropic\",\"type\":\"thinking\",\"text\":\"Hm\",\"signature\":\"EqQB\"}",
                "{\"type\":\"reasoning.text\",\"text\":\"Hm\",\"signature\":\"EqQB\",\"format\":\"anthropic-claude-v1\"}",
                "{\"type\":\"thinking\",\"thinking\":\"Hm\",\"signature\":\"EqQB\",\"model\":\"anthropic.claude-opus-4-5-20251101-v1:0\"}",
            })
    void thinkingOfThisVendorIsReplayed(String entry) {
        assertThat(sentBack("claude-opus-4-5", "[" + entry + "]").get(0))
                .isEqualTo(json("{\"type\":\"thinking\",\"thinking\":\"Hm\",\"signature\":\"EqQB\"}"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"type\":\"thinking\",\"thinking\":\"unsigned\"}",
                "{\"type\":\"thinking\",\"thinking\":\"marked\",\"signature\":\"gm1#abc\"}",
                "{\"type\":\"reasoning.text\",\"text\":\"of nobody known\",\"signature\":\"EqQB\"}",
                "{\"type\":\"reasoning.text\",\"text\":\"other\",\"signature\":\"A\",\"format\":\"google-gemini-v1\"}",
                "{\"type\":\"reasoning.encrypted\",\"data\":\"x\",\"format\":\"openai-responses-v1\"}",
                "{\"origin\":\"gemini-vertex\",\"type\":\"thinking\",\"thinking\":\"x\",\"signature\":\"A\"}",
                "{\"type\":\"thinking\",\"thinking\":\"Hm\",\"signature\":\"EqQB\",\"model\":\"claude-opus-4-1\"}",
                "{\"type\":\"redacted_thinking\",\"data\":\"\"}",
                "7",
            })
    void thinkingTheVendorWouldRefuseIsLeftOut(String entry) {
        assertThat(sentBack("claude-opus-4-5", "[" + entry + "]")).isEqualTo(json("\"42\""));
    }

    @Test
    void modelsThatCannotThinkGetNone() {
        assertThat(sentBack("claude-3-opus-20240229", """
                        [{"type":"thinking","thinking":"Hm","signature":"EqQB"}]""")).isEqualTo(json("\"42\""));
    }

    @Test
    void thinkingBlocksByTheirOtherNameAreReadToo() {
        assertThat(Written.messages("claude-opus-4-5", """
                        [{"role":"user","content":"Hi"},{"role":"assistant","content":"42","thinking_blocks":\
                        [{"type":"redacted_thinking","data":"x"}]},{"role":"user","content":"Why?"}]""").at(1, "content", 0))
                .isEqualTo(json("{\"type\":\"redacted_thinking\",\"data\":\"x\"}"));
    }
}

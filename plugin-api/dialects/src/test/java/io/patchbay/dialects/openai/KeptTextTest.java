package io.patchbay.dialects.openai;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.dialects.AnswerText;
import io.patchbay.dialects.ClientPlan;
import io.patchbay.dialects.Tap;
import io.patchbay.dialects.WholeTap;
import io.patchbay.spi.Bytes;
import io.patchbay.spi.Profile;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What taps keep of an answer, to be counted when no usage was told. */
final class KeptTextTest {
    private static final ClientPlan PLAN = new ClientPlan("pub", true, "chatcmpl-ours", 1);

    private final List<String> counted = new ArrayList<>();
    private final AnswerText text = new AnswerText(piece -> {
        counted.add(piece);
        return piece.length();
    });

    private void stream(String... payloads) {
        Tap tap = Transcript.CODEC.tap(PLAN, Profile.STANDARD);
        tap.keep(text);
        for (String payload : payloads) {
            byte[] bytes = payload.getBytes(StandardCharsets.UTF_8);
            tap.on("", Bytes.of(bytes));
            // Views are valid until the call returns.
            Arrays.fill(bytes, (byte) '#');
        }
    }

    private void whole(String body) {
        WholeTap tap = Transcript.CODEC.wholeTap(PLAN, Profile.STANDARD);
        tap.keep(text);
        tap.adjust(Bytes.of(body));
    }

    private List<String> texts() {
        counted.clear();
        text.tokens();
        return counted;
    }

    private static String chunk(String delta) {
        return chunk(0, delta);
    }

    private static String chunk(int choice, String delta) {
        return "{\"id\":\"c\",\"model\":\"up\",\"choices\":[{\"index\":" + choice + ",\"delta\":" + delta + "}]}";
    }

    @Test
    void aStreamsWordsAndReasoningAreKeptApart() {
        stream(
                chunk("{\"role\":\"assistant\",\"content\":\"\"}"),
                chunk("{\"reasoning_content\":\"Let me\",\"reasoning\":\"Let me\"}"),
                chunk("{\"reasoning_content\":\" think\"}"),
                chunk("{\"content\":\"Hel\"}"),
                chunk("{\"content\":\"lo \\\"you\\\" \\u00e9\\n\"}"),
                "[DONE]");
        assertThat(texts()).containsExactlyInAnyOrder("Let me think", "Hello \"you\" é\n");
    }

    @Test
    void choicesThatAlternateAreKeptApart() {
        stream(chunk(0, "{\"content\":\"a\"}"), chunk(1, "{\"content\":\"x\"}"), chunk(0, "{\"content\":\"b\"}"));
        assertThat(texts()).containsExactlyInAnyOrder("ab", "x");
    }

    @Test
    void toolCallsAreKeptByNameAndArguments() {
        stream(
                chunk(
                        "{\"tool_calls\":[{\"index\":0,\"id\":\"a\",\"function\":{\"name\":\"find\",\"arguments\":\"\"}}]}"),
                chunk("{\"tool_calls\":[{\"index\":0,\"function\":{\"arguments\":\"{\\\"q\\\":\"}}]}"),
                chunk(
                        "{\"tool_calls\":[{\"index\":1,\"id\":\"b\",\"function\":{\"name\":\"look\",\"arguments\":\"{}\"}}]}"),
                chunk("{\"tool_calls\":[{\"index\":0,\"function\":{\"arguments\":\"1}\"}}]}"));
        assertThat(texts()).containsExactlyInAnyOrder("find", "{\"q\":1}", "look", "{}");
    }

    @Test
    void callsThatShareAnIndexAreKeptApart() {
        stream(
                chunk(
                        "{\"tool_calls\":[{\"index\":0,\"id\":\"a\",\"function\":{\"name\":\"f\",\"arguments\":\"{}\"}}]}"),
                chunk(
                        "{\"tool_calls\":[{\"index\":0,\"id\":\"b\",\"function\":{\"name\":\"g\",\"arguments\":\"[]\"}}]}"));
        assertThat(texts()).containsExactlyInAnyOrder("f", "{}", "g", "[]");
    }

    @Test
    void aWholeAnswerIsKept() {
        whole("""
                {"id":"c","model":"m","choices":[
                 {"index":0,"message":{"role":"assistant","content":null,"reasoning":"Hm","tool_calls":[
                  {"id":"a","type":"function","function":{"name":"f","arguments":{"x":1}}},
                  {"id":"b","type":"function","function":{"name":"g","arguments":"{}"}}]},"finish_reason":"tool_calls"},
                 {"index":1,"message":{"content":[{"type":"thinking","thinking":"Th"},{"type":"text","text":"Te"}]}},
                 {"index":2,"message":{"refusal":"No."}}]}""");
        assertThat(texts()).containsExactlyInAnyOrder("Hm", "f", "{\"x\":1}", "g", "{}", "Th", "Te", "No.");
    }

    @Test
    void whatIsNotForwardedIsNotKept() {
        stream(
                chunk("{\"content\":\"a\"}"),
                "{\"choices\":[{\"index\":0,\"message\":{\"content\":\"a\"}}]}",
                "{\"choices\":[{\"index\":0,\"delta\":{\"content\":\"b\"}",
                chunk("{\"content\":\"c\"}"));
        assertThat(texts()).containsExactly("a");
    }

    @Test
    void allIsForgottenOnceTheUsageIsTold() {
        stream(
                chunk("{\"content\":\"a\"}"),
                "{\"choices\":[],\"usage\":{\"prompt_tokens\":7,\"completion_tokens\":2,\"total_tokens\":9}}",
                chunk("{\"content\":\"b\"}"));
        assertThat(text.forgotten()).isTrue();
        assertThat(counted).isEmpty();
    }

    @Test
    void zerosAreNoUsage() {
        stream(
                "{\"choices\":[{\"index\":0,\"delta\":{\"content\":\"a\"}}],\"usage\":{\"prompt_tokens\":0,\"completion_tokens\":0}}",
                "{\"choices\":[{\"index\":0,\"delta\":{\"content\":\"b\"}}],\"usage\":null}");
        assertThat(texts()).containsExactly("ab");
    }

    @Test
    void theUsageOfAWholeAnswerLeavesNothingToKeep() {
        whole("{\"choices\":[{\"message\":{\"content\":\"a\"},\"finish_reason\":\"stop\"}],"
                + "\"usage\":{\"prompt_tokens\":1,\"completion_tokens\":2,\"total_tokens\":3}}");
        assertThat(text.forgotten()).isTrue();
    }
}

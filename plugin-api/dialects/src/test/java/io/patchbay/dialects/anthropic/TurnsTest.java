package io.patchbay.dialects.anthropic;

import static io.patchbay.dialects.anthropic.Written.json;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class TurnsTest {
    private static final String OLD = "claude-sonnet-4-5";
    private static final String USER = "{\"role\":\"user\",\"content\":\"Hi\"}";

    private static String call(String id, String name, String arguments) {
        return "{\"id\":\"" + id + "\",\"type\":\"function\",\"function\":{\"name\":\"" + name + "\",\"arguments\":"
                + arguments + "}}";
    }

    private static String caller(String... calls) {
        return "{\"role\":\"assistant\",\"content\":\"Let me see.\",\"tool_calls\":[" + String.join(",", calls) + "]}";
    }

    private static String result(String id, String text) {
        return "{\"role\":\"tool\",\"tool_call_id\":\"" + id + "\",\"content\":\"" + text + "\"}";
    }

    private static String messages(String... messages) {
        return Written.messages(OLD, "[" + String.join(",", messages) + "]").toJson();
    }

    private static String use(String id, String name, String input) {
        return "{\"type\":\"tool_use\",\"id\":\"" + id + "\",\"name\":\"" + name + "\",\"input\":" + input + "}";
    }

    private static String answer(String id, String content) {
        return "{\"type\":\"tool_result\",\"tool_use_id\":\"" + id + "\",\"content\":" + content + "}";
    }

    private static final String SEE = "{\"type\":\"text\",\"text\":\"Let me see.\"}";

    @Test
    void resultsOfParallelCallsLieInOneTurnBeforeItsText() {
        String calls = caller(call("a", "f", "\"{\\\"x\\\":1}\""), call("b", "g", "\"\""));

        assertThat(messages(
                        USER, calls, result("b", "two"), result("a", "one"), "{\"role\":\"user\",\"content\":\"So?\"}"))
                .isEqualTo("[" + USER + ",{\"role\":\"assistant\",\"content\":[" + SEE + ","
                        + use("a", "f", "{\"x\":1}") + "," + use("b", "g", "{}") + "]},"
                        + "{\"role\":\"user\",\"content\":[" + answer("a", "\"one\"") + "," + answer("b", "\"two\"")
                        + ",{\"type\":\"text\",\"text\":\"So?\"}]}]");
    }

    @Test
    void aResultThatComesLateMovesUpToItsCall() {
        assertThat(messages(
                        USER,
                        caller(call("a", "f", "\"{}\"")),
                        USER,
                        "{\"role\":\"assistant\",\"content\":\"Wait.\"}",
                        result("a", "one"),
                        USER))
                .isEqualTo("[" + USER + ",{\"role\":\"assistant\",\"content\":[" + SEE + "," + use("a", "f", "{}")
                        + "]},{\"role\":\"user\",\"content\":[" + answer("a", "\"one\"")
                        + ",{\"type\":\"text\",\"text\":\"Hi\"}]},{\"role\":\"assistant\",\"content\":\"Wait.\"},"
                        + USER
                        + "]");
    }

    @Test
    void aCallWithoutAResultGetsOne() {
        String missing =
                "{\"type\":\"tool_result\",\"tool_use_id\":\"b\",\"content\":\"(no result)\",\"is_error\":true}";

        assertThat(messages(USER, caller(call("a", "f", "\"{}\""), call("b", "g", "\"{}\"")), result("a", "one")))
                .endsWith("{\"role\":\"user\",\"content\":[" + answer("a", "\"one\"") + "," + missing + "]}]");
        assertThat(messages(USER, caller(call("b", "g", "\"{}\""))))
                .endsWith("{\"role\":\"user\",\"content\":[" + missing + "]}]");
    }

    @Test
    void ofSeveralResultsTheLastOneCounts() {
        assertThat(messages(USER, caller(call("a", "f", "\"{}\"")), result("a", "one"), result("a", "two")))
                .contains(answer("a", "\"two\""))
                .doesNotContain("one");
    }

    @Test
    void aResultWithoutACallBecomesText() {
        assertThat(messages(USER, result("z", "one")))
                .isEqualTo("[{\"role\":\"user\",\"content\":[{\"type\":\"text\",\"text\":\"Hi\"},"
                        + "{\"type\":\"text\",\"text\":\"Tool result (z): one\"}]}]");
    }

    @Test
    void callsAndResultsWithoutIdsArePairedInOrder() {
        String first = messages(
                USER, caller(call("", "f", "\"{}\""), call("", "g", "\"{}\"")), result("", "1"), result("", "2"));

        assertThat(first)
                .contains(answer("call_2_0", "\"1\"") + "," + answer("call_2_1", "\"2\""))
                .contains(use("call_2_0", "f", "{}"));
    }

    @Test
    void anIdThatIsUsedAgainGetsANumber() {
        assertThat(messages(
                        USER,
                        caller(call("a", "f", "\"{}\"")),
                        result("a", "one"),
                        caller(call("a", "f", "\"{}\"")),
                        result("a", "two")))
                .contains(answer("a", "\"one\""))
                .contains(use("a_2", "f", "{}"))
                .contains(answer("a_2", "\"two\""));
    }

    @Test
    void idsLoseWhatTheVendorRefusesAndStayDifferent() {
        String long1 = "x".repeat(70) + "1";
        String written = messages(
                USER,
                caller(
                        call("functions.bash:0", "f", "\"{}\""),
                        call("functions_bash.0", "f", "\"{}\""),
                        call(long1, "f", "\"{}\"")),
                result("functions.bash:0", "one"));

        assertThat(written)
                .containsPattern("\"id\":\"functions_bash_0_[0-9a-f]{8}\"")
                .containsPattern("\"id\":\"x{40}_[0-9a-f]{8}\"")
                .containsPattern("\"tool_use_id\":\"functions_bash_0_[0-9a-f]{8}\",\"content\":\"one\"");
        String again =
                messages(USER, caller(call("functions.bash:0", "f", "\"{}\"")), result("functions.bash:0", "one"));
        String id = again.replaceAll(".*\"id\":\"([^\"]*)\".*", "$1");
        assertThat(written).contains(id);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"{\\\"a\\\":1}\"|{\"a\":1}",
                "\"\"|{}",
                "null|{}",
                "{\"a\":1}|{\"a\":1}",
                "\"{\\\"a\"|{\"_raw\":\"{\\\"a\"}",
                "\"[1,2]\"|{\"value\":[1,2]}",
            })
    void argumentsAreAlwaysAnObject(String arguments, String input) {
        assertThat(messages(USER, caller(call("a", "f", arguments)), result("a", "1")))
                .contains(use("a", "f", input));
    }

    @Test
    void aResultKeepsPicturesErrorsAndCacheMarks() {
        String tool = """
                {"role":"tool","tool_call_id":"a","is_error":true,"content":[{"type":"text","text":"Look"},\
                {"type":"image_url","image_url":{"url":"https://a.example/x.png"}}]}""";
        String cached = """
                {"role":"tool","tool_call_id":"a","content":[{"type":"text","text":"Look","cache_control":{"type":"ephemeral"}}]}""";

        assertThat(messages(USER, caller(call("a", "f", "\"{}\"")), tool)).contains("""
                        {"type":"tool_result","tool_use_id":"a","content":[{"type":"text","text":"Look"},{"type":"image","source":\
                        {"type":"url","url":"https://a.example/x.png"}}],"is_error":true}""");
        assertThat(messages(USER, caller(call("a", "f", "\"{}\"")), cached))
                .contains("\"content\":\"Look\",\"cache_control\":{\"type\":\"ephemeral\"}}");
    }

    @Test
    void neighboursAreJoinedAndEmptyMessagesLeftOut() {
        assertThat(messages(
                        USER,
                        "{\"role\":\"user\",\"content\":\" \"}",
                        "{\"role\":\"assistant\",\"content\":\"\"}",
                        "{\"role\":\"user\",\"content\":\"there\"}"))
                .isEqualTo("[{\"role\":\"user\",\"content\":[{\"type\":\"text\",\"text\":\"Hi\"},"
                        + "{\"type\":\"text\",\"text\":\"there\"}]}]");
    }

    @Test
    void theUserBeginsAlways() {
        assertThat(messages("{\"role\":\"assistant\",\"content\":\"Welcome\"}", USER))
                .isEqualTo("[{\"role\":\"user\",\"content\":\".\"},{\"role\":\"assistant\",\"content\":\"Welcome\"},"
                        + USER + "]");
        assertThat(messages("{\"role\":\"system\",\"content\":\"Tell a joke.\"}"))
                .isEqualTo("[{\"role\":\"user\",\"content\":\"Tell a joke.\"}]");
    }

    @Test
    void whatTheSystemSaysLaterKeepsItsPlace() {
        assertThat(messages(
                        "{\"role\":\"system\",\"content\":\"First\"}",
                        USER,
                        "{\"role\":\"developer\",\"content\":\"Now be brief.\"}"))
                .isEqualTo(
                        "[{\"role\":\"user\",\"content\":[{\"type\":\"text\",\"text\":\"Hi\"},{\"type\":\"text\",\"text\":"
                                + "\"<system-reminder>\\nNow be brief.\\n</system-reminder>\"}]}]");
    }

    @Test
    void aBegunAnswerIsContinuedWhereTheModelCan() {
        String begun = "[" + USER + ",{\"role\":\"assistant\",\"content\":\"The answer is \"}]";

        assertThat(Written.messages(OLD, begun))
                .isEqualTo(json("[" + USER + ",{\"role\":\"assistant\",\"content\":\"The answer is\"}]"));
        assertThat(Written.messages("claude-opus-4-6", begun))
                .isEqualTo(json("[" + USER + ",{\"role\":\"assistant\",\"content\":\"The answer is\"},"
                        + "{\"role\":\"user\",\"content\":\"Continue.\"}]"));
        assertThat(Written.body(OLD, "\"reasoning_effort\":\"low\",\"messages\":" + begun)
                        .elements("messages"))
                .hasSize(3);
    }

    @Test
    void aCacheMarkOfAMessageIsOfItsLastBlock() {
        assertThat(messages("{\"role\":\"user\",\"content\":\"Hi\",\"cache_control\":{\"type\":\"ephemeral\"}}"))
                .isEqualTo("[{\"role\":\"user\",\"content\":[{\"type\":\"text\",\"text\":\"Hi\","
                        + "\"cache_control\":{\"type\":\"ephemeral\"}}]}]");
    }

    @Test
    void aRefusalOfTheAssistantIsItsText() {
        assertThat(messages(USER, "{\"role\":\"assistant\",\"content\":null,\"refusal\":\"No.\"}", USER))
                .contains("{\"role\":\"assistant\",\"content\":\"No.\"}");
    }
}

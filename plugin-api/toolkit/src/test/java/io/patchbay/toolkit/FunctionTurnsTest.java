package io.patchbay.toolkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.spi.json.Json;
import io.patchbay.spi.json.JsonValue;
import io.patchbay.testkit.host.TestChatCall;
import org.junit.jupiter.api.Test;

final class FunctionTurnsTest {
    @Test
    void neighboursAreMergedAndSystemsLeftOut() {
        assertThat(turns("[{\"role\":\"system\",\"content\":\"A\"},{\"role\":\"user\",\"content\":\"1\"},"
                        + "{\"role\":\"user\",\"content\":\"2\"},{\"role\":\"developer\",\"content\":\"B\"}]"))
                .isEqualTo(Json.parse("[{\"role\":\"user\",\"content\":\"1\\n2\"}]"));
    }

    @Test
    void aUserIsFirstAndLast() {
        assertThat(turns("[{\"role\":\"assistant\",\"content\":\"Welcome\"}]"))
                .isEqualTo(Json.parse("[{\"role\":\"user\",\"content\":\".\"},"
                        + "{\"role\":\"assistant\",\"content\":\"Welcome\"},{\"role\":\"user\",\"content\":\".\"}]"));
        assertThat(turns("[{\"role\":\"system\",\"content\":\"A\"}]"))
                .isEqualTo(Json.parse("[{\"role\":\"user\",\"content\":\".\"}]"));
    }

    @Test
    void callsMadeAtOnceAreToldOneAfterTheOther() {
        assertThat(turns("[{\"role\":\"user\",\"content\":\"Q\"},{\"role\":\"assistant\",\"content\":\"wait\","
                        + "\"tool_calls\":[{\"id\":\"1\",\"type\":\"function\",\"function\":{\"name\":\"f\","
                        + "\"arguments\":\"{}\"}},{\"id\":\"2\",\"type\":\"function\",\"function\":{\"name\":\"g\","
                        + "\"arguments\":\"{\\\"a\\\":1}\"}}]},{\"role\":\"tool\",\"tool_call_id\":\"2\","
                        + "\"content\":\"two\"},{\"role\":\"tool\",\"tool_call_id\":\"1\",\"content\":\"one\"}]"))
                .isEqualTo(Json.parse("[{\"role\":\"user\",\"content\":\"Q\"},"
                        + "{\"role\":\"assistant\",\"content\":\"wait\",\"function_call\":{\"name\":\"f\","
                        + "\"arguments\":\"{}\"}},{\"role\":\"function\",\"name\":\"f\",\"content\":\"one\"},"
                        + "{\"role\":\"assistant\",\"content\":\"\",\"function_call\":{\"name\":\"g\","
                        + "\"arguments\":\"{\\\"a\\\":1}\"}},"
                        + "{\"role\":\"function\",\"name\":\"g\",\"content\":\"two\"}]"));
    }

    @Test
    void wordsBehindAnAnswerOfAFunctionWaitForTheAssistant() {
        assertThat(turns("[{\"role\":\"assistant\",\"tool_calls\":[{\"id\":\"1\",\"type\":\"function\",\"function\":"
                        + "{\"name\":\"f\",\"arguments\":\"{}\"}}]},{\"role\":\"user\",\"content\":\"and?\"}]"))
                .isEqualTo(Json.parse("[{\"role\":\"user\",\"content\":\".\"},{\"role\":\"assistant\",\"content\":\"\","
                        + "\"function_call\":{\"name\":\"f\",\"arguments\":\"{}\"}},{\"role\":\"function\",\"name\":\"f\","
                        + "\"content\":\".\"},{\"role\":\"assistant\",\"content\":\".\"},"
                        + "{\"role\":\"user\",\"content\":\"and?\"}]"));
    }

    @Test
    void anAnswerOfAToolNobodyCalledIsSaidByTheUser() {
        assertThat(turns("[{\"role\":\"tool\",\"tool_call_id\":\"9\",\"content\":\"17\"}]"))
                .isEqualTo(Json.parse("[{\"role\":\"user\",\"content\":\"[result of the tool] 17\"}]"));
    }

    private static JsonValue turns(String messages) {
        return FunctionTurns.of(TestChatCall.of("{\"model\":\"m\",\"messages\":" + messages + "}")
                .request()
                .messages());
    }
}

package io.patchbay.toolkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.spi.json.Json;
import io.patchbay.spi.json.JsonObject;
import io.patchbay.testkit.host.TestChatCall;
import io.patchbay.testkit.host.TestTurn;
import java.time.Instant;
import org.junit.jupiter.api.Test;

final class RequestFieldsTest {
    private static RequestFields chat(String members) {
        return RequestFields.of(TestChatCall.of(
                        "{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]," + members + "}")
                .request());
    }

    @Test
    void whatNobodyTookIsToldInOrder() {
        RequestFields fields = chat("\"top_p\":0.5,\"seed\":7,\"size\":\"1x1\",\"tools\":[{\"type\":\"function\","
                + "\"function\":{\"name\":\"f\"}}]");
        fields.take("seed");
        fields.lose("messages.image_url");

        assertThat(fields.rest()).containsExactly("messages.image_url", "size", "tools", "top_p");
        TestTurn<Object> turn = new TestTurn<>(Instant.EPOCH, 1);
        fields.reportRest(turn);
        assertThat(turn.dropped()).isEqualTo(fields.rest());
    }

    @Test
    void whatAsksForNothingSpecialIsNotMissed() {
        assertThat(chat("\"n\":1,\"presence_penalty\":0,\"user\":null,\"stream_options\":{}")
                        .rest())
                .isEmpty();
        assertThat(chat("\"n\":2").rest()).containsExactly("n");
    }

    @Test
    void settingsOfOtherCallsAreReadAlike() {
        RequestFields fields = RequestFields.of(Json.parse("{\"size\":\"1024x1024\",\"n\":1,\"quality\":\"high\"}")
                .asObject());

        assertThat(fields.text("size")).isEqualTo("1024x1024");
        assertThat(fields.rest()).containsExactly("quality");
    }

    @Test
    void stopSequencesBeyondTheMostAreLost() {
        RequestFields fields = chat("\"stop\":[\"a\",\"b\",\"c\"]");

        assertThat(fields.stopList(2)).isEqualTo(Json.parse("[\"a\",\"b\"]"));
        assertThat(fields.rest()).containsExactly("stop");
        assertThat(chat("\"stop\":\"a\"").stopList(2)).isEqualTo(Json.parse("[\"a\"]"));
        assertThat(chat("\"n\":1").stopList(2)).isNull();
    }

    @Test
    void functionsAreLeftOutWhereNoneIsToBeCalled() {
        String tools = "\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"f\"}}]";
        RequestFields open = chat(tools);
        RequestFields none = chat(tools + ",\"tool_choice\":\"none\"");
        RequestFields forced = chat(tools + ",\"tool_choice\":\"required\"");

        assertThat(open.functions(tool ->
                        Json.parse("{\"called\":\"" + tool.name() + "\"}").asObject()))
                .isEqualTo(Json.parse("[{\"called\":\"f\"}]"));
        assertThat(open.rest()).isEmpty();
        assertThat(none.functions(tool -> JsonObject.EMPTY)).isNull();
        assertThat(none.rest()).isEmpty();
        assertThat(forced.functions(tool -> JsonObject.EMPTY)).isEqualTo(Json.parse("[{}]"));
        assertThat(forced.rest()).containsExactly("tool_choice");
    }

    @Test
    void ofAFormatOnlyTheSchemaIsLost() {
        RequestFields schema = chat("\"response_format\":{\"type\":\"json_schema\"}");
        RequestFields object = chat("\"response_format\":{\"type\":\"json_object\"}");
        RequestFields text = chat("\"response_format\":{\"type\":\"text\"}");

        assertThat(schema.jsonFormat()).isEqualTo(Json.parse("{\"type\":\"json_object\"}"));
        assertThat(schema.rest()).containsExactly("response_format");
        assertThat(object.jsonFormat()).isEqualTo(Json.parse("{\"type\":\"json_object\"}"));
        assertThat(object.rest()).isEmpty();
        assertThat(text.jsonFormat()).isNull();
        assertThat(text.rest()).isEmpty();
    }
}

package io.patchbay.dialects.openai;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.dialects.wire.WireBody;
import io.patchbay.spi.Dialect;
import io.patchbay.spi.chat.ChatMessage;
import io.patchbay.spi.chat.ChatRequest;
import io.patchbay.spi.chat.ContentPart;
import io.patchbay.spi.json.Json;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class RequestTest {
    private static ChatRequest read(String body) {
        return Transcript.CODEC.readRequest(WireBody.read(Dialect.OPENAI_CHAT, body.getBytes(StandardCharsets.UTF_8)));
    }

    private static String written(String body, boolean stream) {
        return Transcript.CODEC.writeRequest(read(body), "up", stream).toJson();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"model\":\"up\",\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}",
                "{\"model\":\"up\",\"messages\":[{\"role\":\"developer\",\"content\":\"x\",\"name\":\"n\"},{\"role\":\"user\",\"content\":"
                        + "[{\"type\":\"text\",\"text\":\"a\",\"cache_control\":{\"type\":\"ephemeral\"}}]}],\"temperature\":1.0,\"seed\":12345678901234567890,\"x\":{\"y\":[1]}}",
                "{\"model\":\"up\",\"messages\":[{\"role\":\"user\",\"content\":[{\"type\":\"text\",\"text\":\"a\"},{\"type\":\"image_url\",\"image_url\":{\"url\":\"data:image/png;base64,AA==\",\"detail\":\"low\"}},"
                        + "{\"type\":\"input_audio\",\"input_audio\":{\"data\":\"UklG\",\"format\":\"wav\"}},{\"type\":\"file\",\"file\":{\"file_id\":\"f\"}}]}]}",
                "{\"model\":\"up\",\"messages\":[{\"role\":\"assistant\",\"content\":null,\"tool_calls\":[{\"id\":\"a\",\"type\":\"function\",\"function\":{\"name\":\"f\",\"arguments\":\"{bad\"}}],\"reasoning_content\":\"r\"},"
                        + "{\"role\":\"tool\",\"content\":\"42\",\"tool_call_id\":\"a\"}],\"tool_choice\":{\"type\":\"function\",\"function\":{\"name\":\"f\"}},\"parallel_tool_calls\":false,"
                        + "\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"f\",\"description\":\"d\",\"parameters\":{\"type\":\"object\"},\"strict\":true},\"vendor\":1}]}",
                "{\"model\":\"up\",\"messages\":[{\"role\":\"assistant\",\"content\":null,\"tool_calls\":[{\"id\":\"a\",\"type\":\"custom\",\"custom\":{\"name\":\"run\",\"input\":\"print(1)\"}}]}],"
                        + "\"tools\":[{\"type\":\"custom\",\"custom\":{\"name\":\"run\"}}]}",
            })
    void writesWhatItRead(String body) {
        assertThat(written(body, false)).isEqualTo(body);
    }

    @Test
    void readsTheCommonSettings() {
        ChatRequest request = read(
                "{\"model\":\"pub\",\"stream\":true,\"max_tokens\":5,\"max_completion_tokens\":7,\"temperature\":0.5,"
                        + "\"stop\":\"x\",\"messages\":[],\"stream_options\":{\"include_usage\":true}}");
        assertThat(request.maxTokens()).isEqualTo(7);
        assertThat(request.number("temperature")).isEqualTo(0.5);
        assertThat(request.stop()).containsExactly("x");
        assertThat(request.settings().members())
                .containsOnlyKeys("max_tokens", "max_completion_tokens", "temperature", "stop", "stream_options");
        assertThat(request.messages()).isEmpty();
    }

    @Test
    void writesTheStreamFlagAndItsOptionsTogether() {
        String body = "{\"model\":\"pub\",\"messages\":[],\"stream\":true,\"stream_options\":{\"include_usage\":true}}";
        assertThat(written(body, true))
                .isEqualTo(
                        "{\"model\":\"up\",\"messages\":[],\"stream_options\":{\"include_usage\":true},\"stream\":true}");
        assertThat(written(body, false)).isEqualTo("{\"model\":\"up\",\"messages\":[]}");
    }

    @Test
    void leavesOutAToolChoiceWithoutTools() {
        assertThat(written(
                        "{\"messages\":[],\"tools\":[],\"tool_choice\":\"auto\",\"parallel_tool_calls\":true}", false))
                .isEqualTo("{\"model\":\"up\",\"messages\":[]}");
    }

    @Test
    void convertsFunctionsToTools() {
        ChatRequest request = read("""
                {"functions":[{"name":"f","description":"d","parameters":{"type":"object"}}],"function_call":{"name":"f"},
                 "messages":[{"role":"user","content":"q"},
                  {"role":"assistant","content":null,"function_call":{"name":"f","arguments":"{}"}},
                  {"role":"function","name":"f","content":"1"},
                  {"role":"assistant","content":null,"function_call":{"name":"f","arguments":{"x":1}}},
                  {"role":"function","name":"f","content":"2"}]}""");
        assertThat(request.tools()).singleElement().satisfies(tool -> {
            assertThat(tool.name()).isEqualTo("f");
            assertThat(tool.description()).isEqualTo("d");
            assertThat(tool.raw().toJson()).startsWith("{\"type\":\"function\",\"function\":{\"name\":\"f\"");
        });
        assertThat(request.toolChoice()).isEqualTo(Json.parse("{\"type\":\"function\",\"function\":{\"name\":\"f\"}}"));
        assertThat(request.messages())
                .extracting(ChatMessage::role)
                .containsExactly("user", "assistant", "tool", "assistant", "tool");
        assertThat(request.messages().get(2).toolCallId())
                .isEqualTo(request.messages().get(1).toolCalls().getFirst().id());
        assertThat(request.messages().get(4).toolCallId())
                .isEqualTo(request.messages().get(3).toolCalls().getFirst().id())
                .isNotEqualTo(request.messages().get(2).toolCallId());
        assertThat(request.messages().get(3).toolCalls().getFirst().arguments()).isEqualTo("{\"x\":1}");
        assertThat(read("{\"functions\":[{\"name\":\"f\"}],\"function_call\":\"none\"}")
                        .toolChoice())
                .isEqualTo(Json.parse("\"none\""));
    }

    @Test
    void putsCommonMistakesRight() {
        ChatRequest request = read(
                "{\"messages\":[\"bare\",{\"content\":\"no role\"},7,null,{\"role\":\"user\",\"content\":"
                        + "[\"text\",{\"type\":\"image_url\",\"image_url\":\"https://e.org/a.png\"},5]},"
                        + "{\"role\":\"user\",\"content\":{\"type\":\"text\",\"text\":\"lone part\"}},"
                        + "{\"role\":\"assistant\",\"tool_calls\":[{\"id\":\"a\",\"function\":{\"name\":\"f\",\"arguments\":{\"x\":1}}},{}]}]}");
        assertThat(request.messages())
                .extracting(ChatMessage::text)
                .containsExactly("bare", "no role", "text", "lone part", "");
        assertThat(request.messages().get(2).parts())
                .extracting(ContentPart::kind)
                .containsExactly("text", "image");
        assertThat(Transcript.CODEC
                        .writeRequest(request, "m", false)
                        .at("messages", 2, "content", 1, "image_url")
                        .toJson())
                .isEqualTo("{\"url\":\"https://e.org/a.png\"}");
        assertThat(request.messages().get(4).toolCalls())
                .extracting(ChatMessage.ToolCall::arguments)
                .containsExactly("{\"x\":1}");
    }

    @Test
    void takesATextForMessages() {
        assertThat(read("{\"messages\":\"Hi\"}").messages()).singleElement().satisfies(message -> {
            assertThat(message.role()).isEqualTo("user");
            assertThat(message.text()).isEqualTo("Hi");
        });
        assertThat(read("{}").messages()).isEmpty();
    }

    @Test
    void writesAnEmptyMessageAsAnEmptyText() {
        assertThat(written("{\"messages\":[{\"role\":\"assistant\",\"content\":null}]}", false))
                .contains("\"content\":\"\"");
    }
}

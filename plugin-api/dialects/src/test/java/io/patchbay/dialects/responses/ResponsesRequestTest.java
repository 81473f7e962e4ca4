package io.patchbay.dialects.responses;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.dialects.openai.OpenAiChatCodec;
import io.patchbay.dialects.wire.WireBody;
import io.patchbay.spi.Dialect;
import io.patchbay.spi.chat.ChatRequest;
import io.patchbay.spi.json.Json;
import io.patchbay.spi.json.JsonObject;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

final class ResponsesRequestTest {
    private static ChatRequest request(String members) {
        String body = "{\"model\":\"m\"," + members + "}";
        return new OpenAiChatCodec()
                .readRequest(WireBody.read(Dialect.OPENAI_CHAT, body.getBytes(StandardCharsets.UTF_8)));
    }

    private static JsonObject written(String members) {
        return new ResponsesCodec().writeRequest(request(members), "gpt-5.5-pro", true);
    }

    @Test
    void writesAConversationWithToolsAndSealedThoughts() {
        assertThat(written(
                        "\"messages\":[{\"role\":\"system\",\"content\":\"Be brief.\"},{\"role\":\"user\",\"content\":["
                                + "{\"type\":\"text\",\"text\":\"What?\"},{\"type\":\"image_url\",\"image_url\":"
                                + "{\"url\":\"https://a.example/b.png\",\"detail\":\"low\"}}]},"
                                + "{\"role\":\"assistant\",\"content\":\"Hm\",\"tool_calls\":[{\"id\":\"c\",\"type\":\"function\","
                                + "\"function\":{\"name\":\"w\",\"arguments\":\"{}\"}}],\"reasoning_details\":["
                                + "{\"type\":\"reasoning.encrypted\",\"encrypted_content\":\"gA\"},{\"type\":\"reasoning.text\","
                                + "\"text\":\"open\"}]},{\"role\":\"tool\",\"tool_call_id\":\"c\",\"content\":\"17\"}],"
                                + "\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"w\",\"parameters\":{\"type\":\"object\"}}}],"
                                + "\"tool_choice\":{\"type\":\"function\",\"function\":{\"name\":\"w\"}},\"max_tokens\":5,"
                                + "\"reasoning_effort\":\"high\",\"response_format\":{\"type\":\"json_schema\",\"json_schema\":"
                                + "{\"name\":\"n\",\"schema\":{}}}"))
                .isEqualTo(Json.parse("{\"model\":\"gpt-5.5-pro\",\"input\":["
                        + "{\"type\":\"message\",\"role\":\"developer\",\"content\":[{\"type\":\"input_text\",\"text\":\"Be brief.\"}]},"
                        + "{\"type\":\"message\",\"role\":\"user\",\"content\":[{\"type\":\"input_text\",\"text\":\"What?\"},"
                        + "{\"type\":\"input_image\",\"image_url\":\"https://a.example/b.png\",\"detail\":\"low\"}]},"
                        + "{\"type\":\"reasoning\",\"summary\":[],\"encrypted_content\":\"gA\"},"
                        + "{\"type\":\"message\",\"role\":\"assistant\",\"content\":[{\"type\":\"output_text\",\"text\":\"Hm\"}]},"
                        + "{\"type\":\"function_call\",\"call_id\":\"c\",\"name\":\"w\",\"arguments\":\"{}\"},"
                        + "{\"type\":\"function_call_output\",\"call_id\":\"c\",\"output\":\"17\"}],"
                        + "\"max_output_tokens\":16,\"text\":{\"format\":{\"type\":\"json_schema\",\"name\":\"n\",\"schema\":{}}},"
                        + "\"tools\":[{\"type\":\"function\",\"name\":\"w\",\"parameters\":{\"type\":\"object\"},\"strict\":false}],"
                        + "\"tool_choice\":{\"type\":\"function\",\"name\":\"w\"},"
                        + "\"reasoning\":{\"effort\":\"high\",\"summary\":\"auto\"},\"store\":false,"
                        + "\"include\":[\"reasoning.encrypted_content\"],\"stream\":true}"));
    }

    @Test
    void tellsWhichFieldsHaveNoPlace() {
        ChatRequest request =
                request("\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}],\"seed\":1,\"n\":1,\"stop\":[\"x\"],"
                        + "\"presence_penalty\":0,\"frequency_penalty\":0.5,\"temperature\":0.2,\"logit_bias\":null");

        assertThat(new ResponsesCodec().unmapped(request, "m")).containsExactly("frequency_penalty", "seed", "stop");
    }

    @Test
    void aFieldThatOnlyMakesSenseWithToolsIsLeftOutWithoutThem() {
        assertThat(written("\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}],\"parallel_tool_calls\":false,"
                                + "\"tool_choice\":\"auto\"")
                        .members())
                .doesNotContainKeys("parallel_tool_calls", "tool_choice", "tools");
    }
}

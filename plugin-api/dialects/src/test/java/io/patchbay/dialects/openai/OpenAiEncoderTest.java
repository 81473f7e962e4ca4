package io.patchbay.dialects.openai;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.dialects.ChatEncoder;
import io.patchbay.dialects.ClientPlan;
import io.patchbay.dialects.frame.FrameOut;
import io.patchbay.spi.Usage;
import io.patchbay.spi.chat.ChatEvent;
import io.patchbay.spi.json.Json;
import io.patchbay.spi.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class OpenAiEncoderTest {
    private static final ClientPlan ASKED = new ClientPlan("pub/\"x\"", true, "chatcmpl-1", 7);
    private static final ClientPlan NOT_ASKED = new ClientPlan("pub", false, "chatcmpl-1", 7);

    private static List<String> chunks(ClientPlan plan, ChatEvent... events) {
        ChatEncoder encoder = Transcript.CODEC.encoder(plan);
        FrameOut out = new FrameOut();
        for (ChatEvent event : events) {
            encoder.on(event, out);
        }
        encoder.tail(Usage.of(2, 3), out);
        List<String> chunks = new ArrayList<>();
        for (String frame : new String(Transcript.bytes(out), java.nio.charset.StandardCharsets.UTF_8).split("\n\n")) {
            chunks.add(frame.substring(6));
        }
        return chunks;
    }

    private static String choice(String chunk) {
        return Json.parse(chunk).at("choices", 0).toJson();
    }

    @Test
    void writesAStreamAsOpenAiDoes() {
        assertThat(chunks(
                        ASKED,
                        new ChatEvent.Started("up", "up"),
                        new ChatEvent.Text("Hel"),
                        new ChatEvent.Text("lo"),
                        new ChatEvent.Finish("stop"),
                        new ChatEvent.Used(Usage.of(9, 9))))
                .containsExactly(
                        chunk(
                                "[{\"index\":0,\"delta\":{\"role\":\"assistant\",\"content\":\"\",\"refusal\":null},\"logprobs\":null,\"finish_reason\":null}]",
                                "null"),
                        chunk(
                                "[{\"index\":0,\"delta\":{\"content\":\"Hel\"},\"logprobs\":null,\"finish_reason\":null}]",
                                "null"),
                        chunk(
                                "[{\"index\":0,\"delta\":{\"content\":\"lo\"},\"logprobs\":null,\"finish_reason\":null}]",
                                "null"),
                        chunk("[{\"index\":0,\"delta\":{},\"logprobs\":null,\"finish_reason\":\"stop\"}]", "null"),
                        chunk(
                                "[]",
                                "{\"prompt_tokens\":2,\"completion_tokens\":3,\"total_tokens\":5,\"prompt_tokens_details\":{\"cached_tokens\":0},\"completion_tokens_details\":{\"reasoning_tokens\":0}}"),
                        "[DONE]");
    }

    private static String chunk(String choices, String usage) {
        return "{\"id\":\"chatcmpl-1\",\"object\":\"chat.completion.chunk\",\"created\":7,\"model\":\"pub/\\\"x\\\"\",\"choices\":"
                + choices + ",\"usage\":" + usage + "}";
    }

    @Test
    void writesNoUsageUnlessAsked() {
        List<String> chunks = chunks(NOT_ASKED, new ChatEvent.Text("a"), new ChatEvent.Finish("stop"));
        assertThat(chunks).hasSize(4).noneMatch(chunk -> chunk.contains("usage"));
    }

    @Test
    void writesNothingBeforeContent() {
        FrameOut out = new FrameOut();
        ChatEncoder encoder = Transcript.CODEC.encoder(ASKED);
        encoder.on(new ChatEvent.Started("a", "b"), out);
        encoder.on(new ChatEvent.Used(Usage.NONE), out);
        encoder.on(new ChatEvent.Text(""), out);
        assertThat(out.isEmpty()).isTrue();
    }

    @Test
    void writesToolCalls() {
        List<String> chunks = chunks(
                NOT_ASKED,
                new ChatEvent.ToolCallPiece(0, 0, "call_a", "f", ""),
                new ChatEvent.ToolCallPiece(0, 0, null, null, "{\"x\":"),
                new ChatEvent.ToolCallPiece(0, 0, null, null, ""),
                new ChatEvent.ToolCallPiece(0, 0, null, null, "1}"),
                new ChatEvent.ToolCallPiece(0, 1, "call_b", "g", "{}"),
                new ChatEvent.Finish("tool_calls"));
        assertThat(chunks.stream().limit(6).map(OpenAiEncoderTest::choice))
                .containsExactly(
                        "{\"index\":0,\"delta\":{\"role\":\"assistant\",\"content\":null},\"logprobs\":null,\"finish_reason\":null}",
                        "{\"index\":0,\"delta\":{\"tool_calls\":[{\"index\":0,\"id\":\"call_a\",\"type\":\"function\",\"function\":{\"name\":\"f\",\"arguments\":\"\"}}]},\"logprobs\":null,\"finish_reason\":null}",
                        "{\"index\":0,\"delta\":{\"tool_calls\":[{\"index\":0,\"function\":{\"arguments\":\"{\\\"x\\\":\"}}]},\"logprobs\":null,\"finish_reason\":null}",
                        "{\"index\":0,\"delta\":{\"tool_calls\":[{\"index\":0,\"function\":{\"arguments\":\"1}\"}}]},\"logprobs\":null,\"finish_reason\":null}",
                        "{\"index\":0,\"delta\":{\"tool_calls\":[{\"index\":1,\"id\":\"call_b\",\"type\":\"function\",\"function\":{\"name\":\"g\",\"arguments\":\"{}\"}}]},\"logprobs\":null,\"finish_reason\":null}",
                        "{\"index\":0,\"delta\":{},\"logprobs\":null,\"finish_reason\":\"tool_calls\"}");
    }

    @Test
    void givesAnIdToACallThatHasNone() {
        List<String> chunks = chunks(NOT_ASKED, new ChatEvent.ToolCallPiece(0, 0, null, "f", "{}"));
        assertThat(Json.parse(chunks.get(1))
                        .at("choices", 0, "delta", "tool_calls", 0, "id")
                        .string())
                .matches("call_[A-Za-z0-9]{24}");
    }

    @Test
    void writesSeveralChoices() {
        List<String> chunks = chunks(
                NOT_ASKED,
                new ChatEvent.Text(0, "A"),
                new ChatEvent.Text(11, "B"),
                new ChatEvent.Finish(11, "length"),
                new ChatEvent.Finish(0, "stop"),
                new ChatEvent.Finish(0, "length"));
        assertThat(chunks).hasSize(7);
        assertThat(choice(chunks.get(2))).contains("\"index\":11").contains("\"role\":\"assistant\"");
        assertThat(choice(chunks.get(4))).contains("\"index\":11").contains("\"finish_reason\":\"length\"");
        assertThat(choice(chunks.get(5))).contains("\"index\":0").contains("\"finish_reason\":\"stop\"");
    }

    @Test
    void writesReasoningRefusalAndExtras() {
        List<String> chunks = chunks(
                NOT_ASKED,
                new ChatEvent.Reasoning("Hm"),
                new ChatEvent.Refusal(0, "No"),
                new ChatEvent.Extra(
                        0,
                        Json.parse("{\"logprobs\":{\"content\":[]},\"audio\":{\"id\":\"a\"}}")
                                .asObject()),
                new ChatEvent.Extra(
                        0, Json.parse("{\"logprobs\":{\"content\":[]}}").asObject()),
                new ChatEvent.Extra(0, JsonObject.EMPTY));
        assertThat(choice(chunks.get(1))).contains("\"delta\":{\"reasoning_content\":\"Hm\"}");
        assertThat(choice(chunks.get(2))).contains("\"delta\":{\"refusal\":\"No\"}");
        assertThat(choice(chunks.get(3)))
                .contains("\"delta\":{\"audio\":{\"id\":\"a\"}},\"logprobs\":{\"content\":[]},\"finish_reason\":null");
        assertThat(choice(chunks.get(4))).contains("\"delta\":{},\"logprobs\":{\"content\":[]}");
    }

    @Test
    void writesTheRoleBeforeALoneFinish() {
        List<String> chunks = chunks(NOT_ASKED, new ChatEvent.Finish("content_filter"));
        assertThat(choice(chunks.get(0))).contains("\"role\":\"assistant\"");
        assertThat(choice(chunks.get(1))).contains("content_filter");
    }

    @ParameterizedTest
    @CsvSource({
        "stop,stop",
        "length,length",
        "tool_calls,tool_calls",
        "content_filter,content_filter",
        "max_tokens,length",
        "tool_use,tool_calls",
        "SAFETY,content_filter",
        "eos,stop",
        "whatever,stop"
    })
    void writesOnlyFinishWordsThatClientsKnow(String reason, String written) {
        List<String> chunks = chunks(NOT_ASKED, new ChatEvent.Finish(reason));
        assertThat(Json.parse(chunks.get(1)).at("choices", 0).string("finish_reason"))
                .isEqualTo(written);
    }

    @Test
    void keepsTheVendorsUsageDetailsWhenTheySayTheSame() {
        JsonObject raw = Json.parse("{\"prompt_tokens\":1,\"completion_tokens\":2,\"total_tokens\":3,\"x\":1}")
                .asObject();
        assertThat(UsageJson.write(UsageJson.read(raw))).isEqualTo(raw);
        assertThat(UsageJson.write(Usage.builder().input(1).output(5).raw(raw).build())
                        .toJson())
                .startsWith("{\"prompt_tokens\":1,\"completion_tokens\":5,\"total_tokens\":6,");
    }
}

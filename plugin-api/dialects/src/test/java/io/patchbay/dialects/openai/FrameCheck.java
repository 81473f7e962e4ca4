package io.patchbay.dialects.openai;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.patchbay.dialects.ClientPlan;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** What every stream to a client must look like, whoever wrote it. */
final class FrameCheck {
    private static final ObjectMapper JSON = new ObjectMapper();

    private FrameCheck() {}

    static void check(byte[] stream, ClientPlan plan, boolean complete) {
        String text = new String(stream, StandardCharsets.UTF_8);
        if (!text.isEmpty()) {
            assertThat(text).endsWith("\n\n").doesNotContain("\r", "\nid:", "\n\n\n");
        }
        List<String> frames = text.isEmpty() ? List.of() : List.of(text.split("\n\n"));
        for (String frame : frames) {
            assertThat(frame).startsWith("data: ").doesNotContain("\n");
        }
        if (!complete) {
            assertThat(text).doesNotContain("[DONE]\n");
            return;
        }
        assertThat(frames.getLast()).isEqualTo("data: [DONE]");
        assertThat(frames.stream().filter(frame -> frame.contains("[DONE]")).count())
                .isEqualTo(1);
        int usages = 0;
        for (String frame : frames.subList(0, frames.size() - 1)) {
            JsonNode chunk = parse(frame.substring(6));
            assertThat(chunk.path("choices").isArray()).isTrue();
            if (chunk.has("model")) {
                assertThat(chunk.get("model").asText()).isEqualTo(plan.publicModel());
            }
            if (chunk.path("usage").isObject()) {
                usages++;
                assertThat(chunk.get("choices")).isEmpty();
            } else {
                assertThat(chunk.get("choices")).isNotEmpty();
            }
            for (JsonNode choice : chunk.get("choices")) {
                assertThat(choice.path("delta").isObject()).isTrue();
                assertThat(choice.path("delta").path("role").asText("assistant"))
                        .isEqualTo("assistant");
            }
        }
        assertThat(usages).isEqualTo(plan.usageAsked() ? 1 : 0);
    }

    private static JsonNode parse(String json) {
        try {
            return JSON.readTree(json);
        } catch (JsonProcessingException e) {
            throw new AssertionError("no JSON: " + json, e);
        }
    }
}

package io.patchbay.benchmarks.upstream;

import io.patchbay.benchmarks.upstream.Script.Write;
import java.util.List;

/** Streamed messages as Anthropic's API writes them. */
final class ClaudeAnswers {
    private ClaudeAnswers() {}

    /** Returns a stream of so many words, the same as {@link OpenAiAnswers#stream}. */
    static List<Write> stream(int chunks) {
        Http.Events events = new Http.Events();
        events.event(event(
                "message_start",
                "{\"type\":\"message_start\",\"message\":{\"model\":\"claude-haiku-4-5-20251001\","
                        + "\"id\":\"msg_01Q7vXk2Lq7YfT3mR9wN5cJd\",\"type\":\"message\",\"role\":\"assistant\","
                        + "\"content\":[],\"stop_reason\":null,\"stop_sequence\":null,\"usage\":{\"input_tokens\":19,"
                        + "\"cache_creation_input_tokens\":0,\"cache_read_input_tokens\":0,\"output_tokens\":1,"
                        + "\"service_tier\":\"standard\"}}}"));
        events.event(event(
                "content_block_start",
                "{\"type\":\"content_block_start\",\"index\":0,\"content_block\":{\"type\":\"text\",\"text\":\"\"}}"));
        events.event(event("ping", "{\"type\": \"ping\"}"));
        Words words = new Words(2);
        for (int i = 0; i < chunks; i++) {
            events.content(event(
                    "content_block_delta",
                    "{\"type\":\"content_block_delta\",\"index\":0,\"delta\":{\"type\":\"text_delta\",\"text\":\""
                            + (i == 0 ? "" : " ") + words.next() + "\"}}"));
        }
        events.event(event("content_block_stop", "{\"type\":\"content_block_stop\",\"index\":0}"));
        events.event(event(
                "message_delta",
                "{\"type\":\"message_delta\",\"delta\":{\"stop_reason\":\"end_turn\",\"stop_sequence\":null},"
                        + "\"usage\":{\"input_tokens\":19,\"cache_creation_input_tokens\":0,"
                        + "\"cache_read_input_tokens\":0,\"output_tokens\":" + chunks + "}}"));
        return events.last(event("message_stop", "{\"type\":\"message_stop\"}"));
    }

    private static String event(String type, String data) {
        return "event: " + type + "\ndata: " + data + "\n\n";
    }
}

package io.patchbay.benchmarks.upstream;

import io.patchbay.benchmarks.upstream.Script.Write;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Chat completions as OpenAI's API writes them. */
final class OpenAiAnswers {
    private static final String ID = "chatcmpl-CkV3mYp9TqX2rWbL8sNf4HdJ7uGz1";
    private static final String MODEL = "gpt-5.4-mini-2026-03-17";
    private static final int PLAIN_TEXT = 160;

    private OpenAiAnswers() {}

    /** Returns a whole completion of about 700 bytes. */
    static byte[] plain() {
        String body = """
                {
                  "id": "%s",
                  "object": "chat.completion",
                  "created": 1795651200,
                  "model": "%s",
                  "choices": [
                    {
                      "index": 0,
                      "message": {
                        "role": "assistant",
                        "content": "%s",
                        "refusal": null
                      },
                      "finish_reason": "stop"
                    }
                  ],
                  "usage": {
                    "prompt_tokens": 19,
                    "completion_tokens": 35,
                    "total_tokens": 54,
                    "prompt_tokens_details": {"cached_tokens": 0},
                    "completion_tokens_details": {"reasoning_tokens": 0}
                  },
                  "service_tier": "default"
                }
                """.formatted(ID, MODEL, new Words(1).text(PLAIN_TEXT));
        return Http.whole(200, "OK", "application/json", body.getBytes(StandardCharsets.UTF_8));
    }

    /** Returns a stream: the role, so many words, the finish, the usage, the end marker. */
    static List<Write> stream(int chunks) {
        Http.Events events = new Http.Events();
        events.event(chunk("{\"role\":\"assistant\",\"content\":\"\",\"refusal\":null}", "null", "null"));
        Words words = new Words(2);
        for (int i = 0; i < chunks; i++) {
            events.content(chunk("{\"content\":\"" + (i == 0 ? "" : " ") + words.next() + "\"}", "null", "null"));
        }
        events.event(chunk("{}", "\"stop\"", "null"));
        events.event(head() + "\"choices\":[],\"usage\":{\"prompt_tokens\":19,\"completion_tokens\":" + chunks
                + ",\"total_tokens\":" + (19 + chunks)
                + ",\"prompt_tokens_details\":{\"cached_tokens\":0,\"audio_tokens\":0},"
                + "\"completion_tokens_details\":{\"reasoning_tokens\":0,\"audio_tokens\":0}}}\n\n");
        return events.last("data: [DONE]\n\n");
    }

    private static String head() {
        return "data: {\"id\":\"" + ID + "\",\"object\":\"chat.completion.chunk\",\"created\":1795651200,\"model\":\""
                + MODEL + "\",\"service_tier\":\"default\",";
    }

    private static String chunk(String delta, String finish, String usage) {
        return head() + "\"choices\":[{\"index\":0,\"delta\":" + delta + ",\"finish_reason\":" + finish
                + "}],\"usage\":" + usage + "}\n\n";
    }
}

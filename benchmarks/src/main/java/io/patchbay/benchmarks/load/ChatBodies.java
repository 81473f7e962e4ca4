package io.patchbay.benchmarks.load;

import io.patchbay.benchmarks.upstream.Words;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Requests for chats in OpenAI's format. */
public final class ChatBodies {
    private static final int VARIANTS = 16;
    private static final int SMALL = 60;

    private ChatBodies() {}

    /** Returns requests with a short question. */
    public static List<byte[]> small(String model, boolean stream) {
        return ofSize(model, stream, SMALL, VARIANTS);
    }

    /**
     * Returns different requests with so much text.
     *
     * @param bytes of the prompt
     * @param count how many different ones
     */
    public static List<byte[]> ofSize(String model, boolean stream, int bytes, int count) {
        List<byte[]> bodies = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            String text = new Words(100 + i).text(bytes);
            String body = "{\"model\":\"" + model + "\",\"messages\":[{\"role\":\"system\",\"content\":"
                    + "\"You are a helpful assistant.\"},{\"role\":\"user\",\"content\":\"" + text
                    + "\"}],\"temperature\":0.7,\"max_completion_tokens\":256"
                    + (stream ? ",\"stream\":true,\"stream_options\":{\"include_usage\":true}" : "") + "}";
            bodies.add(body.getBytes(StandardCharsets.UTF_8));
        }
        return bodies;
    }
}

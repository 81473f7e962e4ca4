package io.patchbay.relay.openai;

import io.patchbay.dialects.Tally;
import io.patchbay.spi.chat.Wire;
import io.patchbay.spi.json.JsonString;
import io.patchbay.spi.json.JsonValue;
import java.util.Map;

/**
 * Estimates the input tokens of a request before it is sent, for the reservation. Pictures and files inside the request
 * count as a flat number each: as text their base64 would be priced a hundredfold.
 */
final class InputEstimate {
    private static final int MEDIA_TOKENS = 800;
    private static final int PER_MESSAGE = 4;

    private final Tally tally = new Tally();
    private long flat = 3;

    private InputEstimate() {}

    /** Returns the estimate for an OpenAI chat body. */
    static long of(Wire wire) {
        InputEstimate estimate = new InputEstimate();
        JsonValue messages = wire.get("messages");
        if (messages != null) {
            messages.elements().forEach(estimate::message);
        }
        JsonValue tools = wire.get("tools");
        if (tools != null) {
            estimate.tally.add(tools.toJson());
        }
        return estimate.flat + estimate.tally.estimateTokens();
    }

    /** Returns the estimate for a prompt with so many pictures. */
    static long of(String prompt, int pictures) {
        Tally words = new Tally();
        words.add(prompt);
        return words.estimateTokens() + (long) pictures * MEDIA_TOKENS;
    }

    private void message(JsonValue message) {
        flat += PER_MESSAGE;
        for (Map.Entry<String, JsonValue> member : message.asObject().members().entrySet()) {
            switch (member.getKey()) {
                case "role", "tool_call_id" -> {}
                case "content" -> content(member.getValue());
                default ->
                    tally.add(
                            member.getValue() instanceof JsonString text
                                    ? text.value()
                                    : member.getValue().toJson());
            }
        }
    }

    private void content(JsonValue content) {
        if (content.string() != null) {
            tally.add(content.string());
            return;
        }
        for (JsonValue part : content.elements()) {
            String text = part.string("text");
            if (text != null) {
                tally.add(text);
            } else {
                flat += MEDIA_TOKENS;
            }
        }
    }
}

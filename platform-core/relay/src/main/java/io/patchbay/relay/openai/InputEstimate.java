package io.patchbay.relay.openai;

import io.patchbay.billing.tokens.TokenCounter;
import io.patchbay.dialects.Tally;
import io.patchbay.dialects.TokenCount;
import io.patchbay.relay.call.InputTokens;
import io.patchbay.spi.chat.Wire;
import io.patchbay.spi.json.JsonValue;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Finds the input tokens of a request before it is sent. Counted are the texts of all messages, roles, names, what was
 * called and what can be called, and what each message costs besides. Pictures and files inside the request count as a
 * flat number each: as text their base64 would be priced a hundredfold.
 *
 * <p>What is short is counted at once. For more the reservation is made by an estimate, so that no request costs much
 * time before it is admitted; it is counted when its call has to be settled without a reported usage.
 */
final class InputEstimate {
    /** So many characters are counted at once. */
    static final int COUNTED_AT_ONCE = 64 * 1024;

    /** So many are counted at all, more than any model takes; what is beyond them is estimated. */
    static final int COUNTED_AT_MOST = 4 * 1024 * 1024;

    private static final int MEDIA_TOKENS = 800;

    private final TokenCount texts;
    private final int perMessage;
    private long tokens;

    private InputEstimate(TokenCount texts, int perMessage) {
        this.texts = texts;
        this.perMessage = perMessage;
    }

    /** What is counted of a chat body. */
    private record Prompt(
            @Nullable JsonValue messages,
            @Nullable JsonValue tools,
            @Nullable JsonValue functions) {
        static Prompt of(Wire wire) {
            return new Prompt(wire.get("messages"), wire.get("tools"), wire.get("functions"));
        }
    }

    /**
     * Returns the tokens of an OpenAI chat body.
     *
     * @param model the model by its public name
     */
    static InputTokens of(Wire wire, String model, TokenCounter counter) {
        Prompt prompt = Prompt.of(wire);
        int perMessage = counter.perMessage(model);
        Tally tally = new Tally();
        long flat = walk(prompt, perMessage, text -> {
            tally.add(text);
            return 0;
        });
        if (tally.characters() <= COUNTED_AT_ONCE) {
            return InputTokens.counted(walk(prompt, perMessage, text -> counter.text(model, text)));
        }
        return InputTokens.estimated(
                flat + tally.estimateTokens(), () -> walk(Prompt.of(wire), perMessage, new Bounded(model, counter)));
    }

    /**
     * Returns the tokens of a prompt with so many pictures.
     *
     * @param model the model by its public name
     */
    static InputTokens of(String prompt, int pictures, String model, TokenCounter counter) {
        long flat = (long) pictures * MEDIA_TOKENS;
        if (prompt.length() <= COUNTED_AT_ONCE) {
            return InputTokens.counted(counter.text(model, prompt) + flat);
        }
        return InputTokens.estimated(estimate(prompt) + flat, () -> new Bounded(model, counter).of(prompt) + flat);
    }

    private static long estimate(String text) {
        Tally tally = new Tally();
        tally.add(text);
        return tally.estimateTokens();
    }

    /** Counts as much as is allowed and estimates the rest, so that nobody makes the server count for long. */
    private static final class Bounded implements TokenCount {
        private final String model;
        private final TokenCounter counter;
        private long left = COUNTED_AT_MOST;

        Bounded(String model, TokenCounter counter) {
            this.model = model;
            this.counter = counter;
        }

        @Override
        public long of(String text) {
            left -= text.length();
            return left >= 0 ? counter.text(model, text) : estimate(text);
        }
    }

    private static long walk(Prompt prompt, int perMessage, TokenCount texts) {
        InputEstimate walk = new InputEstimate(texts, perMessage);
        walk.tokens = TokenCounter.PER_CHAT;
        if (prompt.messages() != null) {
            prompt.messages().elements().forEach(walk::message);
        }
        walk.value(prompt.tools());
        walk.value(prompt.functions());
        return walk.tokens;
    }

    private void message(JsonValue message) {
        tokens += perMessage;
        for (Map.Entry<String, JsonValue> member : message.asObject().members().entrySet()) {
            JsonValue value = member.getValue();
            switch (member.getKey()) {
                case "tool_call_id" -> {}
                case "content" -> content(value);
                case "name" -> {
                    tokens += TokenCounter.PER_NAME;
                    value(value);
                }
                case "tool_calls" -> value.elements().forEach(this::call);
                case "function_call" -> called(value);
                case "images" ->
                    tokens += (long) MEDIA_TOKENS * value.elements().size();
                case "audio" -> tokens += value.isNull() ? 0 : MEDIA_TOKENS;
                default -> value(value);
            }
        }
    }

    private void content(JsonValue content) {
        if (content.string() != null) {
            text(content.string());
            return;
        }
        for (JsonValue part : content.elements()) {
            String text = part.string() != null ? part.string() : part.string("text");
            text = text == null ? part.string("refusal") : text;
            if (text != null) {
                text(text);
            } else {
                tokens += MEDIA_TOKENS;
            }
        }
    }

    private void call(JsonValue call) {
        called(call.get("function"));
        called(call.get("custom"));
    }

    private void called(@Nullable JsonValue called) {
        if (called != null) {
            value(called.get("name"));
            value(called.get("arguments"));
            value(called.get("input"));
        }
    }

    /** Counts a text as it is, and anything else as it is written in JSON. */
    private void value(@Nullable JsonValue value) {
        if (value != null && !value.isNull()) {
            text(value.string() == null ? value.toJson() : value.string());
        }
    }

    private void text(@Nullable String text) {
        tokens += text == null ? 0 : texts.of(text);
    }
}

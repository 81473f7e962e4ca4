package io.patchbay.spi.chat;

import io.patchbay.spi.json.JsonObject;
import io.patchbay.spi.json.JsonValue;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ProviderType;

/**
 * A chat request in canonical form: the messages, the common settings by name, and every other member as it came. The
 * model and the stream flag belong to the {@link ChatCall}.
 */
@ProviderType
public final class ChatRequest {
    private final List<ChatMessage> messages;
    private final List<Tool> tools;
    private final JsonObject settings;

    private ChatRequest(Builder builder) {
        this.messages = List.copyOf(builder.messages);
        this.tools = List.copyOf(builder.tools);
        this.settings = builder.settings.build();
    }

    /**
     * A tool the model may call.
     *
     * @param raw the whole declaration in the OpenAI chat form, unknown members included
     */
    public record Tool(String name, @Nullable String description, JsonObject parameters, JsonObject raw) {}

    /** Returns an empty builder. */
    public static Builder builder() {
        return new Builder();
    }

    /** Returns the messages in order. */
    public List<ChatMessage> messages() {
        return messages;
    }

    /** Returns the tools; empty when none were given. */
    public List<Tool> tools() {
        return tools;
    }

    /** Returns the bound of the answer in tokens, by its newer or its older name, or {@code null}. */
    public @Nullable Long maxTokens() {
        for (String name : new String[] {"max_completion_tokens", "max_tokens"}) {
            long value = settings.longValue(name, -1);
            if (value > 0) {
                return value;
            }
        }
        return null;
    }

    /** Returns a setting as a number, or {@code null} ({@code temperature}, {@code top_p}, {@code top_k}, …). */
    public @Nullable Double number(String name) {
        JsonValue value = settings.get(name);
        return value == null || value.number() == null ? null : value.number().doubleValue();
    }

    /** Returns the stop sequences; empty when none were given. */
    public List<String> stop() {
        JsonValue stop = settings.get("stop");
        if (stop == null) {
            return List.of();
        }
        if (stop.string() != null) {
            return List.of(stop.string());
        }
        List<String> all = new ArrayList<>();
        for (JsonValue element : stop.elements()) {
            if (element.string() != null) {
                all.add(element.string());
            }
        }
        return List.copyOf(all);
    }

    /** Returns the tool choice as it came, or {@code null}. */
    public @Nullable JsonValue toolChoice() {
        return settings.get("tool_choice");
    }

    /** Returns all members but model, stream, messages and tools, in the OpenAI chat form and as they came. */
    public JsonObject settings() {
        return settings;
    }

    /** Collects a request; not safe for use by several threads. */
    public static final class Builder {
        private final List<ChatMessage> messages = new ArrayList<>();
        private final List<Tool> tools = new ArrayList<>();
        private final JsonObject.Builder settings = JsonObject.builder();

        private Builder() {}

        /** Adds a message. */
        public Builder message(ChatMessage message) {
            messages.add(message);
            return this;
        }

        /** Adds a tool. */
        public Builder tool(Tool tool) {
            tools.add(tool);
            return this;
        }

        /** Sets a setting. */
        public Builder set(String name, JsonValue value) {
            settings.put(name, value);
            return this;
        }

        /** Returns the request. */
        public ChatRequest build() {
            return new ChatRequest(this);
        }
    }
}

package io.patchbay.toolkit;

import io.patchbay.spi.Dialect;
import io.patchbay.spi.chat.ChatCall;
import io.patchbay.spi.chat.Wire;
import io.patchbay.spi.json.JsonValue;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * Looks at single settings of a chat without parsing the rest of the client's body, where the client speaks OpenAI's
 * dialect.
 */
public final class ChatSettings {
    private final ChatCall call;

    private ChatSettings(ChatCall call) {
        this.call = call;
    }

    /** Returns the settings of that call. */
    public static ChatSettings of(ChatCall call) {
        return new ChatSettings(call);
    }

    /** Returns a setting in the OpenAI chat form; {@code null} when it is missing or JSON null. */
    public @Nullable JsonValue get(String name) {
        Wire wire = call.wire();
        JsonValue value = wire != null && wire.dialect().equals(Dialect.OPENAI_CHAT)
                ? wire.get(name)
                : call.request().settings().get(name);
        return value == null || value.isNull() ? null : value;
    }

    /** Returns a setting that is a text, else {@code null}. */
    public @Nullable String text(String name) {
        JsonValue value = get(name);
        return value == null ? null : value.string();
    }

    /** Returns a setting that is a number, else {@code null}. */
    public @Nullable Double number(String name) {
        JsonValue value = get(name);
        BigDecimal number = value == null ? null : value.number();
        return number == null ? null : number.doubleValue();
    }

    /** Returns whether the setting is there and not JSON null. */
    public boolean has(String name) {
        return get(name) != null;
    }
}

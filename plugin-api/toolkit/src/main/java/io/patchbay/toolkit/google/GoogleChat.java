package io.patchbay.toolkit.google;

import io.patchbay.dialects.gemini.GeminiCodec;
import io.patchbay.spi.ChannelView;
import io.patchbay.spi.Dialect;
import io.patchbay.spi.Fault;
import io.patchbay.spi.FaultKind;
import io.patchbay.spi.Text;
import io.patchbay.spi.chat.ChatCall;
import io.patchbay.spi.config.ConfigField;
import io.patchbay.spi.json.JsonArray;
import io.patchbay.spi.json.JsonObject;
import io.patchbay.spi.json.JsonValue;
import io.patchbay.toolkit.WrittenChat;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The chat of Gemini, wherever it is served. */
public final class GoogleChat {
    private static final String SAFETY = "safety";
    private static final String DEFAULT = "DEFAULT";

    private static final List<String> CATEGORIES = List.of(
            "HARM_CATEGORY_HARASSMENT",
            "HARM_CATEGORY_HATE_SPEECH",
            "HARM_CATEGORY_SEXUALLY_EXPLICIT",
            "HARM_CATEGORY_DANGEROUS_CONTENT",
            "HARM_CATEGORY_CIVIC_INTEGRITY");

    private GoogleChat() {}

    /** Returns the option by which an operator sets how much is blocked where a client does not say. */
    public static ConfigField safetyOption() {
        return ConfigField.builder(SAFETY, ConfigField.Kind.CHOICE, Text.of("Safety threshold", "安全阈值"))
                .hint(Text.of(
                        "How much Google blocks when a request brings no safety_settings of its own. DEFAULT leaves it"
                                + " to Google; old models know BLOCK_NONE in place of OFF.",
                        "请求未携带 safety_settings 时 Google 的拦截强度。DEFAULT 由 Google 决定；旧模型用 BLOCK_NONE 代替 OFF。"))
                .choices(
                        DEFAULT,
                        "OFF",
                        "BLOCK_NONE",
                        "BLOCK_ONLY_HIGH",
                        "BLOCK_MEDIUM_AND_ABOVE",
                        "BLOCK_LOW_AND_ABOVE")
                .fallback(DEFAULT)
                .build();
    }

    /**
     * Returns the flow of a chat. A request whose thought signatures the upstream refuses, because another one made
     * them or they got lost, is sent once more without them.
     *
     * @param channel has {@link #safetyOption()}
     */
    public static WrittenChat of(ChatCall call, ChannelView channel, WrittenChat.Opening opening) {
        String threshold = channel.option(SAFETY);
        return WrittenChat.of(call, Dialect.GEMINI_CONTENT, opening)
                .edited(body -> safe(body, threshold))
                .rewriting(GoogleChat::unsigned);
    }

    private static JsonObject safe(JsonObject body, String threshold) {
        if (threshold.isEmpty() || threshold.equals(DEFAULT) || body.has("safetySettings")) {
            return body;
        }
        List<JsonValue> settings = new ArrayList<>();
        for (String category : CATEGORIES) {
            settings.add(JsonObject.builder()
                    .put("category", category)
                    .put("threshold", threshold)
                    .build());
        }
        return body.toBuilder().put("safetySettings", new JsonArray(settings)).build();
    }

    private static @Nullable JsonObject unsigned(Fault fault, JsonObject body) {
        String words = fault.message().toLowerCase(Locale.ROOT).replace('_', ' ');
        boolean signature = fault.kind() == FaultKind.BAD_REQUEST && words.contains("thought signature");
        return signature ? GeminiCodec.withoutSignatures(body) : null;
    }
}

package io.patchbay.dialects;

import io.patchbay.dialects.openai.OpenAiChatCodec;
import io.patchbay.spi.Dialect;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The chat dialects the host knows. */
public final class ChatCodecs {
    private static final Map<Dialect, ChatCodec> CODECS = Map.of(Dialect.OPENAI_CHAT, new OpenAiChatCodec());

    private ChatCodecs() {}

    /** Returns the codec of a dialect, or nothing when the host does not know it. */
    public static Optional<ChatCodec> of(Dialect dialect) {
        return Optional.ofNullable(CODECS.get(dialect));
    }

    /** Returns the dialects the host knows. */
    public static Set<Dialect> dialects() {
        return CODECS.keySet();
    }
}

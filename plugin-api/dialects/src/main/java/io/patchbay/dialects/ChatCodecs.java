package io.patchbay.dialects;

import io.patchbay.dialects.anthropic.AnthropicCodec;
import io.patchbay.dialects.gemini.GeminiCodec;
import io.patchbay.dialects.openai.OpenAiChatCodec;
import io.patchbay.dialects.responses.ResponsesCodec;
import io.patchbay.spi.Dialect;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The chat dialects the host knows. */
public final class ChatCodecs {
    private static final Map<Dialect, UpstreamCodec> CODECS = Stream.<UpstreamCodec>of(
                    new OpenAiChatCodec(), new ResponsesCodec(), new AnthropicCodec(), new GeminiCodec())
            .collect(Collectors.toUnmodifiableMap(UpstreamCodec::dialect, Function.identity()));

    private ChatCodecs() {}

    /** Returns the codec of a dialect upstreams may speak, or nothing when the host does not know it. */
    public static Optional<UpstreamCodec> upstream(Dialect dialect) {
        return Optional.ofNullable(CODECS.get(dialect));
    }

    /** Returns the codec of a dialect clients may speak too, or nothing when there is none. */
    public static Optional<ChatCodec> client(Dialect dialect) {
        return CODECS.get(dialect) instanceof ChatCodec codec ? Optional.of(codec) : Optional.empty();
    }

    /** Returns the dialects the host can read from upstreams. */
    public static Set<Dialect> dialects() {
        return CODECS.keySet();
    }
}

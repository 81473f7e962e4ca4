package io.patchbay.toolkit.openai;

import io.patchbay.dialects.fault.FaultReader;
import io.patchbay.dialects.openai.UnreadableAnswer;
import io.patchbay.spi.http.Answer;
import io.patchbay.spi.json.JsonValue;
import io.patchbay.toolkit.Flows;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads the JSON answer of a call beside chat with one of the dialect's readers. */
final class MediaAnswer {
    private MediaAnswer() {}

    /**
     * Returns a reader for {@link Flows}.
     *
     * @param read one of the dialect's readers, which throw {@link UnreadableAnswer}
     */
    static <E> Function<Answer, Flows.@Nullable Page<E>> by(Function<JsonValue, List<E>> read) {
        return answer -> {
            JsonValue body = answer.json();
            if (body == null || FaultReader.isError(body)) {
                return null;
            }
            try {
                return Flows.Page.last(read.apply(body));
            } catch (UnreadableAnswer e) {
                return null;
            }
        };
    }
}

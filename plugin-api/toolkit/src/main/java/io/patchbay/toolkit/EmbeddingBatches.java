package io.patchbay.toolkit;

import io.patchbay.spi.Fault;
import io.patchbay.spi.FaultKind;
import io.patchbay.spi.Flow;
import io.patchbay.spi.Next;
import io.patchbay.spi.Turn;
import io.patchbay.spi.Usage;
import io.patchbay.spi.http.Answer;
import io.patchbay.spi.http.HttpRequest;
import io.patchbay.spi.json.JsonValue;
import io.patchbay.spi.media.EmbeddingCall;
import io.patchbay.spi.media.Embeddings;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Turns texts into vectors at a vendor that takes only so many at once: in as many requests as it takes, one after the
 * other.
 *
 * @param most texts in one request
 * @param limit the largest answer in bytes
 * @param request begins the request for some texts, body included
 * @param read reads an answer, {@code null} when it is of another shape
 * @param faults reads a refusal
 */
public record EmbeddingBatches(
        int most,
        int limit,
        Function<List<JsonValue>, HttpRequest.Builder> request,
        Function<JsonValue, @Nullable Embeddings> read,
        Function<Answer, Fault> faults) {
    /** Returns the flow of a call; token numbers in place of texts are refused. */
    public Flow<Embeddings> of(EmbeddingCall call) {
        return turn -> call.inputs().stream().allMatch(input -> input.string() != null)
                ? ask(turn, call.inputs(), List.of(), 0)
                : Next.fail(Fault.of(FaultKind.BAD_REQUEST, "the upstream turns texts into vectors, no token numbers"));
    }

    private Next ask(Turn<Embeddings> turn, List<JsonValue> left, List<float[]> before, long tokens) {
        List<JsonValue> now = left.subList(0, Math.min(most, left.size()));
        return Flows.send(
                request.apply(now),
                built -> Next.ask(built, limit, answer -> {
                    JsonValue json = answer.ok() ? answer.json() : null;
                    Embeddings told = json == null ? null : read.apply(json);
                    if (told == null || told.vectors().size() != now.size()) {
                        return Next.fail(faults.apply(answer));
                    }
                    List<float[]> all = new ArrayList<>(before);
                    all.addAll(told.vectors());
                    long used = tokens + told.usage().input();
                    if (left.size() > now.size()) {
                        return ask(turn, left.subList(now.size(), left.size()), all, used);
                    }
                    turn.emit(new Embeddings(all, used == 0 ? Usage.NONE : Usage.of(used, 0)));
                    return Next.done();
                }));
    }
}

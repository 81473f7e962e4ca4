package io.patchbay.toolkit;

import io.patchbay.spi.Flow;
import io.patchbay.spi.Framing;
import io.patchbay.spi.Next;
import io.patchbay.spi.Reader;
import io.patchbay.spi.Turn;
import io.patchbay.spi.http.Answer;
import io.patchbay.spi.http.HttpRequest;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Flows of the common short shapes. They take the request's builder, not the request, so that an endpoint that is no
 * address ends in a {@link io.patchbay.spi.FaultKind#CONFIG} fault instead of an exception.
 */
public final class Flows {
    /** No list of one upstream is longer than this many pages; a vendor whose pages never end is stopped here. */
    static final int MOST_PAGES = 40;

    private Flows() {}

    /**
     * What one answer held.
     *
     * @param events to be emitted in order
     * @param next asks for the following page, or {@code null} when this was the last one
     */
    public record Page<E>(List<E> events, HttpRequest.@Nullable Builder next) {
        public Page {
            events = List.copyOf(events);
        }

        /** Returns a page that is the only or the last one. */
        public static <E> Page<E> last(List<E> events) {
            return new Page<>(events, null);
        }
    }

    /**
     * Returns a flow that asks once and emits one value.
     *
     * @param read reads the value out of a 2xx answer, {@code null} when the answer is not of the expected shape: the
     *     host's reading of it is the fault then
     */
    public static <E> Flow<E> value(HttpRequest.Builder request, Function<Answer, @Nullable E> read) {
        return pages(request, answer -> {
            E value = read.apply(answer);
            return value == null ? null : Page.last(List.of(value));
        });
    }

    /** Returns a flow that asks for page after page and emits what each holds; see {@link #value}. */
    public static <E> Flow<E> pages(HttpRequest.Builder first, Function<Answer, @Nullable Page<E>> read) {
        return pages(first, Next.WHOLE_LIMIT, read);
    }

    /**
     * Returns a flow that asks for page after page; see {@link #value}.
     *
     * @param limit the largest answer in bytes, for products bigger than {@link Next#WHOLE_LIMIT}
     */
    public static <E> Flow<E> pages(HttpRequest.Builder first, int limit, Function<Answer, @Nullable Page<E>> read) {
        return turn -> page(turn, first, limit, read, 1);
    }

    /** Returns a flow whose product is the body itself, such as speech: no byte of it is read here. */
    public static <E> Flow<E> pass(HttpRequest.Builder request) {
        return turn -> send(request, built -> Next.pass(built, answer -> Next.fail(answer.fault())));
    }

    /** Returns the action on the built request, or the failure that its address is none. */
    public static Next send(HttpRequest.Builder request, Function<HttpRequest, Next> action) {
        HttpRequest built;
        try {
            built = request.build();
        } catch (IllegalArgumentException e) {
            return Next.fail(Faults.badEndpoint());
        }
        return action.apply(built);
    }

    /**
     * Returns the action that asks for an answer and has it read, streamed as server-sent events or as a whole.
     *
     * @param reader gets a whole answer by {@link Reader#unframed}
     */
    public static Next read(HttpRequest.Builder request, boolean stream, Reader reader) {
        return send(
                request.header("Accept", stream ? "text/event-stream" : "application/json"),
                built -> stream ? Next.stream(built, Framing.SSE, reader) : Next.ask(built, reader::unframed));
    }

    private static <E> Next page(
            Turn<E> turn,
            HttpRequest.Builder request,
            int limit,
            Function<Answer, @Nullable Page<E>> read,
            int number) {
        return send(
                request,
                built -> Next.ask(built, limit, answer -> {
                    Page<E> page = answer.ok() ? read.apply(answer) : null;
                    if (page == null) {
                        return Next.fail(answer.fault());
                    }
                    page.events().forEach(turn::emit);
                    if (page.next() == null || number == MOST_PAGES) {
                        return Next.done();
                    }
                    return page(turn, page.next(), limit, read, number + 1);
                }));
    }
}

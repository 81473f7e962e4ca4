package io.patchbay.relay.exchange;

import io.patchbay.spi.Bytes;
import io.patchbay.spi.Fault;
import io.patchbay.spi.Memo;
import io.patchbay.spi.Next;
import io.patchbay.spi.http.HttpRequest;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Whoever wants a flow's outcome. All methods are called inside the call's {@link Serial}; after {@link #finished()} or
 * {@link #failed} nothing more is called.
 *
 * @param <E> the events of the flow
 */
public interface FlowHost<E> {
    /** The flow emitted an event. */
    void event(E event);

    /**
     * The upstream answers in a dialect.
     *
     * @param framed whether frames will come; else the whole body comes as one
     * @return who reads it, or {@code null} when this host cannot read that dialect
     */
    @Nullable
    Speaking speak(Next.Speak action, boolean framed);

    /**
     * The body of the answer is the product.
     *
     * @return whether this host takes it
     */
    default boolean pass(Head head) {
        return false;
    }

    /** A part of the product; valid until the call returns. */
    default void passed(Bytes bytes) {}

    /** A read has been worked through; the host writes what it has and then runs {@code resume}, inside the serial. */
    void rest(Runnable resume);

    /** A request leaves for the upstream. */
    default void asked(HttpRequest request) {}

    /** The head of the upstream's answer came. */
    default void headCame(Head head) {}

    /** Returns whether anything of content has come: decides between the first-token and the stall limit. */
    boolean contentSeen();

    /** The upstream will not see these fields of the client's request. */
    default void dropped(Collection<String> fields) {
        note("dropped", String.join(", ", fields));
    }

    /** Returns why the flow must not go on although it did nothing wrong, or {@code null}. */
    default @Nullable Fault refusal() {
        return null;
    }

    /** The flow wants a text to be kept. */
    default void remember(Memo memo, String value, Duration keep) {}

    /** Returns what was kept under these names. */
    default Map<Memo, String> recall(Set<Memo> memos) {
        return Map.of();
    }

    /** The flow noted a fact for the request log. */
    void note(String key, String value);

    /** The flow ended well. */
    void finished();

    /** The flow ended with a fault, already free of secrets. */
    void failed(Fault fault);

    /** Reads an answer in a dialect. */
    interface Speaking {
        /** One frame; valid until the call returns. */
        void frame(String event, Bytes payload);

        /** The body ended cleanly. */
        void end();

        /** Returns the fault the answer carried, or {@code null}. */
        @Nullable
        Fault fault();

        /** Returns whether the end marker has come, so that the rest need not be waited for. */
        boolean ended();
    }
}

package io.patchbay.spi;

import org.osgi.annotation.versioning.ConsumerType;

/**
 * A conversation with an upstream: what to ask, how to read it, what it means.
 *
 * <p>One object serves one run. A flow never blocks and does no input or output; each step returns the {@link Next}
 * action, which names what continues it. One thread at a time enters a flow, not always the same one, with a
 * happens-before edge in between. After {@link Next#done()} or {@link Next#fail} nothing of it is called again. What it
 * throws becomes a {@link FaultKind#PLUGIN} fault.
 *
 * @param <E> the events this flow emits
 */
@ConsumerType
@FunctionalInterface
public interface Flow<E> {
    /**
     * Begins the run; called once.
     *
     * @param turn the handle to emit events and to ask for time and randomness, good for the whole run
     * @return the first action, never {@code null}
     */
    Next begin(Turn<E> turn);

    /** Returns a flow that fails at once because the channel type cannot do this. */
    static <E> Flow<E> unsupported(String what) {
        return failed(Fault.of(FaultKind.UNSUPPORTED, "this channel type does not offer " + what));
    }

    /** Returns a flow that fails at once. */
    static <E> Flow<E> failed(Fault fault) {
        return turn -> Next.fail(fault);
    }
}

package io.patchbay.relay.exchange;

import java.util.concurrent.Future;

/** What a flow has open with its upstream: a request on its way, or a socket. All methods are for the serial only. */
interface OpenExchange {
    /** Sends the request; called once. */
    void send();

    /** Asks for the next read or message. */
    void readOn();

    /** Cuts it at once. Nothing more is delivered. */
    void cancel();

    /**
     * Ends it in order, because the flow needs nothing more of it: the connection is kept or closed as the protocol wants it.
     * Nothing more is delivered. What takes too long is cut by {@link #cancel()} later.
     */
    void release();

    /** Returns whether nothing of it is open any more. */
    boolean over();

    /**
     * Hands over the timer that will cut it. It is cancelled when nothing is open any more: a timer that waits keeps the
     * whole call in memory.
     */
    void limit(Future<?> timer);

    /** Returns whether an upstream wants to be told that a flow turns to something else, instead of being cut. */
    default boolean closesInOrder() {
        return false;
    }
}

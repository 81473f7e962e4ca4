package io.patchbay.relay.call;

import io.patchbay.relay.routing.Choice;

/** One try to answer a call on one channel. Confined to the call's serial. */
interface Attempt {
    /** Begins; what comes of it is told to the call. */
    void start();

    /** Returns where it goes. */
    Choice choice();

    /** Returns whether no other channel can answer. */
    boolean pinned();

    /** Returns whether asking another channel too can do no harm but its price. */
    boolean mayBeDoubled();

    /**
     * The call has ended, or was answered by another attempt: cuts the exchange and drops the flow, unless a task was
     * handed in.
     *
     * @return whether a task goes on, which then closes the call's reservation
     */
    boolean abandon();

    /** Gives lease and permit back, as soon as nothing of the plugin runs. */
    void release();

    /** Returns the plugin at work. */
    Engagement engagement();

    /** Returns the model by the upstream's name. */
    String upstreamModel();
}

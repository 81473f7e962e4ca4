package io.patchbay.server.crash;

import java.time.Duration;

/**
 * One thing a client does: what it asks for, what the upstream is to answer, and whether the client stays to hear it.
 *
 * @param number counts what is ordered in one run; also the micro-credits by which one gift differs from all others
 * @param mark stands in the prompt, so that the upstream knows which call this is
 * @param maxTokens the bound on the answer; 0 for none
 * @param usageAsked whether a stream is to tell the usage
 * @param padding how many characters the prompt has beside the mark
 * @param patience how long the client waits for the answer before it leaves; zero for ever
 * @param leavesAfter after so many words the client leaves; 0 for never
 * @param gift micro-credits the administrator gives to the user; 0 when this is a call
 */
record Order(
        long number,
        String mark,
        Deed deed,
        User user,
        Tariff tariff,
        boolean stream,
        int maxTokens,
        boolean usageAsked,
        int padding,
        Duration patience,
        int leavesAfter,
        long gift,
        Reply reply) {
    /** Returns whether the client hears the answer to its end, whatever that is. */
    boolean stays() {
        return patience.isZero() && leavesAfter == 0;
    }

    /** Returns for how many units a price for a call is charged. */
    int units() {
        return Math.max(1, reply.pictures());
    }
}

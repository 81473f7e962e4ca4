package io.patchbay.relay.routing;

import java.util.List;

/**
 * What ties a call to earlier ones: names of the conversations it may go on with, and the name under which the next call
 * will look for this one.
 *
 * @param earlier the best first; empty for a conversation that begins
 * @param own empty when nothing can follow
 */
public record CallThread(List<String> earlier, String own) {
    /** A call that stands alone. */
    public static final CallThread NONE = new CallThread(List.of(), "");

    public CallThread {
        earlier = List.copyOf(earlier);
    }
}

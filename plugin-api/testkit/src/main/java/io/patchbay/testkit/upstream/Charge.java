package io.patchbay.testkit.upstream;

/**
 * What the upstream charged for one request: its own count, made from what it wrote to the socket.
 *
 * @param request the request's number
 * @param answerId the id inside the answer, such as {@code chatcmpl-7}
 * @param model the model that answered
 * @param input input tokens
 * @param output output tokens of the content that was written; all of them when the answer was complete
 * @param usageSent whether the client was told the usage
 * @param outcome how the answer ended
 */
public record Charge(
        long request, String answerId, String model, long input, long output, boolean usageSent, Outcome outcome) {
    /** How an answer ended. */
    public enum Outcome {
        /** Everything was written. */
        COMPLETE,
        /** The script broke the connection. */
        BROKEN,
        /** The client went away first. */
        CANCELLED
    }
}

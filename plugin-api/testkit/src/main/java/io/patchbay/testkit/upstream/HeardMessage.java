package io.patchbay.testkit.upstream;

/**
 * What a client said on a WebSocket of a {@link ScriptedUpstream}.
 *
 * @param handshake the request that opened the socket
 */
public record HeardMessage(ReceivedRequest handshake, SocketMessage message) {
    /** Returns the message as text. */
    public String text() {
        return message.text();
    }
}

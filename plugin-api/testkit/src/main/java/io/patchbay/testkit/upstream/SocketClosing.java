package io.patchbay.testkit.upstream;

/**
 * How a client ended a WebSocket of a {@link ScriptedUpstream}.
 *
 * @param handshake the request that opened the socket
 * @param code the code of its close frame, 1005 for a frame without one, 1006 when it left without a close frame
 */
public record SocketClosing(ReceivedRequest handshake, int code) {}

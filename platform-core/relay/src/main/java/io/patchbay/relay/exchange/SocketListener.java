package io.patchbay.relay.exchange;

import io.patchbay.spi.Bytes;

/** Takes what happens on a socket; called one at a time. */
interface SocketListener {
    /** The handshake is through; the listener asks for messages by {@link SocketExchange#readOn()}. */
    void opened();

    /** Something has been read, maybe only a part of a message. */
    void touched();

    /** One whole message; the bytes are valid until the call returns. */
    void message(Bytes data);

    /** A message is larger than {@link SocketExchange#LARGEST_MESSAGE}; the exchange is to be cancelled. */
    void tooLarge();

    /** The upstream closed the socket, or the connection was lost. */
    void closed(int code, String reason);

    /** The upstream answered the handshake with something else than 101. */
    void refused(Head head, Bytes body);

    /** No socket was opened; {@code switched} tells whether the upstream agreed to open one. */
    void broken(Throwable cause, boolean switched);
}

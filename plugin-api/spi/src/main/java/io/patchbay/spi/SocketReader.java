package io.patchbay.spi;

import io.patchbay.spi.http.Answer;
import org.osgi.annotation.versioning.ConsumerType;

/** Reads one WebSocket conversation: a question goes out when it is open, messages come back until it ends. */
@ConsumerType
public interface SocketReader {
    /**
     * The handshake is through.
     *
     * @param socket for sending, good until the exchange ends
     * @return {@link Next#more()} to wait for messages, or any other action, which closes the socket
     */
    Next opened(Socket socket);

    /**
     * Reads one whole message.
     *
     * @param data the message, text in UTF-8; valid until the call returns
     * @return {@link Next#more()} to go on reading, or any other action, which closes the socket
     */
    Next on(Bytes data);

    /**
     * The upstream closed the socket, or the connection was lost.
     *
     * @param code the close code, 1006 for a lost connection
     * @param reason the close reason, maybe empty
     */
    default Next closed(int code, String reason) {
        return Next.fail(
                Fault.of(FaultKind.TRUNCATED, "the upstream closed the socket before its answer was complete"));
    }

    /** The upstream answered the handshake with something else than 101. */
    default Next refused(Answer answer) {
        return Next.fail(answer.fault());
    }
}

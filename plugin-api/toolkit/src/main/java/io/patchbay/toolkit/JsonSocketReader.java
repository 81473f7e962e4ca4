package io.patchbay.toolkit;

import io.patchbay.spi.Bytes;
import io.patchbay.spi.Fault;
import io.patchbay.spi.FaultKind;
import io.patchbay.spi.Next;
import io.patchbay.spi.Socket;
import io.patchbay.spi.SocketReader;
import io.patchbay.spi.json.JsonException;
import io.patchbay.spi.json.JsonObject;
import io.patchbay.spi.json.JsonValue;

/**
 * Asks one question when a socket is open, and reads the answer's messages, which are JSON objects. One object serves
 * one run.
 */
public abstract class JsonSocketReader implements SocketReader {
    private final JsonObject question;

    /** Creates a reader that sends that question. */
    protected JsonSocketReader(JsonObject question) {
        this.question = question;
    }

    /**
     * Reads one message.
     *
     * @return {@link Next#more()} to go on reading, or any other action
     */
    protected abstract Next message(JsonObject message);

    @Override
    public final Next opened(Socket socket) {
        socket.send(question.toJson());
        return Next.more();
    }

    @Override
    public final Next on(Bytes data) {
        JsonValue value;
        try {
            value = data.json();
        } catch (JsonException e) {
            return Next.fail(Fault.of(FaultKind.UPSTREAM, "the upstream sent a message that is no JSON"));
        }
        return value instanceof JsonObject object
                ? message(object)
                : Next.fail(Fault.of(FaultKind.UPSTREAM, "the upstream sent a message that is no JSON object"));
    }
}

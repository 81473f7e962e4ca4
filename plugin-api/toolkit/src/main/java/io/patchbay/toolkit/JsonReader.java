package io.patchbay.toolkit;

import io.patchbay.dialects.fault.FaultReader;
import io.patchbay.spi.Bytes;
import io.patchbay.spi.Fault;
import io.patchbay.spi.FaultKind;
import io.patchbay.spi.Next;
import io.patchbay.spi.Reader;
import io.patchbay.spi.json.JsonException;
import io.patchbay.spi.json.JsonObject;
import io.patchbay.spi.json.JsonValue;

/**
 * Reads a stream whose frames are JSON objects. What is no JSON becomes a fault; an empty frame and the marker
 * {@code [DONE]} are told apart from frames. One object serves one run.
 */
public abstract class JsonReader implements Reader {
    private static final int LONGEST_MARKER = 16;

    /** For subclasses. */
    protected JsonReader() {}

    /**
     * Reads one frame.
     *
     * @param event the event's name, empty when the frame has none
     * @return {@link Next#more()} to go on reading, or any other action
     */
    protected abstract Next frame(String event, JsonObject frame);

    /** The stream's {@code [DONE]} came; the end of the body unless overridden. */
    protected Next marker() {
        return end();
    }

    @Override
    public final Next on(String event, Bytes data) {
        if (data.length() <= LONGEST_MARKER) {
            String text = data.utf8().strip();
            if (text.isEmpty()) {
                return Next.more();
            }
            if (text.equals("[DONE]")) {
                return marker();
            }
        }
        JsonValue value;
        try {
            value = data.json();
        } catch (JsonException e) {
            return Next.fail(Fault.of(FaultKind.UPSTREAM, "the upstream sent an event that is no JSON"));
        }
        return value instanceof JsonObject object
                ? frame(event, object)
                : Next.fail(Fault.of(FaultKind.UPSTREAM, "the upstream sent an event that is no JSON object"));
    }

    /** Returns the failure for a frame that is an error in one of the common forms. */
    protected static Next fail(JsonObject error) {
        return Next.fail(FaultReader.inBand(error));
    }
}

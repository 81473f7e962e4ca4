package io.patchbay.spi;

import io.patchbay.spi.http.Answer;
import org.osgi.annotation.versioning.ConsumerType;

/** Reads the frames of one streamed answer. */
@ConsumerType
@FunctionalInterface
public interface Reader {
    /**
     * Reads one frame.
     *
     * @param event the SSE event name, empty when the frame has none
     * @param data the payload, valid until the call returns
     * @return {@link Next#more()} to go on reading, or any other action, which ends this exchange
     */
    Next on(String event, Bytes data);

    /** The body ended cleanly. */
    default Next end() {
        return Next.fail(Fault.of(FaultKind.TRUNCATED, "the upstream's answer ended before it was complete"));
    }

    /** The upstream answered with a status other than 2xx. */
    default Next refused(Answer answer) {
        return Next.fail(answer.fault());
    }

    /** The upstream answered 2xx with a whole body (JSON, HTML) where a stream was asked for. */
    default Next unframed(Answer answer) {
        return Next.fail(answer.fault());
    }
}

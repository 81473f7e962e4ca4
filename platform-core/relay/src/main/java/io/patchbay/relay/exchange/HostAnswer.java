package io.patchbay.relay.exchange;

import io.patchbay.dialects.fault.FaultReader;
import io.patchbay.spi.Bytes;
import io.patchbay.spi.Fault;
import io.patchbay.spi.FaultKind;
import io.patchbay.spi.http.Answer;
import io.patchbay.spi.json.JsonException;
import io.patchbay.spi.json.JsonValue;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A whole answer the host has read. */
record HostAnswer(Head head, Bytes body, Instant now) implements Answer {
    @Override
    public int status() {
        return head.status();
    }

    @Override
    public @Nullable String header(String name) {
        return head.header().apply(name);
    }

    @Override
    public String contentType() {
        return head.contentType();
    }

    @Override
    public @Nullable JsonValue json() {
        try {
            return body.json();
        } catch (JsonException e) {
            return null;
        }
    }

    @Override
    public Fault fault() {
        Fault fault = FaultReader.read(status(), head.header()::apply, body, now);
        if (ok() && fault.kind() != FaultKind.UPSTREAM && fault.message().isEmpty()) {
            return Fault.builder(FaultKind.UPSTREAM, "the upstream's answer could not be understood")
                    .status(status())
                    .build();
        }
        return fault;
    }
}

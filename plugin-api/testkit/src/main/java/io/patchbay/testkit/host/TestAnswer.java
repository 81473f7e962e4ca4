package io.patchbay.testkit.host;

import io.patchbay.dialects.fault.FaultReader;
import io.patchbay.spi.Bytes;
import io.patchbay.spi.Fault;
import io.patchbay.spi.http.Answer;
import io.patchbay.spi.json.JsonException;
import io.patchbay.spi.json.JsonValue;
import java.time.Instant;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A whole answer for tests. {@link #poison()} makes it worthless, as every answer is after the call it was made for. */
public final class TestAnswer implements Answer {
    private static final int MAX_ERROR_BODY = 64 * 1024;

    private final int status;
    private final Map<String, String> headers;
    private final byte[] body;
    private final Instant now;

    /**
     * Creates an answer.
     *
     * @param headers by lower-case name
     * @param body copied; cut at 64 KiB unless the status is 2xx
     */
    public TestAnswer(int status, Map<String, String> headers, byte[] body, Instant now) {
        this.status = status;
        this.headers = Map.copyOf(headers);
        this.body = Arrays.copyOf(body, status / 100 == 2 ? body.length : Math.min(body.length, MAX_ERROR_BODY));
        this.now = now;
    }

    @Override
    public int status() {
        return status;
    }

    @Override
    public @Nullable String header(String name) {
        return headers.get(name.toLowerCase(Locale.ROOT));
    }

    @Override
    public String contentType() {
        String value = headers.getOrDefault("content-type", "");
        int semicolon = value.indexOf(';');
        return (semicolon < 0 ? value : value.substring(0, semicolon)).trim().toLowerCase(Locale.ROOT);
    }

    @Override
    public Bytes body() {
        return Bytes.of(body);
    }

    @Override
    public @Nullable JsonValue json() {
        try {
            return body().json();
        } catch (JsonException e) {
            return null;
        }
    }

    @Override
    public Fault fault() {
        return FaultReader.read(status, this::header, body(), now);
    }

    /** Overwrites the body. */
    void poison() {
        Arrays.fill(body, Poison.BYTE);
    }

    @Override
    public String toString() {
        return "answer " + status + " of " + body.length + " bytes";
    }
}

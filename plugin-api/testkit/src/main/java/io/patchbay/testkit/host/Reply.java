package io.patchbay.testkit.host;

import io.patchbay.testkit.upstream.Script;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.UnaryOperator;

/** What an upstream answers to one request of a {@link FlowDriver}. Immutable. */
public final class Reply {
    private final int status;
    private final Map<String, String> headers;
    private final byte[] body;
    private final boolean broken;

    private Reply(int status, Map<String, String> headers, byte[] body, boolean broken) {
        this.status = status;
        this.headers = headers;
        this.body = body;
        this.broken = broken;
    }

    /** Returns an answer of that status, media type and body. */
    public static Reply of(int status, String contentType, byte[] body) {
        Map<String, String> headers = contentType.isEmpty() ? Map.of() : Map.of("content-type", contentType);
        return new Reply(status, headers, body.clone(), false);
    }

    /** Returns a 200 with a JSON body. */
    public static Reply json(String json) {
        return json(200, json);
    }

    /** Returns a JSON answer of that status. */
    public static Reply json(int status, String json) {
        return of(status, "application/json", json.getBytes(StandardCharsets.UTF_8));
    }

    /** Returns a 200 with one SSE event per payload and {@code [DONE]} at the end. */
    public static Reply sse(String... payloads) {
        return events(SseText.of(payloads));
    }

    /** Returns a 200 with that body of server-sent events. */
    public static Reply events(byte[] body) {
        return of(200, "text/event-stream; charset=utf-8", body);
    }

    /** Returns what the script would answer, without its pauses and breaks. */
    public static Reply of(Script script) {
        return new Reply(script.printedStatus(), script.printedHeaders(), script.printedBody(), false);
    }

    /** Returns this answer with one more header. */
    public Reply header(String name, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(name.toLowerCase(Locale.ROOT), value);
        return new Reply(status, more, body, broken);
    }

    /** Returns this answer with another body. */
    public Reply body(byte[] other) {
        return new Reply(status, headers, other.clone(), broken);
    }

    /** Returns this answer with its body changed. */
    public Reply body(UnaryOperator<byte[]> change) {
        return new Reply(status, headers, change.apply(body.clone()), broken);
    }

    /** Returns this answer with a body that ends in order after so many bytes. */
    public Reply truncatedAt(int offset) {
        return new Reply(status, headers, Arrays.copyOf(body, Math.min(offset, body.length)), broken);
    }

    /** Returns this answer with a connection that breaks after so many bytes. */
    public Reply brokenAt(int offset) {
        return new Reply(status, headers, Arrays.copyOf(body, Math.min(offset, body.length)), true);
    }

    /** Returns the status. */
    public int status() {
        return status;
    }

    /** Returns the headers by lower-case name. */
    public Map<String, String> headers() {
        return Map.copyOf(headers);
    }

    /** Returns a copy of the body. */
    public byte[] body() {
        return body.clone();
    }

    /** Returns whether the connection breaks after the body instead of ending in order. */
    public boolean broken() {
        return broken;
    }

    /** Returns whether the body is server-sent events. */
    public boolean isEvents() {
        return headers.getOrDefault("content-type", "").startsWith("text/event-stream");
    }

    @Override
    public String toString() {
        return "reply " + status + " of " + body.length + " bytes" + (broken ? ", broken" : "");
    }
}

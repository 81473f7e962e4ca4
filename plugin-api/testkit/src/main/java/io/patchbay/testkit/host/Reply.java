package io.patchbay.testkit.host;

import io.patchbay.testkit.upstream.Script;
import io.patchbay.testkit.upstream.SocketMessage;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * What an upstream answers to one request of a {@link FlowDriver}: an HTTP answer, or, when a socket was dialled, the
 * messages of a WebSocket conversation. Immutable.
 */
public final class Reply {
    private static final int SWITCHING = 101;
    private static final int CLOSED_NORMALLY = 1000;

    private final int status;
    private final Map<String, String> headers;
    private final byte[] body;
    private final boolean broken;
    private final @Nullable Talk talk;

    /** What is said on a socket, and how it is closed. */
    private record Talk(List<SocketMessage> messages, int code, String reason) {
        Talk {
            messages = List.copyOf(messages);
        }
    }

    private Reply(int status, Map<String, String> headers, byte[] body, boolean broken, @Nullable Talk talk) {
        this.status = status;
        this.headers = headers;
        this.body = body;
        this.broken = broken;
        this.talk = talk;
    }

    /** Returns an answer of that status, media type and body. */
    public static Reply of(int status, String contentType, byte[] body) {
        Map<String, String> headers = contentType.isEmpty() ? Map.of() : Map.of("content-type", contentType);
        return new Reply(status, headers, body.clone(), false, null);
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

    /**
     * Returns a WebSocket that opens, says these texts and is closed in order with the code 1000. For a handshake that is
     * refused, give an ordinary answer such as {@code Reply.json(401, …)}; for a network that fails before it, one that is
     * {@link #brokenAt broken}.
     */
    public static Reply socket(String... texts) {
        return socket(Arrays.stream(texts).map(SocketMessage::text).toList());
    }

    /** Returns a WebSocket that opens, says these messages and is closed in order with the code 1000. */
    public static Reply socket(List<SocketMessage> messages) {
        return new Reply(SWITCHING, Map.of(), new byte[0], false, new Talk(messages, CLOSED_NORMALLY, ""));
    }

    /**
     * Returns what the script would answer, without its pauses and breaks.
     *
     * @throws IllegalArgumentException when the script is a socket that decides by what the client says
     */
    public static Reply of(Script script) {
        if (script.isSocket()) {
            return socket(script.printedMessages());
        }
        return new Reply(script.printedStatus(), script.printedHeaders(), script.printedBody(), false, null);
    }

    /** Returns this answer with one more header. */
    public Reply header(String name, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(name.toLowerCase(Locale.ROOT), value);
        return new Reply(status, more, body, broken, talk);
    }

    /** Returns this answer with another body. */
    public Reply body(byte[] other) {
        return new Reply(status, headers, plain(other.clone()), broken, null);
    }

    /** Returns this answer with its body changed. */
    public Reply body(UnaryOperator<byte[]> change) {
        return new Reply(status, headers, plain(change.apply(body.clone())), broken, null);
    }

    /** Returns this answer with a body that ends in order after so many bytes. */
    public Reply truncatedAt(int offset) {
        return new Reply(status, headers, plain(Arrays.copyOf(body, Math.min(offset, body.length))), broken, null);
    }

    /** Returns this answer with a connection that breaks after so many bytes. */
    public Reply brokenAt(int offset) {
        return new Reply(status, headers, plain(Arrays.copyOf(body, Math.min(offset, body.length))), true, null);
    }

    private byte[] plain(byte[] changed) {
        if (talk != null) {
            throw new IllegalStateException("a socket has messages and no body");
        }
        return changed;
    }

    /** Returns this socket saying one more text at the end. */
    public Reply saying(String text) {
        return saying(SocketMessage.text(text));
    }

    /** Returns this socket saying one more message at the end. */
    public Reply saying(SocketMessage message) {
        List<SocketMessage> more = new ArrayList<>(messages());
        more.add(message);
        return messages(more);
    }

    /** Returns this socket with other messages. */
    public Reply messages(List<SocketMessage> others) {
        Talk said = talk();
        return new Reply(status, headers, body, broken, new Talk(others, said.code(), said.reason()));
    }

    /** Returns this socket closed with that code and reason. */
    public Reply closing(int code, String reason) {
        return new Reply(status, headers, body, false, new Talk(talk().messages(), code, reason));
    }

    /** Returns this socket closed in order, with the code 1000, after so many messages. */
    public Reply closedAfter(int count) {
        return messages(first(count)).closing(CLOSED_NORMALLY, "");
    }

    /** Returns this socket with a connection that is lost after so many messages. */
    public Reply brokenAfter(int count) {
        Talk said = talk();
        return new Reply(status, headers, body, true, new Talk(first(count), said.code(), said.reason()));
    }

    private List<SocketMessage> first(int count) {
        return messages().subList(0, Math.min(count, messages().size()));
    }

    private Talk talk() {
        if (talk == null) {
            throw new IllegalStateException("an HTTP answer has a body and no messages");
        }
        return talk;
    }

    /** Returns whether this is a WebSocket that opens, and no HTTP answer. */
    public boolean isSocket() {
        return talk != null;
    }

    /** Returns what is said on the socket, nothing for an HTTP answer. */
    public List<SocketMessage> messages() {
        return talk == null ? List.of() : talk.messages();
    }

    /** Returns the code the socket is closed with. */
    public int closeCode() {
        return talk().code();
    }

    /** Returns the reason the socket is closed with, maybe empty. */
    public String closeReason() {
        return talk().reason();
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

    /** Returns whether the connection breaks after the body or the messages instead of ending in order. */
    public boolean broken() {
        return broken;
    }

    /** Returns whether the body is server-sent events. */
    public boolean isEvents() {
        return headers.getOrDefault("content-type", "").startsWith("text/event-stream");
    }

    /** Returns all that is said: the body, or the messages one after the other, as UTF-8 text. */
    public String text() {
        StringBuilder text = new StringBuilder(new String(body, StandardCharsets.UTF_8));
        messages().forEach(message -> text.append(message.text()).append('\n'));
        return text.toString();
    }

    @Override
    public String toString() {
        String what = talk == null
                ? "reply " + status + " of " + body.length + " bytes"
                : "socket of " + talk.messages().size() + " messages";
        return what + (broken ? ", broken" : "");
    }
}

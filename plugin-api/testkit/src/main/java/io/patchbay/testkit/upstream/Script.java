package io.patchbay.testkit.upstream;

import io.patchbay.spi.json.JsonValue;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What a {@link ScriptedUpstream} answers to one request. Immutable: each method returns a changed script, so that one
 * script can be shared and varied.
 *
 * <p>Methods that add something to the body ({@link #body}, {@link #chunk}, {@link #sse}, {@link #event}, {@link #stall},
 * {@link #delay}, …) act in the order they are called. Status line and headers leave together with the first byte of
 * the body, or earlier by {@link #head()}; so {@code answer().stall()} never answers at all and
 * {@code answer().head().stall()} stops after the headers. A script with {@link #body} only is sent with a
 * {@code content-length}, any other chunked.
 */
public final class Script {
    private static final Script EMPTY = new Script(new ScriptSettings());

    private final ScriptSettings settings;

    private Script(ScriptSettings settings) {
        this.settings = settings;
    }

    /** Returns a script that answers 200 with an empty body. */
    public static Script answer() {
        return EMPTY;
    }

    /** Returns a script that answers with that status and an empty body. */
    public static Script answer(int status) {
        return EMPTY.status(status);
    }

    /**
     * Returns a script that takes the upgrade to a WebSocket and then does what {@link #hear}, {@link #say}, {@link #close},
     * … tell, in that order; {@link #delay}, {@link #until}, {@link #stall}, {@link #cut} and {@link #hangUp} mean what they
     * mean for bodies. At its end it closes with the code 1000. Pings are answered all the time. A request that is no upgrade
     * is refused with 426; to refuse an upgrade, answer it with an ordinary script. Nothing is charged.
     */
    public static Script socket() {
        return EMPTY.with(s -> {
            s.socket = true;
            s.status = 101;
        });
    }

    /** Returns a script that hears one message on a WebSocket, says what the function makes of it, and closes. */
    public static Script socket(Function<String, List<String>> answer) {
        return socket().step(new Step.Answer(answer));
    }

    /** Waits for the next message of the client, on a socket; it is among {@link ScriptedUpstream#heard()}. */
    public Script hear() {
        return step(new Step.Hear());
    }

    /** Says a text on a socket. */
    public Script say(String text) {
        return step(new Step.Say(SocketMessage.text(text), 1));
    }

    /** Says a text on a socket, cut into so many frames. */
    public Script say(String text, int frames) {
        return step(new Step.Say(SocketMessage.text(text), frames));
    }

    /** Sends a binary message on a socket. */
    public Script sayBinary(byte[] bytes) {
        return step(new Step.Say(SocketMessage.binary(bytes), 1));
    }

    /** Sends a ping on a socket and waits for its pong. */
    public Script ping() {
        return step(new Step.Ping());
    }

    /** Closes a socket in order, and waits until the client has done the same. */
    public Script close(int code, String reason) {
        return step(new Step.Close(code, reason));
    }

    /** Answers with that status. */
    public Script status(int status) {
        return with(s -> s.status = status);
    }

    /** Sets a header; a later value of the same name replaces an earlier one. */
    public Script header(String name, String value) {
        return with(s -> s.headers.put(name.toLowerCase(Locale.ROOT), value));
    }

    /** Adds a JSON body. */
    public Script json(String json) {
        return body("application/json", json.getBytes(StandardCharsets.UTF_8));
    }

    /** Adds a JSON body. */
    public Script json(JsonValue json) {
        return body("application/json", json.toBytes());
    }

    /** Adds a text body in UTF-8. */
    public Script text(String contentType, String text) {
        return body(contentType, text.getBytes(StandardCharsets.UTF_8));
    }

    /** Adds a body of that media type. */
    public Script body(String contentType, byte[] bytes) {
        return header("content-type", contentType).body(bytes);
    }

    /** Adds a body, sent with a {@code content-length} unless something chunked is added too. */
    public Script body(byte[] bytes) {
        return step(new Step.Write(bytes.clone(), true));
    }

    /** Adds bytes to a chunked body; each call is one write and one chunk. */
    public Script chunk(byte[] bytes) {
        return with(s -> {
            s.chunked = true;
            s.steps.add(new Step.Write(bytes.clone(), true));
        });
    }

    /** Adds UTF-8 text to a chunked body; each call is one write and one chunk. */
    public Script chunk(String text) {
        return chunk(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Adds the same chunk many times; a body of gigabytes takes no memory here. */
    public Script repeat(long times, byte[] chunk) {
        return with(s -> {
            s.chunked = true;
            s.steps.add(new Step.Repeat(times, chunk.clone()));
        });
    }

    /**
     * Adds one SSE {@code data:} event per payload. Unless {@link #endWithoutMarker()} is said, {@code data: [DONE]}
     * follows at the end of the script.
     */
    public Script sse(List<String> payloads) {
        return with(s -> {
            s.events();
            s.marker = true;
            payloads.forEach(payload -> s.steps.add(new Step.Frame(null, payload, true, false)));
        });
    }

    /** See {@link #sse(List)}. */
    public Script sse(String... payloads) {
        return sse(Arrays.asList(payloads));
    }

    /** Adds an SSE event with a name; no end marker is asked for. */
    public Script event(@Nullable String name, String payload) {
        return with(s -> {
            s.events();
            s.steps.add(new Step.Frame(name, payload, true, false));
        });
    }

    /** Adds an SSE comment as a block of its own. */
    public Script comment(String text) {
        return with(s -> {
            s.events();
            s.steps.add(new Step.Comment(text));
        });
    }

    /** Adds an SSE event with that error object as payload and ends the stream without an end marker. */
    public Script thenError(String json) {
        return with(s -> {
            s.events();
            s.steps.add(new Step.Frame(null, json, false, false));
            s.marker = false;
        });
    }

    /** Leaves out {@code data: [DONE]}. */
    public Script endWithoutMarker() {
        return with(s -> s.marker = false);
    }

    /** Sends status line and headers here, before any body. */
    public Script head() {
        return with(s -> {
            s.chunked = true;
            s.steps.add(new Step.Head());
        });
    }

    /** Waits here; before the first body byte it delays status line and headers too, unless {@link #head()} was said. */
    public Script delay(Duration time) {
        return step(new Step.Pause(time));
    }

    /** Waits here until the latch is open, so that a test decides when the upstream goes on. */
    public Script until(CountDownLatch latch) {
        return step(new Step.Wait(latch));
    }

    /** Waits that long between any two writes of the body. */
    public Script paced(Duration between) {
        return with(s -> s.pace = between);
    }

    /** Says nothing more, and keeps the connection open until the client leaves or the upstream is closed. */
    public Script stall() {
        return step(new Step.Stall());
    }

    /** Breaks the connection here with a TCP reset. */
    public Script cut() {
        return step(new Step.Break(true));
    }

    /** Closes the connection here in order, although the body is not complete. */
    public Script hangUp() {
        return step(new Step.Break(false));
    }

    /** Breaks the connection with a TCP reset after so many bytes of the body. */
    public Script cutAt(int bodyOffset) {
        return with(s -> {
            s.breakAt = bodyOffset;
            s.breakByReset = true;
        });
    }

    /** Closes the connection in order after so many bytes of the body, although it is not complete. */
    public Script hangUpAt(int bodyOffset) {
        return with(s -> {
            s.breakAt = bodyOffset;
            s.breakByReset = false;
        });
    }

    /** Cuts the body into writes (and chunks) at these offsets. */
    public Script splitAt(int... bodyOffsets) {
        int[] sorted = bodyOffsets.clone();
        Arrays.sort(sorted);
        return with(s -> {
            s.chunked = true;
            s.splitAt = sorted;
        });
    }

    /** Cuts the body into writes (and chunks) of at most so many bytes. */
    public Script splitEvery(int bytes) {
        return with(s -> {
            s.chunked = true;
            s.splitEvery = bytes;
        });
    }

    /** Ends SSE lines with CR LF. */
    public Script crlf() {
        return with(s -> s.lineEnd = "\r\n");
    }

    /** Ends SSE lines with a lone CR. */
    public Script cr() {
        return with(s -> s.lineEnd = "\r");
    }

    /** Puts an SSE comment before every event. */
    public Script comments() {
        return with(s -> s.comments = true);
    }

    /** Ends the body by closing the connection, with neither a length nor chunks, as HTTP/1.0 servers do. */
    public Script closeDelimited() {
        return with(s -> s.closeDelimited = true).closing();
    }

    /** Closes the connection after the answer. */
    public Script closing() {
        return header("connection", "close");
    }

    /** Has the answer put on the bill; content that was not written is not charged. */
    public Script charging(String answerId, String model, long input, long output) {
        return with(s -> s.price = new ScriptSettings.Price(answerId, model, input, output));
    }

    /** Marks the script as one that tells the usage, for the bill. */
    Script tellingUsage() {
        return with(s -> s.usageInBody = true);
    }

    /** Adds events whose meaning for the bill is known. */
    Script frames(List<Step.Frame> frames) {
        return with(s -> {
            s.events();
            s.marker = true;
            s.steps.addAll(frames);
        });
    }

    private Script step(Step step) {
        return with(s -> s.steps.add(step));
    }

    private Script with(Change change) {
        ScriptSettings copy = settings.copy();
        change.apply(copy);
        return new Script(copy);
    }

    /** Returns the status that is answered. */
    public int printedStatus() {
        return settings.status;
    }

    /** Returns the headers that are answered, by lower-case name, without those of the framing. */
    public Map<String, String> printedHeaders() {
        return Map.copyOf(settings.headers);
    }

    /** Returns whether this is a conversation on a WebSocket. */
    public boolean isSocket() {
        return settings.socket;
    }

    /**
     * Returns what this script says on a socket.
     *
     * @throws IllegalArgumentException when it decides that by what the client says
     */
    public List<SocketMessage> printedMessages() {
        List<SocketMessage> messages = new ArrayList<>();
        for (Step step : settings.steps) {
            if (step instanceof Step.Answer) {
                throw new IllegalArgumentException("this script decides by what the client says");
            }
            if (step instanceof Step.Say say) {
                messages.add(say.message());
            }
        }
        return messages;
    }

    /** Returns the body this script writes when nothing pauses, splits or breaks it; repeated chunks occur once. */
    public byte[] printedBody() {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        for (Step step : settings.steps) {
            switch (step) {
                case Step.Write write -> body.writeBytes(write.bytes());
                case Step.Repeat repeat -> body.writeBytes(repeat.bytes());
                case Step.Frame frame -> body.writeBytes(AnswerWriter.printed(frame, settings));
                case Step.Comment comment -> body.writeBytes(AnswerWriter.printed(comment, settings));
                default -> {}
            }
        }
        if (settings.marker) {
            body.writeBytes(AnswerWriter.printed(Step.MARKER, settings));
        }
        return body.toByteArray();
    }

    ScriptSettings settings() {
        return settings;
    }

    private interface Change {
        void apply(ScriptSettings settings);
    }
}

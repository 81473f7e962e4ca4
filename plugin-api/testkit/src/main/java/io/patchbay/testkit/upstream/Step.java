package io.patchbay.testkit.upstream;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** One thing a script does, in the order it was written. */
sealed interface Step {
    /** The end marker of OpenAI's streams. */
    Frame MARKER = new Frame(null, "[DONE]", false, false);

    /** Sends status line and headers now, before any byte of the body. */
    record Head() implements Step {}

    record Pause(Duration time) implements Step {}

    record Wait(CountDownLatch latch) implements Step {}

    /** Bytes of the body; {@code content} counts towards what is charged. */
    record Write(byte[] bytes, boolean content) implements Step {}

    /** The same bytes many times, so that a huge body costs no memory here. */
    record Repeat(long times, byte[] bytes) implements Step {}

    /** An SSE event, printed when it is sent, because line ends and comments are settings of the whole script. */
    record Frame(@Nullable String event, String payload, boolean content, boolean usage) implements Step {}

    record Comment(String text) implements Step {}

    /** Waits for the next message of the client, on a socket. */
    record Hear() implements Step {}

    /** Waits for a message of the client and says what the function makes of it, on a socket. */
    record Answer(Function<String, List<String>> function) implements Step {}

    /** Says a message on a socket, cut into so many frames. */
    record Say(SocketMessage message, int frames) implements Step {}

    /** Sends a ping on a socket and waits for its pong. */
    record Ping() implements Step {}

    /** Closes a socket in order and waits until the client has done the same. */
    record Close(int code, String reason) implements Step {}

    /** Keeps the connection open and says nothing more. */
    record Stall() implements Step {}

    /** Breaks the connection: by a reset, or by an orderly close before the body is complete. */
    record Break(boolean reset) implements Step {}
}

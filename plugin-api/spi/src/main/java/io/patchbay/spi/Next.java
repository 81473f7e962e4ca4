package io.patchbay.spi;

import io.patchbay.spi.http.Answer;
import io.patchbay.spi.http.HttpRequest;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import org.osgi.annotation.versioning.ProviderType;

/**
 * What a flow wants to happen next. Made by the factory methods only; the host performs it and calls the continuation
 * it carries. Returning an action while an exchange is open ends that exchange.
 */
@ProviderType
public sealed interface Next {
    /** The largest whole answer unless an action says otherwise. */
    int WHOLE_LIMIT = 8 * 1024 * 1024;

    /** Sends a request and waits for the whole answer, of any status, at most {@link #WHOLE_LIMIT} bytes. */
    static Next ask(HttpRequest request, Function<Answer, Next> then) {
        return ask(request, WHOLE_LIMIT, then);
    }

    /** Sends a request and waits for the whole answer, of any status and at most {@code limit} bytes (1 to 256 MiB). */
    static Next ask(HttpRequest request, int limit, Function<Answer, Next> then) {
        if (limit < 1 || limit > 256 * 1024 * 1024) {
            throw new IllegalArgumentException("limit must be 1 byte to 256 MiB, found " + limit);
        }
        return new Ask(request, limit, then);
    }

    /** Sends a request and reads the body of a 2xx answer in frames. */
    static Next stream(HttpRequest request, Framing framing, Reader reader) {
        return new Stream(request, framing, reader);
    }

    /** Sends a request whose answer is in a dialect the host knows; the host decodes it or forwards it. */
    static Next speak(HttpRequest request, Framing framing, Dialect dialect, Voice voice) {
        return new Speak(request, framing, dialect, voice);
    }

    /** Sends a request whose 2xx body is the product itself; no byte of it enters the plugin. */
    static Next pass(HttpRequest request, Function<Answer, Next> refused) {
        return new Pass(request, refused);
    }

    /**
     * Opens a WebSocket, asks one question on it and reads the answer.
     *
     * @param handshake a GET of a {@code ws} or {@code wss} address
     */
    static Next dial(HttpRequest handshake, SocketReader reader) {
        return new Dial(handshake, reader);
    }

    /**
     * Looks up what earlier calls asked to be remembered.
     *
     * @param then gets what is known; a missing entry is unknown
     */
    static Next recall(Set<Memo> memos, Function<Map<Memo, String>, Next> then) {
        return new Recall(memos, then);
    }

    /** Waits inside the call, at most 60 seconds. */
    static Next pause(Duration time, Supplier<Next> then) {
        if (time.isNegative() || time.compareTo(Duration.ofSeconds(60)) > 0) {
            throw new IllegalArgumentException("a pause lasts 0 to 60 s, found " + time);
        }
        return new Pause(time, then);
    }

    /** Goes on reading; only from a reader. */
    static Next more() {
        return More.MORE;
    }

    /** Ends the flow well. */
    static Next done() {
        return Done.DONE;
    }

    /** Ends the flow with a fault. */
    static Next fail(Fault fault) {
        return new Fail(fault);
    }

    /** See {@link Next#ask(HttpRequest, int, Function)}. */
    final class Ask implements Next {
        private final HttpRequest request;
        private final int limit;
        private final Function<Answer, Next> then;

        private Ask(HttpRequest request, int limit, Function<Answer, Next> then) {
            this.request = Objects.requireNonNull(request, "request is null");
            this.limit = limit;
            this.then = Objects.requireNonNull(then, "then is null");
        }

        /** Returns what to send. */
        public HttpRequest request() {
            return request;
        }

        /** Returns the largest answer in bytes. */
        public int limit() {
            return limit;
        }

        /** Returns who continues. */
        public Function<Answer, Next> then() {
            return then;
        }
    }

    /** See {@link Next#stream}. */
    final class Stream implements Next {
        private final HttpRequest request;
        private final Framing framing;
        private final Reader reader;

        private Stream(HttpRequest request, Framing framing, Reader reader) {
            this.request = Objects.requireNonNull(request, "request is null");
            this.framing = Objects.requireNonNull(framing, "framing is null");
            this.reader = Objects.requireNonNull(reader, "reader is null");
        }

        /** Returns what to send. */
        public HttpRequest request() {
            return request;
        }

        /** Returns how the body is cut. */
        public Framing framing() {
            return framing;
        }

        /** Returns who reads the frames. */
        public Reader reader() {
            return reader;
        }
    }

    /** See {@link Next#speak}. */
    final class Speak implements Next {
        private final HttpRequest request;
        private final Framing framing;
        private final Dialect dialect;
        private final Voice voice;

        private Speak(HttpRequest request, Framing framing, Dialect dialect, Voice voice) {
            this.request = Objects.requireNonNull(request, "request is null");
            this.framing = Objects.requireNonNull(framing, "framing is null");
            this.dialect = Objects.requireNonNull(dialect, "dialect is null");
            this.voice = Objects.requireNonNull(voice, "voice is null");
        }

        /** Returns what to send. */
        public HttpRequest request() {
            return request;
        }

        /** Returns how the body is cut. */
        public Framing framing() {
            return framing;
        }

        /** Returns the language of the answer. */
        public Dialect dialect() {
            return dialect;
        }

        /** Returns the vendor's accent. */
        public Voice voice() {
            return voice;
        }
    }

    /** See {@link Next#pass}. */
    final class Pass implements Next {
        private final HttpRequest request;
        private final Function<Answer, Next> refused;

        private Pass(HttpRequest request, Function<Answer, Next> refused) {
            this.request = Objects.requireNonNull(request, "request is null");
            this.refused = Objects.requireNonNull(refused, "refused is null");
        }

        /** Returns what to send. */
        public HttpRequest request() {
            return request;
        }

        /** Returns who continues when the answer is not the product. */
        public Function<Answer, Next> refused() {
            return refused;
        }
    }

    /** See {@link Next#dial}. */
    final class Dial implements Next {
        private final HttpRequest handshake;
        private final SocketReader reader;

        private Dial(HttpRequest handshake, SocketReader reader) {
            this.handshake = Objects.requireNonNull(handshake, "handshake is null");
            this.reader = Objects.requireNonNull(reader, "reader is null");
        }

        /** Returns the request that opens the socket. */
        public HttpRequest handshake() {
            return handshake;
        }

        /** Returns who talks on it. */
        public SocketReader reader() {
            return reader;
        }
    }

    /** See {@link Next#recall}. */
    final class Recall implements Next {
        private final Set<Memo> memos;
        private final Function<Map<Memo, String>, Next> then;

        private Recall(Set<Memo> memos, Function<Map<Memo, String>, Next> then) {
            this.memos = Set.copyOf(memos);
            this.then = Objects.requireNonNull(then, "then is null");
        }

        /** Returns what to look up. */
        public Set<Memo> memos() {
            return memos;
        }

        /** Returns who continues. */
        public Function<Map<Memo, String>, Next> then() {
            return then;
        }
    }

    /** See {@link Next#pause}. */
    final class Pause implements Next {
        private final Duration time;
        private final Supplier<Next> then;

        private Pause(Duration time, Supplier<Next> then) {
            this.time = time;
            this.then = Objects.requireNonNull(then, "then is null");
        }

        /** Returns how long to wait. */
        public Duration time() {
            return time;
        }

        /** Returns who continues. */
        public Supplier<Next> then() {
            return then;
        }
    }

    /** See {@link Next#more()}. */
    final class More implements Next {
        private static final More MORE = new More();

        private More() {}
    }

    /** See {@link Next#done()}. */
    final class Done implements Next {
        private static final Done DONE = new Done();

        private Done() {}
    }

    /** See {@link Next#fail}. */
    final class Fail implements Next {
        private final Fault fault;

        private Fail(Fault fault) {
            this.fault = Objects.requireNonNull(fault, "fault is null");
        }

        /** Returns why. */
        public Fault fault() {
            return fault;
        }
    }
}

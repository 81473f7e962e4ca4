package io.patchbay.relay.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.core.read.ListAppender;
import io.patchbay.spi.Bytes;
import io.patchbay.spi.Flow;
import io.patchbay.spi.Framing;
import io.patchbay.spi.Next;
import io.patchbay.spi.Reader;
import io.patchbay.spi.Secret;
import io.patchbay.spi.http.Body;
import io.patchbay.spi.http.HttpRequest;
import io.patchbay.testkit.upstream.Script;
import io.patchbay.testkit.upstream.ScriptedUpstream;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import org.slf4j.LoggerFactory;

/**
 * An upstream that is there with TLS and without, what flows ask it, and kinds of proxies to reach it through. At the
 * end no line of the log may hold the proxies' credentials.
 */
final class ProxyBench implements AutoCloseable {
    static final String USER = "operator-é";
    static final String WORD = "pass:word@/100%-ü";
    private static final String BASIC =
            Base64.getEncoder().encodeToString((USER + ":" + WORD).getBytes(StandardCharsets.UTF_8));

    /** A kind of proxy, in the seed's numbering. */
    enum Kind {
        HTTP(1, "http://"),
        HTTPS(2, "https://"),
        SOCKS5(3, "");

        final int type;
        private final String scheme;

        Kind(int type, String scheme) {
            this.type = type;
            this.scheme = scheme;
        }

        TinyProxy start(SelfSigned certificate) throws Exception {
            return this == HTTPS ? TinyProxy.start(certificate) : TinyProxy.start();
        }

        ProxySetting at(int port) {
            return at(port, "", "");
        }

        ProxySetting at(int port, String user, String word) {
            return new ProxySetting(type, scheme + "127.0.0.1:" + port, user, Secret.of(word));
        }
    }

    private final ListAppender<ILoggingEvent> log = new ListAppender<>();
    private final Level usual = logger("io.patchbay").getLevel();
    private final SocketBench bench;
    private final TlsFront front;

    /** Starts all of it; the client trusts that certificate. */
    ProxyBench(SelfSigned certificate) throws Exception {
        log.start();
        logger(org.slf4j.Logger.ROOT_LOGGER_NAME).addAppender(log);
        logger("io.patchbay").setLevel(Level.TRACE);
        bench = new SocketBench(true, InetAddress::getAllByName, certificate.trusted());
        front = TlsFront.start(certificate, bench.upstream.port());
        bench.upstream.on("POST", "/ask", request -> Script.answer().json("{\"heard\":\"" + request.text() + "\"}"));
        bench.upstream.on("GET", "/stream", Script.answer().sse("{\"a\":1}", "{\"a\":2}"));
        bench.upstream.on("GET", "/dial", Script.socket(question -> List.of("heard " + question, "last")));
    }

    private static Logger logger(String name) {
        return (Logger) LoggerFactory.getLogger(name);
    }

    @Override
    public void close() throws IOException {
        front.close();
        bench.close();
        logger(org.slf4j.Logger.ROOT_LOGGER_NAME).detachAppender(log);
        logger("io.patchbay").setLevel(usual);
        assertThat(List.copyOf(log.list))
                .extracting(ProxyBench::line)
                .noneMatch(line -> line.contains(USER) || line.contains(WORD) || line.contains(BASIC));
    }

    private static String line(ILoggingEvent event) {
        StringBuilder line = new StringBuilder(event.getFormattedMessage());
        for (IThrowableProxy cause = event.getThrowableProxy(); cause != null; cause = cause.getCause()) {
            line.append(' ').append(cause.getMessage());
        }
        return line.toString();
    }

    ScriptedUpstream upstream() {
        return bench.upstream;
    }

    void through(ProxySetting proxy) {
        bench.egress = Egress.through(proxy);
    }

    /** Runs a flow to its end; returns how it ended. */
    String end(Flow<String> flow) {
        return bench.run(flow).end();
    }

    /** Begins a flow. */
    SocketBench.Host begin(Flow<String> flow) {
        SocketBench.Host host = new SocketBench.Host();
        bench.begin(flow, host);
        return host;
    }

    /** Returns host and port of the upstream. */
    String server(boolean tls) {
        return "127.0.0.1:" + (tls ? front.port() : bench.upstream.port());
    }

    Flow<String> ask(boolean tls) {
        HttpRequest request = HttpRequest.post((tls ? "https://" : "http://") + server(tls) + "/ask?a=b%20c")
                .header("X-Key", Secret.of("of-the-channel"))
                .body(Body.text("text/plain", "a question"))
                .build();
        return turn -> Next.ask(request, answer -> {
            turn.emit(answer.status() + " " + answer.body().utf8());
            return answer.status() == 200 ? Next.done() : Next.fail(answer.fault());
        });
    }

    Flow<String> stream(boolean tls) {
        HttpRequest request = HttpRequest.get((tls ? "https://" : "http://") + server(tls) + "/stream")
                .build();
        return turn -> Next.stream(request, Framing.SSE, new Reader() {
            @Override
            public Next on(String event, Bytes data) {
                turn.emit(data.utf8());
                return Next.more();
            }

            @Override
            public Next end() {
                return Next.done();
            }
        });
    }

    Flow<String> dial(boolean tls) {
        HttpRequest request = HttpRequest.get((tls ? "wss://" : "ws://") + server(tls) + "/dial")
                .build();
        return turn -> Next.dial(request, new SocketBench.Telling(turn));
    }

    /** Returns a call of each kind, to the upstream without TLS and with it. */
    List<Flow<String>> everyCall() {
        return List.of(ask(false), stream(false), dial(false), ask(true), stream(true), dial(true));
    }

    /** Makes a call of each kind and reads its answer. */
    void everyCallIsAnswered() {
        for (boolean tls : new boolean[] {false, true}) {
            assertThat(bench.run(ask(tls)).events).containsExactly("200 {\"heard\":\"a question\"}");
            assertThat(bench.run(stream(tls)).events).containsExactly("{\"a\":1}", "{\"a\":2}", "[DONE]");
            assertThat(bench.run(dial(tls)).events).containsExactly("heard question", "last");
        }
    }
}

package io.patchbay.relay.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.patchbay.spi.Bytes;
import io.patchbay.spi.Flow;
import io.patchbay.spi.Next;
import io.patchbay.spi.Secret;
import io.patchbay.spi.Socket;
import io.patchbay.spi.http.Body;
import io.patchbay.spi.http.HttpRequest;
import io.patchbay.testkit.upstream.HeardMessage;
import io.patchbay.testkit.upstream.ReceivedRequest;
import io.patchbay.testkit.upstream.Script;
import io.patchbay.testkit.upstream.SocketClosing;
import io.patchbay.testkit.upstream.SocketMessage;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Sockets that flows dial, over real connections. */
final class DialTest {
    private static final int MEGABYTE = 1024 * 1024;

    private SocketBench bench;

    @BeforeEach
    void start() throws Exception {
        bench = new SocketBench();
    }

    @AfterEach
    void stop() {
        bench.close();
    }

    private HttpRequest.Builder get(String path) {
        return HttpRequest.get(bench.upstream.socketEndpoint() + path);
    }

    private Flow<String> dial(String path) {
        return turn -> Next.dial(get(path).build(), new SocketBench.Telling(turn));
    }

    private void on(String path, Script script) {
        bench.upstream.on("GET", path, script);
    }

    @Test
    void asksOneQuestionAndReadsTheAnswer() {
        on("/chat", Script.socket(question -> List.of("you said", question + " 你好", "last")));
        SocketBench.Host host = bench.run(dial("/chat"));

        assertThat(host.end()).isEqualTo("finished");
        assertThat(host.events).containsExactly("you said", "question 你好", "last");
        assertThat(bench.upstream.awaitClosings(1))
                .extracting(SocketClosing::code)
                .containsExactly(1000);
        bench.upstream.awaitIdle();
        assertThat(bench.upstream.cancelled()).isEmpty();
    }

    @Test
    void closesInOrderAsSoonAsTheFlowHasEnough() {
        on(
                "/endless",
                Script.socket()
                        .hear()
                        .say("last")
                        .say("more than was asked for")
                        .stall());
        assertThat(bench.run(dial("/endless")).end()).isEqualTo("finished");
        assertThat(bench.upstream.awaitClosings(1))
                .extracting(SocketClosing::code)
                .containsExactly(1000);

        on("/one", Script.socket().hear().say("a").stall());
        bench.upstream.on("GET", "/two", Script.answer().json("{}"));
        SocketBench.Host turned = bench.run(turn -> Next.dial(get("/one").build(), new SocketBench.Telling(turn) {
            @Override
            public Next on(Bytes data) {
                HttpRequest then =
                        HttpRequest.get(bench.upstream.endpoint() + "/two").build();
                return Next.ask(then, answer -> {
                    turn.emit("then " + answer.status());
                    return Next.done();
                });
            }
        }));
        assertThat(turned.events).containsExactly("then 200");
        assertThat(bench.upstream.awaitClosings(2))
                .extracting(SocketClosing::code)
                .containsExactly(1000, 1000);
    }

    @Test
    void handshakesCarryHeadersSecretsAndSignatures() {
        on("/signed", Script.socket().hear().say("last"));
        bench.run(turn -> Next.dial(
                get("/signed?a=b")
                        .header("X-Key", Secret.of("hidden"))
                        .query("key", Secret.of("s/1"))
                        .querySigned((asked, sha256, now) -> Map.of("sign", sha256.substring(0, 4) + " =signature"))
                        .build(),
                new SocketBench.Telling(turn)));
        ReceivedRequest sent = bench.upstream.received().getLast();

        assertThat(sent.query()).isEqualTo("a=b&key=s%2F1&sign=e3b0+%3Dsignature");
        assertThat(sent.header("x-key")).isEqualTo("hidden");
        assertThat(bench.redactor.clean("e3b0 =signature, hidden, e3b0+%3Dsignature"))
                .isEqualTo("***, ***, ***");
    }

    @Test
    void ordinaryRequestsCanBeSignedInTheQueryToo() {
        bench.upstream.on("GET", "/plain", Script.answer().json("{}"));
        bench.run(turn -> Next.ask(
                HttpRequest.get(bench.upstream.endpoint() + "/plain")
                        .querySigned((asked, sha256, now) -> Map.of("sign", "signature"))
                        .build(),
                answer -> Next.done()));

        assertThat(bench.upstream.received().getLast().query()).isEqualTo("sign=signature");
        assertThat(bench.redactor.clean("signature")).isEqualTo("***");
    }

    @Test
    void messagesOfEveryKindGoBothWays() {
        String large = "x".repeat(200_000);
        on(
                "/kinds",
                Script.socket()
                        .hear()
                        .hear()
                        .hear()
                        .say("", 1)
                        .say("in three frames", 3)
                        .sayBinary("binary".getBytes(StandardCharsets.UTF_8))
                        .ping()
                        .say(large)
                        .say(large, 7)
                        .say("last"));
        SocketBench.Host host = bench.run(turn -> Next.dial(get("/kinds").build(), new SocketBench.Telling(turn) {
            @Override
            public Next opened(Socket socket) {
                socket.send("text 你好");
                socket.send(new byte[] {1, 2, (byte) 0xFF});
                socket.send(large);
                return Next.more();
            }
        }));

        assertThat(host.events)
                .containsExactly("", "in three frames", "binary", "200000 bytes", "200000 bytes", "last");
        assertThat(bench.upstream.heard())
                .extracting(HeardMessage::message)
                .containsExactly(
                        SocketMessage.text("text 你好"),
                        SocketMessage.binary(new byte[] {1, 2, (byte) 0xFF}),
                        SocketMessage.text(large));
    }

    @Test
    void largeMessagesAreTakenAndHugeOnesRefused() {
        on("/large", Script.socket().hear().say("x".repeat(15 * MEGABYTE)).say("last"));
        on("/huge", Script.socket().hear().say("x".repeat(20 * MEGABYTE)).say("last"));
        on("/parts", Script.socket().hear().say("x".repeat(20 * MEGABYTE), 40).say("last"));

        assertThat(bench.run(dial("/large")).events).containsExactly(15 * MEGABYTE + " bytes", "last");
        for (String path : List.of("/huge", "/parts")) {
            assertThat(bench.run(dial(path)).end()).startsWith("UPSTREAM: a message of the upstream is larger than");
        }
        assertThat(bench.upstream.awaitClosings(3))
                .extracting(SocketClosing::code)
                .containsExactly(1000, 1006, 1006);
    }

    /** Rests until another thread lets it go on, and notices what comes meanwhile. */
    private final class Resting extends SocketBench.Host {
        private boolean resting;
        private volatile boolean disturbed;

        @Override
        public void event(String event) {
            disturbed |= resting;
            super.event(event);
        }

        @Override
        public void rest(Runnable resume) {
            resting = true;
            bench.timers.after(
                    Duration.ZERO,
                    () -> serial.execute(() -> {
                        resting = false;
                        resume.run();
                    }));
        }
    }

    @Test
    void theNextMessageComesWhenTheHostHasWrittenTheOneBefore() {
        List<String> all = IntStream.range(0, 500).mapToObj(i -> "message " + i).toList();
        Script script = Script.socket().hear();
        for (String one : all) {
            script = script.say(one);
        }
        on("/many", script.say("last"));
        Resting host = new Resting();
        bench.begin(dial("/many"), host);

        assertThat(host.end()).isEqualTo("finished");
        assertThat(host.events).hasSize(501).startsWith(all.toArray(String[]::new));
        assertThat(host.disturbed).isFalse();
    }

    @Test
    void whatAHostThatRestsDoesNotTakeStaysWithTheUpstream() {
        Script script = Script.socket().hear();
        for (int i = 0; i < 64; i++) {
            script = script.say("x".repeat(MEGABYTE));
        }
        on("/flood", script.say("last"));
        AtomicReference<Runnable> resumes = new AtomicReference<>();
        SocketBench.Host host = new SocketBench.Host() {
            @Override
            public void rest(Runnable resume) {
                if (events.size() == 1) {
                    resumes.set(resume);
                } else {
                    resume.run();
                }
            }
        };
        bench.begin(dial("/flood"), host);
        await().until(() -> resumes.get() != null);

        // 64 MB do not fit between the two: the upstream is stuck in the middle of saying them.
        assertThat(bench.upstream.active()).isEqualTo(1);
        assertThat(host.events).hasSize(1);
        host.serial.execute(resumes.get());
        assertThat(host.end()).isEqualTo("finished");
        assertThat(host.events).hasSize(65);
    }

    @Test
    void socketsAreNotCountedAmongTheConnectionsOfRequests() {
        CountDownLatch go = new CountDownLatch(1);
        on("/held", Script.socket().hear().until(go).say("last"));
        // The bench allows 64 connections.
        List<SocketBench.Host> hosts = new ArrayList<>();
        for (int i = 0; i < 80; i++) {
            SocketBench.Host host = new SocketBench.Host();
            hosts.add(host);
            bench.begin(dial("/held"), host);
        }
        bench.upstream.awaitHeard(80);
        go.countDown();

        assertThat(hosts).allMatch(host -> host.end().equals("finished"));
    }

    @Test
    void theQueueOfWhatIsSaidIsBounded() throws Exception {
        on("/loud", Script.socket().stall());
        try (TinyProxy proxy = TinyProxy.start()) {
            bench.egress = Egress.through(new ProxySetting(1, "127.0.0.1:" + proxy.port(), "", Secret.of("")));
            proxy.goDeaf();
            for (int size : new int[] {5 * MEGABYTE, 40_000}) {
                SocketBench.Host host =
                        bench.run(turn -> Next.dial(get("/loud").build(), new SocketBench.Telling(turn) {
                            @Override
                            public Next opened(Socket socket) {
                                for (int i = 0; i < 2_000; i++) {
                                    socket.send(new byte[size]);
                                }
                                return Next.more();
                            }
                        }));
                assertThat(host.end()).startsWith("UPSTREAM: the upstream does not take what it is told");
            }
        }
    }

    @Test
    void readersRunWithThePluginsClassLoader() {
        on("/", Script.socket().hear().say("last"));
        List<ClassLoader> seen = new CopyOnWriteArrayList<>();
        Flow<String> inner = turn -> Next.dial(get("/").build(), new SocketBench.Telling(turn) {
            @Override
            public Next on(Bytes data) {
                seen.add(Thread.currentThread().getContextClassLoader());
                return super.on(data);
            }
        });
        ClassLoader plugin = new ClassLoader(DialTest.class.getClassLoader()) {};
        Object flow = Proxy.newProxyInstance(
                plugin, new Class<?>[] {Flow.class}, (self, method, arguments) -> method.invoke(inner, arguments));
        @SuppressWarnings("unchecked")
        Flow<String> lent = (Flow<String>) flow;
        bench.run(lent);

        assertThat(seen).containsExactly(plugin);
    }

    @Test
    void brokenRulesAreThePluginsFault() {
        on("/", Script.socket().hear().say("a"));
        HttpRequest post = HttpRequest.post(bench.upstream.socketEndpoint()).build();
        HttpRequest plain = HttpRequest.get(bench.upstream.endpoint()).build();
        HttpRequest body = get("/").body(Body.text("text/plain", "a")).build();
        for (HttpRequest wrong : List.of(post, plain, body)) {
            assertThat(bench.run(turn -> Next.dial(wrong, new SocketBench.Telling(turn)))
                            .end())
                    .startsWith("PLUGIN: the plugin dialled something else");
        }
        assertThat(bench.run(turn -> Next.ask(get("/").build(), answer -> Next.done()))
                        .end())
                .startsWith("PLUGIN: the plugin asked a ws");
        assertThat(bench.run(turn -> Next.dial(get("/").build(), new SocketBench.Telling(turn) {
                            @Override
                            public Next closed(int code, String reason) {
                                return Next.more();
                            }
                        }))
                        .end())
                .isEqualTo("PLUGIN: the plugin asked for more after the end");
        assertThat(bench.run(turn -> Next.dial(get("/").build(), new SocketBench.Telling(turn) {
                            @Override
                            public Next on(Bytes data) {
                                throw new IllegalArgumentException("oops");
                            }
                        }))
                        .end())
                .isEqualTo("PLUGIN: the plugin failed with IllegalArgumentException: oops");
        assertThat(bench.run(turn -> Next.dial(get("/").build(), new SocketBench.Telling(turn) {
                            @Override
                            public Next opened(Socket socket) {
                                return Next.pause(Duration.ZERO, () -> {
                                    socket.send("late");
                                    return Next.done();
                                });
                            }
                        }))
                        .end())
                .startsWith("PLUGIN: the plugin failed with IllegalStateException: a socket is used inside");
    }
}

package io.patchbay.relay.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.foundation.config.RelayConfig;
import io.patchbay.spi.Bytes;
import io.patchbay.spi.Dialect;
import io.patchbay.spi.Fault;
import io.patchbay.spi.FaultKind;
import io.patchbay.spi.Flow;
import io.patchbay.spi.Framing;
import io.patchbay.spi.Next;
import io.patchbay.spi.Reader;
import io.patchbay.spi.Secret;
import io.patchbay.spi.Voice;
import io.patchbay.spi.http.Answer;
import io.patchbay.spi.http.Body;
import io.patchbay.spi.http.HttpRequest;
import io.patchbay.testkit.upstream.ReceivedRequest;
import io.patchbay.testkit.upstream.Script;
import io.patchbay.testkit.upstream.ScriptedUpstream;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Every action of a flow over real sockets, and every way to break the rules. */
final class FlowRunnerTest {
    private static final Timeouts PATIENCE = new Timeouts(Duration.ofSeconds(5), Duration.ofSeconds(5));

    private static ScriptedUpstream upstream;
    private static UpstreamClient client;
    private static Timers timers;

    @BeforeAll
    static void start() throws Exception {
        upstream = ScriptedUpstream.start();
        RelayConfig config = new RelayConfig(
                Duration.ofSeconds(2),
                Duration.ofSeconds(5),
                Duration.ofSeconds(5),
                Duration.ofSeconds(30),
                Duration.ofSeconds(10),
                64,
                RelayConfig.UnmappedFields.REPORT,
                false,
                true);
        client = new UpstreamClient(config, InstantSource.system());
        timers = new Timers(client.executor());
    }

    @AfterAll
    static void stop() {
        timers.close();
        client.close();
        upstream.close();
    }

    /** Collects what a flow does. */
    private static final class Collecting implements FlowHost<String> {
        final List<String> events = new CopyOnWriteArrayList<>();
        final CompletableFuture<String> end = new CompletableFuture<>();
        final boolean takesFiles;

        Collecting(boolean takesFiles) {
            this.takesFiles = takesFiles;
        }

        @Override
        public void event(String event) {
            events.add(event);
        }

        @Override
        public @Nullable Speaking speak(Next.Speak action, boolean framed) {
            return null;
        }

        @Override
        public boolean pass(Head head) {
            events.add("file " + head.contentType());
            return takesFiles;
        }

        @Override
        public void passed(Bytes bytes) {
            events.add(bytes.utf8());
        }

        @Override
        public void rest(Runnable resume) {
            resume.run();
        }

        @Override
        public boolean contentSeen() {
            return !events.isEmpty();
        }

        @Override
        public void note(String key, String value) {
            events.add(key + "=" + value);
        }

        @Override
        public void finished() {
            end.complete("finished");
        }

        @Override
        public void failed(Fault fault) {
            end.complete(fault.kind() + ": " + fault.message());
        }

        String end() {
            return end.orTimeout(20, TimeUnit.SECONDS).join();
        }
    }

    private static Collecting run(Flow<String> flow) {
        return run(flow, new Collecting(true));
    }

    private static Collecting run(Flow<String> flow, Collecting host) {
        begin(flow, host);
        host.end();
        return host;
    }

    private static FlowRunner<String> begin(Flow<String> flow, Collecting host) {
        Serial serial = new Serial();
        FlowRunner<String> runner = new FlowRunner<>(
                new FlowRunner.Surroundings(client, timers, serial, InstantSource.system()),
                Egress.DIRECT,
                PATIENCE,
                new Redactor(),
                flow,
                host);
        serial.execute(runner::start);
        return runner;
    }

    private static HttpRequest get(String path) {
        return HttpRequest.get(upstream.endpoint() + path).build();
    }

    @Test
    void asksPausesAsksAgainAndEnds() {
        upstream.on("GET", "/one", Script.answer().json("{\"id\":1}"));
        upstream.on("GET", "/two", Script.answer(404).text("text/plain", "nothing"));
        Collecting seen = run(turn -> Next.ask(get("/one"), one -> {
            turn.emit("one " + one.status() + " " + one.json());
            return Next.pause(
                    Duration.ofMillis(20),
                    () -> Next.ask(get("/two"), two -> {
                        turn.emit("two " + two.status() + " " + two.body().utf8());
                        return Next.done();
                    }));
        }));
        assertThat(seen.end()).isEqualTo("finished");
        assertThat(seen.events).containsExactly("one 200 {\"id\":1}", "two 404 nothing");
    }

    @Test
    void streamsFramesAndTellsTheEnd() {
        upstream.on("GET", "/lines", Script.answer().body("application/x-ndjson", "{\"a\":1}\n{\"a\":2}\n".getBytes()));
        Collecting seen = run(turn -> Next.stream(get("/lines"), Framing.NDJSON, new Reader() {
            @Override
            public Next on(String event, Bytes data) {
                turn.emit(data.utf8());
                return Next.more();
            }

            @Override
            public Next end() {
                return Next.done();
            }
        }));
        assertThat(seen.events).containsExactly("{\"a\":1}", "{\"a\":2}");
    }

    @Test
    void anEndNobodyExpectedIsATruncation() {
        upstream.on("GET", "/short", Script.answer().sse("{\"a\":1}").endWithoutMarker());
        Collecting seen = run(turn -> Next.stream(get("/short"), Framing.SSE, (event, data) -> Next.more()));
        assertThat(seen.end()).startsWith("TRUNCATED");
    }

    @Test
    void jsonInPlaceOfAStreamGoesToUnframed() {
        upstream.on("GET", "/json", Script.answer().json("{\"error\":{\"message\":\"no stream\"}}"));
        Collecting seen = run(turn -> Next.stream(get("/json"), Framing.SSE, new Reader() {
            @Override
            public Next on(String event, Bytes data) {
                return Next.more();
            }

            @Override
            public Next unframed(Answer answer) {
                turn.emit("unframed " + answer.json());
                return Next.done();
            }
        }));
        assertThat(seen.events).containsExactly("unframed {\"error\":{\"message\":\"no stream\"}}");
    }

    @Test
    void passesFilesAndLeavesRefusalsToThePlugin() {
        upstream.on("GET", "/file", Script.answer().body("audio/mpeg", "sound".getBytes()));
        upstream.on("GET", "/nofile", Script.answer().json("{\"error\":\"no\"}"));
        assertThat(run(turn -> Next.pass(get("/file"), answer -> Next.done())).events)
                .containsExactly("file audio/mpeg", "sound");
        Collecting refused = run(turn -> Next.pass(
                get("/nofile"), answer -> Next.fail(Fault.of(FaultKind.UPSTREAM, "json where a file was promised"))));
        assertThat(refused.end()).isEqualTo("UPSTREAM: json where a file was promised");
        assertThat(run(turn -> Next.pass(get("/file"), answer -> Next.done()), new Collecting(false))
                        .end())
                .startsWith("UNSUPPORTED");
    }

    @Test
    void brokenRulesAreThePluginsFault() {
        assertThat(run(turn -> null).end()).startsWith("PLUGIN");
        assertThat(run(turn -> Next.more()).end()).startsWith("PLUGIN");
        assertThat(run(turn -> {
                            throw new IllegalStateException("oops");
                        })
                        .end())
                .isEqualTo("PLUGIN: the plugin failed with IllegalStateException: oops");
        assertThat(run(turn -> {
                            throw new NoClassDefFoundError("gone/Class");
                        })
                        .end())
                .startsWith("PLUGIN");
        assertThat(run(turn -> Next.speak(
                                get("/x"),
                                Framing.WHOLE,
                                Dialect.OPENAI_CHAT,
                                Voice.of(io.patchbay.spi.Profile.STANDARD)))
                        .end())
                .isNotEqualTo("finished");
    }

    @Test
    void answersLargerThanTheLimitAreRefused() {
        upstream.on("GET", "/large", Script.answer().body("application/json", new byte[10_000]));
        assertThat(run(turn -> Next.ask(get("/large"), 1_000, answer -> Next.done()))
                        .end())
                .startsWith("UPSTREAM");
    }

    @Test
    void unreachableUpstreamsMayBeTriedAgain() {
        assertThat(run(turn -> Next.ask(HttpRequest.get("http://127.0.0.1:1/").build(), answer -> Next.done()))
                        .end())
                .startsWith("RETRY");
    }

    private static String create(String url) {
        HttpRequest request = HttpRequest.post(url)
                .body(Body.text("text/plain", "x"))
                .creating()
                .silence(Duration.ofMillis(200))
                .build();
        return run(turn -> Next.ask(request, answer -> Next.done())).end();
    }

    @Test
    void paidWorkIsStartedAgainOnlyWhenItCannotHaveBegun() {
        upstream.on("POST", "/cut", Script.answer().cut());
        upstream.on(
                "POST",
                "/half",
                Script.answer().body("text/plain", new byte[100]).cutAt(50));
        upstream.on("POST", "/silent", Script.answer().stall());
        assertThat(create("http://127.0.0.1:1/")).startsWith("RETRY");
        assertThat(create(upstream.endpoint() + "/cut")).startsWith("UNKNOWN_OUTCOME");
        assertThat(create(upstream.endpoint() + "/half")).startsWith("UNKNOWN_OUTCOME");
        assertThat(create(upstream.endpoint() + "/silent")).startsWith("UNKNOWN_OUTCOME");
    }

    @Test
    void signsTheExactBytesAndSendsSecretsInHeadersAndQuery() {
        upstream.on("POST", "/signed", Script.answer().json("{}"));
        run(turn -> Next.ask(
                HttpRequest.post(upstream.endpoint() + "/signed")
                        .query("key", Secret.of("a b&c"))
                        .header("X-Key", Secret.of("hidden"))
                        .body(Body.text("text/plain", "abc"))
                        .signed((request, sha256, now) -> Map.of("X-Digest", sha256))
                        .build(),
                answer -> Next.done()));
        ReceivedRequest sent = upstream.received().getLast();
        assertThat(sent.header("x-key")).isEqualTo("hidden");
        assertThat(sent.header("x-digest"))
                .isEqualTo("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
        assertThat(sent.query()).isEqualTo("key=a+b%26c");
    }

    @Test
    void secretsNeverReachAFault() {
        upstream.on("GET", "/leak", Script.answer(400).json("{\"error\":{\"message\":\"bad key top-secret-key\"}}"));
        Collecting seen = run(turn -> Next.ask(
                HttpRequest.get(upstream.endpoint() + "/leak")
                        .header("Authorization", Secret.of("top-secret-key").prefixed("Bearer "))
                        .build(),
                answer -> Next.fail(answer.fault())));
        assertThat(seen.end()).doesNotContain("top-secret-key").contains("***");
    }

    @Test
    void anAbandonedFlowSaysFarewell() {
        upstream.forget();
        upstream.on("GET", "/slow", Script.answer().stall());
        upstream.on("POST", "/goodbye", Script.answer().json("{}"));
        Collecting host = new Collecting(true);
        FlowRunner<String> runner = begin(
                turn -> {
                    turn.farewell(
                            HttpRequest.post(upstream.endpoint() + "/goodbye").build());
                    return Next.ask(get("/slow"), answer -> Next.done());
                },
                host);
        upstream.awaitReceived(1);
        runner.abandon();
        assertThat(upstream.awaitReceived(2)).extracting(ReceivedRequest::path).contains("/goodbye");
        assertThat(host.end).isNotDone();
    }
}

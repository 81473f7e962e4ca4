package io.patchbay.testkit.upstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.patchbay.spi.json.Json;
import io.patchbay.spi.json.JsonValue;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class ScriptedUpstreamTest {
    private static final Script HELLO = Script.answer().json("{\"hello\":1}");

    private static HttpResponse<String> post(ScriptedUpstream upstream, String path, String body) throws Exception {
        try (HttpClient client =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
            return client.send(
                    HttpRequest.newBuilder(URI.create(upstream.endpoint() + path))
                            .POST(HttpRequest.BodyPublishers.ofString(body))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
        }
    }

    @Test
    void answersByScriptAndRemembersTheRequest() throws Exception {
        try (ScriptedUpstream upstream = ScriptedUpstream.start().on("POST", "/v1/chat", HELLO)) {
            HttpResponse<String> answer = post(upstream, "/v1/chat/completions?a=b", "{\"model\":\"m\"}");

            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.body()).isEqualTo("{\"hello\":1}");
            assertThat(answer.headers().firstValue("content-length")).contains("11");
            ReceivedRequest request = upstream.awaitReceived(1).getFirst();
            assertThat(request.method()).isEqualTo("POST");
            assertThat(request.path()).isEqualTo("/v1/chat/completions");
            assertThat(request.query()).isEqualTo("a=b");
            assertThat(request.json().string("model")).isEqualTo("m");
            assertThat(request.header("User-Agent")).startsWith("Java");
        }
    }

    @Test
    void longestPrefixWinsThenTheLatestAndOnceComesFirst() throws Exception {
        try (ScriptedUpstream upstream = ScriptedUpstream.start()
                .on("*", "/", Script.answer(418))
                .on("POST", "/v1", Script.answer(201))
                .on("POST", "/v1", Script.answer(202))
                .once("POST", "/v1", Script.answer(429))
                .once("POST", "/v1", Script.answer(503))) {
            List<Integer> statuses = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                statuses.add(post(upstream, "/v1/x", "").statusCode());
            }
            statuses.add(post(upstream, "/other", "").statusCode());

            assertThat(statuses).containsExactly(429, 503, 202, 418);
        }
    }

    @Test
    void whatNobodyScriptedIsNotFoundAndAFailingScriptSaysSo() throws Exception {
        try (ScriptedUpstream upstream = ScriptedUpstream.start().on("POST", "/bad", request -> {
            throw new IllegalStateException("on purpose");
        })) {
            assertThat(post(upstream, "/x", "").statusCode()).isEqualTo(404);
            assertThat(post(upstream, "/bad", "").body()).contains("on purpose");
        }
    }

    @Test
    void connectionsAreKeptAliveAndPipelinedRequestsAreAnsweredInOrder() throws Exception {
        try (ScriptedUpstream upstream = ScriptedUpstream.start()
                        .on("GET", "/", request -> Script.answer().text("text/plain", request.path()));
                RawClient client = new RawClient(upstream)) {
            client.get("/one").get("/two");
            assertThat(client.readUntil("/one")).startsWith("HTTP/1.1 200 OK\r\n");
            client.readUntil("/two");
            client.get("/three").readUntil("/three");

            assertThat(upstream.connectionsEver()).isEqualTo(1);
            assertThat(upstream.openConnections()).isEqualTo(1);
            assertThat(upstream.cancelled()).isEmpty();
        }
    }

    @Test
    void readsChunkedBodiesWithExtensionsAndTrailers() throws Exception {
        try (ScriptedUpstream upstream = ScriptedUpstream.start().otherwise(request -> HELLO);
                RawClient client = new RawClient(upstream)) {
            client.send("POST /x HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n5;a=b\r\nhello\r\n6\r\n world\r\n")
                    .send("0\r\nX-Trailer: 1\r\n\r\n");
            client.readUntil("{\"hello\":1}");

            assertThat(upstream.received().getFirst().text()).isEqualTo("hello world");
        }
    }

    @Test
    void givesPermissionToAClientThatExpectsIt() throws Exception {
        try (ScriptedUpstream upstream = ScriptedUpstream.start().otherwise(request -> HELLO);
                RawClient client = new RawClient(upstream)) {
            client.send("POST /x HTTP/1.1\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\n");
            assertThat(client.readUntil("\r\n\r\n")).isEqualTo("HTTP/1.1 100 Continue\r\n\r\n");
            client.send("ok").readUntil("{\"hello\":1}");

            assertThat(upstream.received().getFirst().text()).isEqualTo("ok");
        }
    }

    @Test
    void everyEventIsAChunkAndTheMarkerComesLast() throws Exception {
        try (ScriptedUpstream upstream = ScriptedUpstream.start()
                        .otherwise(request -> Script.answer().sse("{\"a\":1}", "{\"b\":2}"));
                RawClient client = new RawClient(upstream)) {
            String answer = client.get("/").readUntil("0\r\n\r\n");

            assertThat(answer).contains("content-type: text/event-stream").contains("transfer-encoding: chunked");
            assertThat(answer)
                    .endsWith("\r\n\r\nf\r\ndata: {\"a\":1}\n\n\r\nf\r\ndata: {\"b\":2}\n\n\r\n"
                            + "e\r\ndata: [DONE]\n\n\r\n0\r\n\r\n");
        }
    }

    @Test
    void streamsAreTwistedAsTheScriptSays() throws Exception {
        Script base = Script.answer().sse("1", "2\n3");
        assertThat(body(base.crlf())).isEqualTo("data: 1\r\n\r\ndata: 2\r\ndata: 3\r\n\r\ndata: [DONE]\r\n\r\n");
        assertThat(body(base.cr().endWithoutMarker())).isEqualTo("data: 1\r\rdata: 2\rdata: 3\r\r");
        assertThat(body(Script.answer().sse("1").comments()))
                .isEqualTo(": keep-alive\n\ndata: 1\n\n: keep-alive\n\ndata: [DONE]\n\n");
        assertThat(body(base.thenError("{}"))).endsWith("data: {}\n\n").doesNotContain("DONE");
        assertThat(body(Script.answer().event("ping", "{}").comment("x")))
                .isEqualTo("event: ping\ndata: {}\n\n: x\n\n");
        assertThat(body(base.splitEvery(1))).isEqualTo(body(base));
        assertThat(body(base.splitAt(3, 9, 10))).isEqualTo(body(base));
        assertThat(body(base.closeDelimited())).isEqualTo(body(base));
    }

    private static String body(Script script) throws Exception {
        try (ScriptedUpstream upstream = ScriptedUpstream.start().otherwise(request -> script)) {
            return post(upstream, "/", "").body();
        }
    }

    @Test
    void splitWritesBecomeChunksOfTheirOwn() throws Exception {
        try (ScriptedUpstream upstream = ScriptedUpstream.start()
                        .otherwise(request ->
                                Script.answer().body("abcdef".getBytes()).splitAt(1, 4));
                RawClient client = new RawClient(upstream)) {
            assertThat(client.get("/").readUntil("0\r\n\r\n")).endsWith("1\r\na\r\n3\r\nbcd\r\n2\r\nef\r\n0\r\n\r\n");
        }
    }

    @Test
    void aCutIsAResetAndAHangUpIsNot() throws Exception {
        byte[] body = "abcdef".getBytes();
        try (ScriptedUpstream upstream = ScriptedUpstream.start()
                .on("GET", "/cut", Script.answer().chunk(body).cut())
                .on("GET", "/cut-at", Script.answer().body(body).cutAt(2))
                .on("GET", "/hang-up", Script.answer().chunk(body).hangUp())
                .on("GET", "/hang-up-at", Script.answer().body(body).hangUpAt(2))
                .on("GET", "/silent", Script.answer().hangUp())) {
            for (String path : List.of("/cut", "/cut-at")) {
                try (RawClient client = new RawClient(upstream)) {
                    client.get(path);
                    assertThatThrownBy(client::readAll).isInstanceOf(IOException.class);
                }
            }
            try (RawClient client = new RawClient(upstream)) {
                assertThat(client.get("/hang-up").readAll()).endsWith("6\r\nabcdef\r\n");
            }
            try (RawClient client = new RawClient(upstream)) {
                assertThat(client.get("/hang-up-at").readAll())
                        .contains("content-length: 6")
                        .endsWith("\r\n\r\nab");
            }
            try (RawClient client = new RawClient(upstream)) {
                assertThat(client.get("/silent").readAll()).isEmpty();
            }
            upstream.awaitIdle();
            assertThat(upstream.cancelled()).isEmpty();
        }
    }

    @Test
    void aLeavingClientIsNoticedWhileTheScriptStallsPausesOrWaits() throws Exception {
        CountDownLatch never = new CountDownLatch(1);
        List<Script> scripts = List.of(
                Script.answer().stall(),
                Script.answer().head().stall(),
                Script.answer().sse("1").stall(),
                Script.answer().delay(Duration.ofHours(1)),
                Script.answer().sse("1", "2").paced(Duration.ofHours(1)),
                Script.answer().until(never));
        for (Script script : scripts) {
            try (ScriptedUpstream upstream = ScriptedUpstream.start().otherwise(request -> script)) {
                RawClient client = new RawClient(upstream);
                client.get("/");
                upstream.awaitReceived(1);
                assertThat(upstream.active()).isEqualTo(1);
                long left = System.nanoTime();
                client.close();

                Cancellation cancellation = upstream.awaitCancelled(1).getFirst();
                assertThat(Duration.ofNanos(cancellation.nanoTime() - left)).isLessThan(Duration.ofMillis(500));
                upstream.awaitIdle();
            }
        }
    }

    @Test
    void aClientThatDoesNotReadHoldsTheWriterWithoutMemoryAndItsLeavingIsNoticed() throws Exception {
        try (ScriptedUpstream upstream =
                ScriptedUpstream.start().otherwise(request -> Script.answer().repeat(1_000_000, new byte[64 * 1024]))) {
            RawClient client = new RawClient(upstream);
            client.get("/").readUntil("\r\n\r\n");
            client.close();

            upstream.awaitCancelled(1);
            upstream.awaitIdle();
        }
    }

    @Test
    void aClientThatClosesAtTheEndMarkerIsNoCancellation() throws Exception {
        try (ScriptedUpstream upstream = ScriptedUpstream.start().otherwise(OpenAiScripts.text("m", "a", "b"))) {
            for (int i = 0; i < 200; i++) {
                try (RawClient client = new RawClient(upstream)) {
                    client.post("/", "{\"stream\":true}").readUntil("data: [DONE]");
                }
            }
            upstream.awaitBilled(200);

            assertThat(upstream.cancelled()).isEmpty();
        }
    }

    @Test
    void theTestDecidesWhenTheUpstreamGoesOn() throws Exception {
        CountDownLatch goOn = new CountDownLatch(1);
        try (ScriptedUpstream upstream = ScriptedUpstream.start()
                        .otherwise(
                                request -> Script.answer().sse("1").until(goOn).sse("2"));
                RawClient client = new RawClient(upstream)) {
            client.get("/").readUntil("data: 1\n\n");
            goOn.countDown();
            client.readUntil("0\r\n\r\n");
        }
    }

    @Test
    void closingBreaksWhatIsOpen() throws Exception {
        ScriptedUpstream upstream =
                ScriptedUpstream.start().otherwise(request -> Script.answer().stall());
        try (RawClient client = new RawClient(upstream)) {
            client.get("/");
            upstream.awaitReceived(1);
            CompletableFuture<Throwable> ended = CompletableFuture.supplyAsync(() -> {
                try {
                    client.readAll();
                    return new AssertionError("ended in order");
                } catch (IOException e) {
                    return e;
                }
            });
            upstream.close();
            ended.get();
        }
    }

    @Test
    void carriesManyPacedStreamsAndManyPlainCallsAtOnce() throws Exception {
        try (ScriptedUpstream upstream = ScriptedUpstream.start()
                        .on("POST", "/stream", OpenAiScripts.words("m", 20).paced(Duration.ofMillis(20)))
                        .on("POST", "/plain", OpenAiScripts.words("m", 5));
                var pool = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<String>> streams = new ArrayList<>();
            for (int i = 0; i < 300; i++) {
                streams.add(pool.submit(() -> {
                    try (RawClient client = new RawClient(upstream)) {
                        return client.post("/stream", "{\"stream\":true}").readUntil("0\r\n\r\n");
                    }
                }));
            }
            List<Future<Integer>> plain = new ArrayList<>();
            for (int i = 0; i < 10; i++) {
                plain.add(pool.submit(() -> {
                    try (RawClient client = new RawClient(upstream)) {
                        for (int j = 0; j < 50; j++) {
                            client.post("/plain", "{}").readUntil("\"system_fingerprint\":\"fp_1\"}");
                        }
                        return 50;
                    }
                }));
            }
            for (Future<String> stream : streams) {
                assertThat(stream.get()).contains("w1").contains(" w20").contains("[DONE]");
            }
            for (Future<Integer> calls : plain) {
                assertThat(calls.get()).isEqualTo(50);
            }
            assertThat(upstream.awaitBilled(800)).hasSize(800).allMatch(c -> c.outcome() == Charge.Outcome.COMPLETE);
        }
    }

    @Test
    void theBillCountsWhatWasWritten() throws Exception {
        try (ScriptedUpstream upstream = ScriptedUpstream.start()
                .on("POST", "/whole", OpenAiScripts.words("m", 10))
                .on("POST", "/gone", OpenAiScripts.words("m", 10).andThen(s -> s.paced(Duration.ofMillis(300))))
                .on("POST", "/cut", OpenAiScripts.words("m", 10).andThen(s -> s.cutAt(1)))) {
            post(upstream, "/whole", "{\"stream\":true,\"stream_options\":{\"include_usage\":true}}");
            post(upstream, "/whole", "{}");
            try (RawClient client = new RawClient(upstream)) {
                client.post("/gone", "{\"stream\":true}").readUntil("\"content\":\" w2\"");
            }
            upstream.awaitCancelled(1);
            assertThatThrownBy(() -> post(upstream, "/cut", "{\"stream\":true}"))
                    .isInstanceOf(IOException.class);

            List<Charge> bill = upstream.awaitBilled(4);
            assertThat(bill)
                    .extracting(Charge::outcome)
                    .containsExactly(
                            Charge.Outcome.COMPLETE,
                            Charge.Outcome.COMPLETE,
                            Charge.Outcome.CANCELLED,
                            Charge.Outcome.BROKEN);
            assertThat(bill).extracting(Charge::output).containsExactly(10L, 10L, 2L, 0L);
            assertThat(bill).extracting(Charge::input).containsOnly(10L);
            assertThat(bill).extracting(Charge::usageSent).containsExactly(true, true, false, false);
            assertThat(bill).extracting(Charge::answerId).doesNotHaveDuplicates();
        }
    }

    @Test
    void theBillPageOfAProcessTellsTheTotals() throws Exception {
        try (ScriptedUpstream upstream =
                ScriptedUpstreamMain.start(java.util.Map.of("--words", "3", "--pace-ms", "0", "--models", "a,b"))) {
            post(upstream, "/v1/chat/completions", "{\"model\":\"a\"}");
            post(upstream, "/v1/chat/completions", "{\"model\":\"b\",\"stream\":true}");
            upstream.awaitBilled(2);
            try (RawClient client = new RawClient(upstream)) {
                String head = client.get("/__bill?charges").readUntil("\r\n\r\n");
                int length = Integer.parseInt(head.replaceAll("(?s).*content-length: (\\d+).*", "$1"));
                JsonValue page = Json.parse(client.socket.getInputStream().readNBytes(length));

                assertThat(page.get("totals").longValue("output", 0)).isEqualTo(6);
                assertThat(page.at("models", "a").longValue("charges", 0)).isEqualTo(1);
                assertThat(page.elements("charges")).hasSize(2);
            }
        }
    }
}

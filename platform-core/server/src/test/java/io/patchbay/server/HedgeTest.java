package io.patchbay.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchbay.billing.ledger.LedgerAudit;
import io.patchbay.foundation.json.Json;
import io.patchbay.server.FleetCalls.Seen;
import io.patchbay.server.fleet.Asked;
import io.patchbay.server.fleet.Dice;
import io.patchbay.server.fleet.FleetUpstream;
import io.patchbay.server.fleet.Temper;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A second channel is asked beside a slow one, and clients and the ledger see one answer. */
@RunsAlone
@Timeout(60)
final class HedgeTest {
    /** 7 tokens at 1 credit and 5 tokens at 2 credits per thousand, in micro-credits. */
    private static final long PRICE = 17_000;

    private static final Duration SLOW = Duration.ofSeconds(4);

    @TempDir
    private static Path home;

    private static TestServer server;
    private static FleetCalls calls;
    private static String key;

    private final List<FleetUpstream> upstreams = new ArrayList<>();
    private FleetUpstream first;
    private FleetUpstream second;
    private String model;

    @BeforeAll
    static void start() {
        // Only a write shows that a client is gone.
        server = TestServer.start(home, Map.of("RELAY_HEARTBEAT", "200ms"));
        server.client().signIn();
        key = server.client().apiKey();
        calls = new FleetCalls(server.client(), key);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @AfterEach
    void everyCallIsClosedInTheLedger() {
        Awaitility.await()
                .until(() -> server.patchbay().parts().relay().metrics().active() == 0);
        assertThat(new LedgerAudit(server.patchbay().parts().database()).violations())
                .isEmpty();
        upstreams.forEach(FleetUpstream::close);
    }

    /** Two channels of a new model, the first of higher priority. */
    private void pair(String name, Temper higher, Temper lower) {
        model = name;
        server.client().price(name);
        first = upstream(name + "-first", higher, 10);
        second = upstream(name + "-second", lower, 0);
    }

    private FleetUpstream upstream(String name, Temper temper, int priority) {
        FleetUpstream upstream = FleetUpstream.start(name, temper);
        upstreams.add(upstream);
        ObjectNode form = FleetCalls.form(name, upstream.endpoint(), List.of(model));
        FleetCalls.create(server.client(), form.put("priority", priority));
        return upstream;
    }

    private static void rules(int hedgeAfterMs, int hedgePercent, String strategy) {
        String body =
                Json.write(Map.of("hedgeAfterMs", hedgeAfterMs, "hedgePercent", hedgePercent, "strategy", strategy));
        assertThat(server.client()
                        .send("PUT", "/api/admin/routing", body, server.client().session())
                        .status())
                .isEqualTo(200);
    }

    private static long balance() {
        return server.patchbay().parts().ledger().balance(1).owned();
    }

    private static String said(FleetUpstream upstream, String id) {
        return upstream.name() + ": answer to " + id + ".";
    }

    @Test
    void theSecondAnswersForASlowFirstWhichIsCut() {
        rules(200, 100, "WEIGHT");
        pair("slow", Temper.answering(SLOW), Temper.answering(Duration.ZERO));
        long before = balance();

        Seen streamed = calls.ask(model, "streamed", true);
        Seen plain = calls.ask(model, "plain", false);

        assertThat(streamed.text()).isEqualTo(said(second, "streamed"));
        assertThat(plain.text()).isEqualTo(said(second, "plain"));
        assertThat(List.of(streamed, plain))
                .allMatch(Seen::whole)
                .allSatisfy(one -> assertThat(one.took()).isBetween(Duration.ofMillis(200), SLOW.dividedBy(2)));
        first.awaitAbandoned(2);
        assertThat(first.spoken()).isEmpty();
        assertThat(before - balance()).isEqualTo(2 * PRICE);
    }

    @Test
    void aFirstThatAnswersInTimeIsNotDoubled() {
        rules(1_000, 100, "WEIGHT");
        pair("prompt", Temper.answering(Duration.ofMillis(20)), Temper.answering(Duration.ZERO));

        for (int i = 0; i < 20; i++) {
            assertThat(calls.ask(model, "call " + i, i % 2 == 0).text()).isEqualTo(said(first, "call " + i));
        }

        assertThat(second.requests()).isZero();
    }

    @Test
    void theFirstStillAnswersWhenTheSecondFails() {
        rules(100, 100, "WEIGHT");
        pair("second-fails", Temper.answering(Duration.ofMillis(700)), Temper.failing(Duration.ZERO));

        Seen seen = calls.ask(model, "call", true);

        assertThat(seen.text()).isEqualTo(said(first, "call"));
        assertThat(second.requests()).isEqualTo(1);
    }

    @Test
    void theSecondStillAnswersWhenTheFirstFails() {
        rules(100, 100, "WEIGHT");
        pair("first-fails", Temper.failing(Duration.ofMillis(300)), Temper.answering(Duration.ofMillis(700)));

        Seen seen = calls.ask(model, "call", false);

        assertThat(seen.text()).isEqualTo(said(second, "call"));
        assertThat(List.of(first.requests(), second.requests())).containsExactly(1L, 1L);
    }

    @Test
    void whatFailedBesideASlowOneIsNotAskedAgain() {
        rules(100, 100, "WEIGHT");
        pair("both-fail", Temper.failing(Duration.ofMillis(600)), Temper.failing(Duration.ZERO));

        Seen seen = calls.ask(model, "call", false);

        assertThat(seen.status()).isGreaterThanOrEqualTo(500);
        assertThat(List.of(first.requests(), second.requests())).containsExactly(1L, 1L);
    }

    /** Both begin to answer at about the same time: each answer is one channel's from beginning to end. */
    @Test
    void answersNeverMix() throws Exception {
        rules(20, 100, "WEIGHT");
        Dice dice = Dice.ofThisRun();
        pair("race", Temper.healthy(dice), Temper.healthy(new Dice(dice.seed() + 1)));
        long before = balance();

        List<Seen> seen = FleetCalls.run(400, 16, Duration.ZERO, n -> calls.ask(model, "call " + n, n % 2 == 0));

        assertThat(seen)
                .allMatch(Seen::whole)
                .allMatch(one ->
                        one.text().equals(said(first, one.id())) || one.text().equals(said(second, one.id())));
        long bySecond = seen.stream()
                .filter(one -> one.text().equals(said(second, one.id())))
                .count();
        assertThat(bySecond).isBetween(20L, 380L);
        assertThat(before - balance()).isEqualTo(400 * PRICE);
    }

    @Test
    void noMoreThanTheBudgetIsAskedTwice() throws Exception {
        rules(100, 5, "WEIGHT");
        pair("budget", Temper.answering(Duration.ofMillis(500)), Temper.answering(Duration.ZERO));

        List<Seen> seen = FleetCalls.run(400, 32, Duration.ZERO, n -> calls.ask(model, "call " + n, n % 2 == 0));

        assertThat(seen).allMatch(Seen::whole);
        // 5 % of 400, and 10 that may have been saved up.
        assertThat(second.requests()).isBetween(10L, 30L);
        assertThat(first.requests()).isEqualTo(400);
        System.out.printf(
                "hedging: of 400 calls %d were asked twice with a budget of 5 %%, %d answered by the second channel%n",
                second.requests(),
                seen.stream()
                        .filter(one -> one.text().equals(said(second, one.id())))
                        .count());
    }

    @Test
    void aClientThatLeavesCutsBoth() throws IOException {
        rules(100, 100, "WEIGHT");
        pair("left", Temper.answering(SLOW), Temper.answering(SLOW));
        long before = balance();
        String body = Json.write(
                Map.of("model", model, "stream", true, "messages", List.of(Map.of("role", "user", "content", "call"))));
        try (Socket client = new Socket("127.0.0.1", server.uri().getPort())) {
            client.getOutputStream()
                    .write(("POST " + FleetCalls.CHAT + " HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer " + key
                                    + "\r\nContent-Type: application/json\r\nContent-Length: " + body.length()
                                    + "\r\n\r\n" + body)
                            .getBytes(StandardCharsets.UTF_8));
            Awaitility.await().until(() -> second.requests() == 1);
        }
        first.awaitAbandoned(1);
        second.awaitAbandoned(1);
        assertThat(balance()).isEqualTo(before);
    }

    /** By the rule of latency the slow one must not stay first for ever only because it never comes to an answer. */
    @Test
    void aChannelThatAlwaysLosesIsNotTakenForTheFastest() {
        rules(50, 100, "LATENCY");
        model = "latency";
        server.client().price(model);
        first = upstream("latency-slow", Temper.answering(SLOW), 0);
        second = upstream("latency-fast", Temper.answering(Duration.ZERO), 0);

        for (int i = 0; i < 60; i++) {
            assertThat(calls.ask(model, "call " + i, true).text()).isEqualTo(said(second, "call " + i));
        }

        // One call of 20 looks at any channel.
        assertThat(first.requests()).isLessThan(20);
        assertThat(first.asked()).extracting(Asked::stream).containsOnly(true);
    }

    @Test
    void theRulesAreCheckedAndShown() {
        rules(250, 7, "COST");
        JsonNode shown = server.client().get("/api/admin/routing");
        assertThat(shown.path("hedgeAfterMs").asInt()).isEqualTo(250);
        assertThat(shown.path("hedgePercent").asInt()).isEqualTo(7);
        assertThat(server.client()
                        .send(
                                "PUT",
                                "/api/admin/routing",
                                "{\"hedgePercent\":0}",
                                server.client().session())
                        .json()
                        .toString())
                .contains("hedgePercent: expected 1 to 100, found 0");
    }
}

package io.patchbay.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchbay.billing.ledger.LedgerAudit;
import io.patchbay.server.FleetCalls.Seen;
import io.patchbay.server.fleet.Asked;
import io.patchbay.server.fleet.FleetUpstream;
import io.patchbay.server.fleet.Temper;
import io.patchbay.testkit.upstream.OpenAiScripts;
import io.patchbay.testkit.upstream.Script;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Weights, caps, silence and explanations of channels, through a whole server. */
@RunsAlone
@Timeout(60)
final class FleetRulesTest {
    private static final Duration SERVICE = Duration.ofMillis(300);

    @TempDir
    private static Path home;

    private static final Map<String, Long> ids = new HashMap<>();
    private static TestServer server;
    private static FleetCalls calls;

    private final List<FleetUpstream> upstreams = new ArrayList<>();

    @BeforeAll
    static void start() {
        server = TestServer.start(home);
        server.client().signIn();
        calls = new FleetCalls(server.client(), server.client().apiKey());
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

    /** Makes a channel; {@code fields} as {@code "priority", 10, …}. */
    private FleetUpstream channel(String name, String model, Temper temper, Object... fields) {
        FleetUpstream upstream = FleetUpstream.start(name, temper);
        upstreams.add(upstream);
        ObjectNode form = FleetCalls.form(name, upstream.endpoint(), List.of(model));
        for (int i = 0; i < fields.length; i += 2) {
            form.putPOJO((String) fields[i], fields[i + 1]);
        }
        server.client().price(model);
        ids.put(name, FleetCalls.create(server.client(), form));
        return upstream;
    }

    // ---- weights ----

    /**
     * Shares of {@code n} independent draws scatter around a weight's share {@code p} with the deviation
     * {@code sqrt(p (1 - p) / n)}; four times that is passed by chance in one of 16,000 runs, by any of the four
     * weights in one of 4,000.
     */
    @Test
    void callsAreSharedByWeight() throws Exception {
        int draws = 2_000;
        List<FleetUpstream> drawn = new ArrayList<>();
        for (int weight = 1; weight <= 4; weight++) {
            drawn.add(channel("weight-" + weight, "weighed", Temper.answering(Duration.ZERO), "weight", weight));
        }

        List<Seen> seen = FleetCalls.run(draws, 16, Duration.ZERO, n -> calls.ask("weighed", "call " + n, n % 2 == 0));

        assertThat(seen).allMatch(Seen::whole);
        for (int weight = 1; weight <= 4; weight++) {
            double expected = weight / 10.0;
            double found = drawn.get(weight - 1).requests() / (double) draws;
            double bound = 4 * Math.sqrt(expected * (1 - expected) / draws);
            System.out.printf(
                    "weights: %.1f %% expected, %.1f %% found of %,d calls; bound %.1f points%n",
                    100 * expected, 100 * found, draws, 100 * bound);
            assertThat(Math.abs(found - expected)).as("weight " + weight).isLessThan(bound);
        }
    }

    // ---- caps ----

    @Test
    void aChannelIsHeldToItsConcurrencyAndTheRestGoesOn() throws Exception {
        FleetUpstream capped =
                channel("narrow", "capped", Temper.answering(SERVICE), "priority", 10, "max_concurrency", 2);
        FleetUpstream next = channel("wide", "capped", Temper.answering(SERVICE));

        List<Seen> seen = FleetCalls.run(60, 20, Duration.ZERO, n -> calls.ask("capped", "call " + n, n % 2 == 0));

        assertThat(seen).allMatch(Seen::whole);
        assertThat(capped.mostAtOnce(SERVICE.minusMillis(10))).isEqualTo(2);
        assertThat(next.mostAtOnce(SERVICE)).isGreaterThan(10);
        assertThat(capped.requests() + next.requests()).isEqualTo(60);
    }

    @Test
    void aCallThatFindsNoRoomIsToldToComeAgain() throws Exception {
        FleetUpstream capped = channel("full", "alone", Temper.answering(SERVICE), "max_concurrency", 2);

        List<Seen> seen = FleetCalls.run(20, 20, Duration.ZERO, n -> calls.ask("alone", "call " + n, n % 2 == 0));

        List<Seen> refused = seen.stream().filter(one -> !one.whole()).toList();
        assertThat(refused).isNotEmpty().allSatisfy(one -> {
            assertThat(one.status()).isEqualTo(429);
            assertThat(one.retryAfter()).isEqualTo("1");
            assertThat(one.raw()).contains("rate_limit_exceeded");
        });
        assertThat(capped.requests()).isEqualTo(20 - refused.size());
        assertThat(capped.mostAtOnce(SERVICE.minusMillis(10))).isLessThanOrEqualTo(2);
    }

    @Test
    void eachKeyIsHeldToItsOwnConcurrency() throws Exception {
        FleetUpstream capped = channel(
                "keys",
                "keyed",
                Temper.answering(SERVICE),
                "secret",
                "sk-fleet-a\nsk-fleet-b",
                "key_max_concurrency",
                1);

        FleetCalls.run(20, 20, Duration.ZERO, n -> calls.ask("keyed", "call " + n, false));

        for (String key : List.of("sk-fleet-a", "sk-fleet-b")) {
            List<Instant> arrivals = capped.arrivals(key);
            assertThat(arrivals).isNotEmpty();
            for (int i = 1; i < arrivals.size(); i++) {
                assertThat(Duration.between(arrivals.get(i - 1), arrivals.get(i)))
                        .isGreaterThan(SERVICE.minusMillis(10));
            }
        }
    }

    @Test
    void aChannelIsHeldToItsCallsInAMinute() {
        FleetUpstream capped =
                channel("minute", "paced", Temper.answering(Duration.ZERO), "priority", 10, "max_per_minute", 5);
        FleetUpstream next = channel("endless", "paced", Temper.answering(Duration.ZERO));

        for (int i = 0; i < 12; i++) {
            assertThat(calls.ask("paced", "call " + i, i % 2 == 0).whole()).isTrue();
        }

        assertThat(List.of(capped.requests(), next.requests())).containsExactly(5L, 7L);
        server.client().get("/api/admin/channel/deactivate/" + ids.get("endless"));
        Seen refused = calls.ask("paced", "one more", false);
        assertThat(refused.status()).isEqualTo(429);
        // The first of the five was moments ago: it makes room when its minute is over.
        assertThat(Integer.parseInt(refused.retryAfter())).isBetween(30, 60);
    }

    // ---- silence and cuts in the middle of an answer ----

    @Test
    void afterItsFirstContentAStreamIsNeverAskedElsewhere() throws Exception {
        FleetUpstream silent = channel(
                "silent",
                "middle",
                Temper.stallingAfterContent(),
                "priority",
                10,
                "stall_timeout",
                0.5,
                "first_token_timeout",
                0.5);
        FleetUpstream next = channel("ready", "middle", Temper.answering(Duration.ZERO));

        List<Seen> seen = FleetCalls.run(16, 16, Duration.ZERO, n -> calls.ask("middle", "call " + n, n % 2 == 0));

        List<String> begun = silent.spoken();
        List<String> elsewhere = next.asked().stream().map(Asked::id).toList();
        assertThat(begun).isNotEmpty().doesNotContainAnyElementsOf(elsewhere);
        for (Seen one : seen) {
            if (begun.contains(one.id())) {
                assertThat(one.text()).isEqualTo("silent: ans");
                assertThat(one.errors()).isEqualTo(1);
                assertThat(one.raw()).contains("upstream_timeout").doesNotContain("[DONE]");
            } else {
                assertThat(one.text()).isEqualTo("ready: answer to " + one.id() + ".");
                assertThat(one.whole()).isTrue();
            }
        }
    }

    // ---- what clients and operators are told ----

    @Test
    void aWrongAddressStaysTheOperatorsMatterWhileTheChannelRests() {
        channel(
                "misplaced",
                "lost",
                (self, asked) -> Script.answer(404).text("text/html", "<html>no such page</html>"));

        Seen first = calls.ask("lost", "first", false);
        Seen second = calls.ask("lost", "second", false);

        assertThat(first.status()).isEqualTo(503);
        assertThat(first.raw()).contains("channel_unavailable");
        assertThat(second.status()).as("not a limit that passes by itself").isEqualTo(503);
        assertThat(second.raw()).contains("channel_unavailable");
    }

    /** Errors are cut to a length; a key that stands where they are cut must not show its beginning. */
    @Test
    void noPartOfAKeyIsShownWhereAnErrorIsCut() {
        String key = "Zm9yZ2V0LXRoaXMta2V5LWZvci1ldmVyLXBsZWFzZQ";
        for (int before = 440; before <= 500; before += 10) {
            String words = "x".repeat(before);
            FleetUpstream upstream = channel(
                    "cut-" + before,
                    "cut-" + before,
                    (self, asked) -> OpenAiScripts.error(
                            400, "invalid_request_error", "odd", words + " " + asked.key() + " is the key"),
                    "secret",
                    key);
            Seen seen = calls.ask("cut-" + before, "call", false);
            assertThat(upstream.requests()).isEqualTo(1);
            assertThat(seen.raw()).contains("xxxx").doesNotContain(key.substring(0, 8));
        }
    }

    @Test
    void anExplanationNamesTheReason() {
        String model = "explained";
        Temper dead = Temper.refusing(Set.of("sk-fleet-resting"), Temper.answering(Duration.ZERO));
        channel("resting", model, dead, "priority", 10);
        channel("off", model, Temper.answering(Duration.ZERO), "state", false);
        channel("members", model, Temper.answering(Duration.ZERO), "group", List.of("pro"));
        channel("healthy", model, Temper.answering(Duration.ZERO), "weight", 3);
        channel("half", model, Temper.answering(Duration.ZERO));
        channel("other", "something else", Temper.answering(Duration.ZERO));
        assertThat(calls.ask(model, "call", false).whole()).isTrue();

        assertThat(verdict("resting", model, "normal"))
                .startsWith("No call goes to this channel: a key rests until ")
                .contains("KEY_DEAD: Incorrect API key provided")
                .doesNotContain("sk-fleet");
        assertThat(verdict("off", model, "normal")).isEqualTo("No call goes to this channel: it is switched off");
        assertThat(verdict("members", model, "normal"))
                .isEqualTo("No call goes to this channel: it does not serve the group normal");
        assertThat(verdict("members", model, "pro")).startsWith("Calls can go to this channel");
        assertThat(verdict("healthy", model, "normal"))
                .isEqualTo("Calls can go to this channel: tried first, 75.0 % of the calls by weight");
        assertThat(verdict("other", model, "normal"))
                .isEqualTo("No call goes to this channel: it does not offer explained");
    }

    private static String verdict(String channel, String model, String group) {
        JsonNode explained = server.client()
                .get("/api/admin/channel/" + ids.get(channel) + "/explain?model=" + model + "&group=" + group);
        return explained.path("verdict").asText();
    }
}

package io.patchbay.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.patchbay.billing.ledger.LedgerAudit;
import io.patchbay.foundation.config.ConfigSource;
import io.patchbay.foundation.config.PatchbayConfig;
import io.patchbay.server.FleetCalls.Seen;
import io.patchbay.server.fleet.Dice;
import io.patchbay.server.fleet.Fleet;
import io.patchbay.server.fleet.FleetUpstream;
import io.patchbay.server.fleet.KeptLog;
import io.patchbay.server.fleet.Member;
import io.patchbay.server.fleet.Temper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The promise of many channels: twenty of them, most in trouble and the worst tried first, under load, and clients
 * notice nothing. One run is made and printed; each test looks at one side of it.
 */
@RunsAlone
@Timeout(60)
final class FleetTest {
    private static final int CALLS = 4_000;
    private static final int CLIENTS = 28;
    private static final Duration EVERY = Duration.ofNanos(8_500_000);

    /** A call sent before the health had heard the third refusal may still arrive; two seconds are plenty. */
    private static final Duration UNDER_WAY = Duration.ofSeconds(2);

    /** 7 tokens at 1 credit and 5 tokens at 2 credits per thousand, in micro-credits. */
    private static final long PRICE = 17_000;

    @TempDir
    private static Path home;

    private static final Map<String, Long> ids = new HashMap<>();
    private static final Map<String, JsonNode> healthAfterLoad = new LinkedHashMap<>();
    private static final List<Seen> alone = new ArrayList<>();
    private static Fleet fleet;
    private static TestServer server;
    private static KeptLog log;
    private static FleetCalls calls;
    private static List<Seen> seen;
    private static Instant begun;
    private static Duration lasted;
    private static long balanceBefore;

    @BeforeAll
    @Timeout(120)
    static void run() throws Exception {
        Dice dice = Dice.ofThisRun();
        fleet = Fleet.start(dice);
        server = TestServer.start(home, Map.of("LOG_LEVEL", "DEBUG"));
        log = KeptLog.open();
        prepare();
        load();
        List<String> attempts = rows("SELECT attempts FROM request_record");
        new FleetReport(fleet, seen, healthAfterLoad).print(dice.seed(), lasted, attempts, FleetTest::later);
    }

    @AfterAll
    static void stop() {
        log.close();
        server.close();
        fleet.close();
    }

    private static void prepare() {
        server.client().signIn();
        List<String> models = new ArrayList<>(List.of(Fleet.MODEL, Fleet.OTHER));
        fleet.members().forEach(member -> models.add(member.own()));
        server.client().price(models.toArray(String[]::new));
        fleet.members().forEach(member -> ids.put(member.name(), FleetCalls.create(server.client(), member)));
        calls = new FleetCalls(server.client(), server.client().apiKey());
        balanceBefore = balance();
    }

    /** Every second call streams; every sixth is for the other model. */
    private static void load() throws Exception {
        begun = Instant.now();
        fleet.begin();
        seen = FleetCalls.run(
                CALLS,
                CLIENTS,
                EVERY,
                n -> calls.ask(n % 6 == 5 ? Fleet.OTHER : Fleet.MODEL, "call-%05d".formatted(n), n % 2 == 0));
        lasted = fleet.age();
        Awaitility.await()
                .until(() -> server.patchbay().parts().relay().metrics().active() == 0);
        fleet.members().forEach(member -> member.upstream().awaitIdle());
        server.client()
                .get("/api/admin/routing/health")
                .path("channels")
                .forEach(channel -> healthAfterLoad.put(channel.path("name").asText(), channel));
        Awaitility.await()
                .until(() -> rows("SELECT request_id FROM request_record").size() == CALLS);
    }

    // ---- what is promised ----

    @Test
    void clientsGetWholeAndRightAnswers() {
        List<Seen> bad = seen.stream().filter(one -> !right(one)).toList();
        assertThat(seen).hasSize(CALLS);
        assertThat(bad.size()).as("not answered: %s", bad).isLessThanOrEqualTo(CALLS / 1_000);
    }

    private static boolean right(Seen one) {
        return one.whole() && fleet.speaker(one.id(), one.text()) != null;
    }

    /**
     * A call that is under way when a rest begins still arrives, and each client has one call at a time: so many may
     * come besides the three that were refused. Later ones are bounded by the back-off alone: none for a dead key,
     * which rests 10 minutes; one for each wait that the upstream asked for; one for each rest of 1, 2, 4, 8, … seconds
     * of a limited key and of 5, 10, 20, … seconds of a channel.
     */
    @Test
    void whatDoesNotAnswerIsLeftAlone() {
        long seconds = lasted.toSeconds() + 1;
        Map<String, Long> mostLater = new LinkedHashMap<>();
        mostLater.put("dead-1", 0L);
        mostLater.put("dead-2", 0L);
        mostLater.put("limited-1", seconds / 5);
        mostLater.put("limited-2", doublings(seconds, 1));
        mostLater.put("limited-3", seconds / 30);
        mostLater.put("limited-4", 2 * doublings(seconds, 1)); // Two keys.
        for (String troubled : List.of("slow-1", "slow-2", "stalls-1", "stalls-2")) {
            mostLater.put(troubled, doublings(seconds, 5));
        }
        mostLater.forEach((name, most) -> {
            assertThat(later(name)).as(name + ", later").isLessThanOrEqualTo(most);
            assertThat(arrivals(name).size()).as(name).isBetween(1, (int) (3 + CLIENTS + most));
        });
        String deadKey = fleet.member("dead-3").keys().getFirst();
        assertThat(later("dead-3", upstream("dead-3").arrivals(deadKey))).isZero();
        // Nobody listens there, so only the server can count.
        assertThat(healthAfterLoad.get("down").path("calls").asLong())
                .isBetween(1L, 3 + CLIENTS + doublings(seconds, 5));
    }

    /** Returns how many rests, each twice as long as the one before, end within that time. */
    private static long doublings(long seconds, long first) {
        long count = 0;
        for (long at = first, rest = first; at <= seconds; rest *= 2, at += rest) {
            count++;
        }
        return count;
    }

    /** Returns when requests came during the load. */
    private static List<Instant> arrivals(String name) {
        Instant end = begun.plus(lasted);
        return upstream(name).arrivals().stream().filter(end::isAfter).toList();
    }

    private static long later(String name) {
        return later(name, arrivals(name));
    }

    /** Returns how many came when the third refusal must have been heard. */
    private static long later(String name, List<Instant> arrivals) {
        if (arrivals.size() < 3) {
            return 0;
        }
        boolean silent = name.startsWith("slow") || name.startsWith("stalls");
        Instant heard =
                arrivals.get(2).plusSeconds(silent ? Fleet.PATIENCE_SECONDS : 0).plus(UNDER_WAY);
        return arrivals.stream().filter(heard::isBefore).count();
    }

    @Test
    void whatIsMendedComesBackByItself() {
        for (String name : List.of("back-1", "back-2")) {
            assertThat(upstream(name).answered()).as(name).hasSizeGreaterThan(10);
            assertThat(phase(name)).as(name).isEqualTo("good");
        }
        assertThat(upstream("dead-3").answered()).as("the good key of two").hasSizeGreaterThan(10);
        // Those that answer half of their calls are neither given up nor left as they were.
        assertThat(upstream("half-1").answered()).isNotEmpty();
        assertThat(healthAfterLoad.get("half-1").path("state").path("strikes").asInt())
                .isPositive();
    }

    @Test
    void nothingIsAskedElsewhereAfterItsFirstContent() {
        Map<String, List<String>> speakers = new HashMap<>();
        fleet.members()
                .forEach(member -> member.upstream()
                        .spoken()
                        .forEach(id -> speakers.computeIfAbsent(id, ignored -> new ArrayList<>())
                                .add(member.name())));
        for (Seen one : seen) {
            List<String> spoke = speakers.getOrDefault(one.id(), List.of());
            if (right(one)) {
                assertThat(spoke).as(one.id()).containsExactly(one.text().split(":", 2)[0]);
            } else {
                assertThat(one.errors()).as("%s", one).isEqualTo(1);
                assertThat(spoke).as(one.id()).hasSizeLessThanOrEqualTo(1);
            }
        }
    }

    @Test
    void everyAnswerIsPaidForOnce() throws Exception {
        List<String> whole = Stream.concat(seen.stream(), alone.stream())
                .filter(Seen::whole)
                .map(Seen::requestId)
                .toList();

        assertThat(rows("SELECT request_id FROM ledger_entry WHERE kind = 'SETTLE'"))
                .containsExactlyInAnyOrderElementsOf(whole);
        assertThat(balanceBefore - balance()).isEqualTo(whole.size() * PRICE);
        assertThat(rows("SELECT request_id FROM reservation WHERE state = 'OPEN'"))
                .isEmpty();
        assertThat(new LedgerAudit(server.patchbay().parts().database()).violations())
                .isEmpty();
    }

    /** Channels that cannot answer are asked alone, so that clients hear of what their upstreams said. */
    @Test
    void keysAndAddressesStayInside() throws Exception {
        for (Member member : fleet.members()) {
            for (boolean stream : List.of(true, false)) {
                revive(member.name());
                alone.add(calls.ask(member.own(), "alone-" + stream, stream));
            }
        }
        assertThat(alone.stream().filter(one -> !one.whole())).hasSizeGreaterThan(20);
        assertThat(alone.stream().map(Seen::raw)).anyMatch(body -> body.contains("Rate limit reached"));

        List<String> inside = new ArrayList<>(List.of("sk-fleet", "127.0.0.1", "localhost"));
        fleet.members().forEach(member -> inside.add(":" + member.upstream().port()));
        for (Seen one : Stream.concat(seen.stream(), alone.stream()).toList()) {
            assertThat(inside).as(one.raw()).noneMatch(one.raw()::contains);
        }
        assertThat(log.lines()).hasSizeGreaterThan(100).noneMatch(line -> line.contains("sk-fleet"));
        assertThat(healthAfterLoad.values().toString()).doesNotContain("sk-fleet");
        assertThat(filesWith("sk-fleet")).isEmpty();
        // A key is for its own upstream only.
        for (Member member : fleet.members()) {
            assertThat(member.upstream().asked())
                    .allMatch(asked -> member.keys().contains(asked.key()));
        }
    }

    private static List<Path> filesWith(String text) throws IOException {
        List<Path> found = new ArrayList<>();
        try (Stream<Path> files = Files.walk(home)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                if (new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1).contains(text)) {
                    found.add(file);
                }
            }
        }
        return found;
    }

    @Test
    void anOperatorBringsADeadKeyBackAtOnce() {
        revive("dead-2");
        assertThat(calls.ask("only-dead-2", "before", false).status()).isEqualTo(503);
        upstream("dead-2").become(Temper.healthy(new Dice(1)));
        long asked = upstream("dead-2").requests();
        assertThat(calls.ask("only-dead-2", "mended", false).status()).isEqualTo(503);
        assertThat(upstream("dead-2").requests()).as("a dead key is not tried").isEqualTo(asked);

        revive("dead-2");
        Seen after = calls.ask("only-dead-2", "revived", false);
        alone.add(after);
        assertThat(after.text()).isEqualTo("dead-2: answer to revived.");
    }

    private static void revive(String name) {
        server.client().post("/api/admin/routing/health/" + ids.get(name) + "/revive", Map.of());
    }

    // ---- facts ----

    private static FleetUpstream upstream(String name) {
        return fleet.member(name).upstream();
    }

    private static String phase(String name) {
        return healthAfterLoad.get(name).path("state").path("phase").asText();
    }

    private static long balance() {
        return server.patchbay().parts().ledger().balance(1).owned();
    }

    private static List<String> rows(String query) throws SQLException {
        Path file = PatchbayConfig.from(home, ConfigSource.load(home, Map.of()))
                .database()
                .sqliteFile();
        List<String> values = new ArrayList<>();
        try (Connection sql = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement statement = sql.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            while (rows.next()) {
                values.add(rows.getString(1));
            }
        }
        return values;
    }
}

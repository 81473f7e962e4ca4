package io.patchbay.server.bounds;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.foundation.json.Json;
import io.patchbay.server.RunsAlone;
import io.patchbay.testkit.upstream.OpenAiScripts;
import io.patchbay.testkit.upstream.ScriptedUpstream;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * One user keeps hundreds of calls going at a site that has room for sixty, and comes again at once whenever one is
 * refused. Ten others ask one question after another, and are answered as if they were alone.
 */
@RunsAlone
final class FairnessTest {
    private static final int PLACES = 60;
    private static final int GREEDY_CALLS = 300;
    private static final int MODEST_USERS = 10;
    private static final int QUESTIONS = 12;
    private static final Duration ANSWER = Duration.ofMillis(300);
    private static final Duration LONGEST = Duration.ofSeconds(15);
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String MODEL = "shared";

    private static final List<String> OPTIONS =
            List.of("-Xmx256m", "-XX:+UseCompactObjectHeaders", "-XX:+ExitOnOutOfMemoryError");

    @TempDir
    private Path home;

    private final AtomicBoolean over = new AtomicBoolean();
    private final ConcurrentMap<String, LongAdder> greedy = new ConcurrentHashMap<>();

    private record Answered(int status, Duration time) {}

    @Test
    void modestUsersAreAnsweredBesideAGreedyOne() throws Exception {
        Map<String, String> settings = Map.of("RELAY_MAX_CALLS", Integer.toString(PLACES));
        try (ScriptedUpstream upstream = ScriptedUpstream.start().remembering(1);
                BoundsSite site = BoundsSite.start(home, settings, OPTIONS, MODEST_USERS + 1);
                Crowd crowd = new Crowd()) {
            upstream.on(
                    "POST",
                    "/v1/chat/completions",
                    OpenAiScripts.text(MODEL, "here").delayed(ANSWER));
            site.root().price(MODEL);
            site.root().channel("openai", upstream.endpoint(), MODEL);

            Crowd.Doing<Void> hungry = crowd.begin(GREEDY_CALLS, number -> () -> keepAsking(site));
            Awaitility.await()
                    .atMost(PATIENCE)
                    .until(() -> refusals() > 2 * GREEDY_CALLS && site.meter("patchbay_relay_places") > PLACES / 2.0);
            List<Answered> modest = new ArrayList<>();
            crowd.begin(MODEST_USERS, number -> () -> ask(site, number + 1))
                    .all()
                    .forEach(modest::addAll);
            over.set(true);
            hungry.all();
            report(modest);
            check(modest);
            Awaitility.await().atMost(PATIENCE).until(() -> site.meter("patchbay_relay_places") == 0);
        }
    }

    private Void keepAsking(BoundsSite site) throws IOException {
        byte[] request = Chats.request(site.key(0), MODEL, false, "All of it.");
        try (Exchange exchange = Exchange.with(site.uri())) {
            while (!over.get()) {
                Exchange.Response response = exchange.ask(request);
                String code = response.status() == 200
                        ? ""
                        : " "
                                + Json.mapper()
                                        .readTree(response.body())
                                        .at("/error/code")
                                        .asText() + ", retry after " + response.header("retry-after");
                greedy.computeIfAbsent(response.status() + code, kind -> new LongAdder())
                        .increment();
            }
        }
        return null;
    }

    private long refusals() {
        return greedy.entrySet().stream()
                .filter(kind -> !kind.getKey().equals("200"))
                .mapToLong(kind -> kind.getValue().sum())
                .sum();
    }

    private static List<Answered> ask(BoundsSite site, int user) throws IOException {
        byte[] request = Chats.request(site.key(user), MODEL, false, "A little.");
        List<Answered> answers = new ArrayList<>();
        try (Exchange exchange = Exchange.with(site.uri())) {
            for (int question = 0; question < QUESTIONS; question++) {
                long begun = System.nanoTime();
                Exchange.Response response = exchange.ask(request);
                answers.add(new Answered(response.status(), Duration.ofNanos(System.nanoTime() - begun)));
            }
        }
        return answers;
    }

    private void report(List<Answered> modest) {
        System.out.println("greedy: " + greedy);
        List<Long> times =
                modest.stream().map(answer -> answer.time().toMillis()).sorted().toList();
        System.out.printf(
                "modest: %d of %d answered, median %d ms, slowest %d ms%n",
                modest.stream().filter(answer -> answer.status() == 200).count(),
                modest.size(),
                times.get(times.size() / 2),
                times.getLast());
    }

    private void check(List<Answered> modest) {
        assertThat(modest.stream().filter(answer -> answer.status() == 200)).hasSize(MODEST_USERS * QUESTIONS);
        assertThat(modest.stream().map(Answered::time)).allMatch(time -> time.compareTo(LONGEST) < 0);
        assertThat(greedy.keySet()).contains("200");
        assertThat(greedy.keySet())
                .isSubsetOf("200", "429 too_many_concurrent_requests, retry after 1", "503 overloaded, retry after 5");
        assertThat(greedy.keySet()).contains("429 too_many_concurrent_requests, retry after 1");
    }
}

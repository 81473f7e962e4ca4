package io.patchbay.relay.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.patchbay.dialects.wire.WireBody;
import io.patchbay.foundation.config.DatabaseConfig;
import io.patchbay.foundation.database.Database;
import io.patchbay.foundation.state.Bus;
import io.patchbay.foundation.state.SharedState;
import io.patchbay.relay.cache.AnswerCache.Question;
import io.patchbay.spi.Dialect;
import io.patchbay.spi.chat.ChatEvent.Finish;
import io.patchbay.spi.chat.ChatEvent.Text;
import io.patchbay.spi.chat.Wire;
import io.patchbay.spi.http.Body;
import io.patchbay.spi.json.JsonValue;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class AnswerCacheTest {
    @TempDir
    private Path home;

    private volatile Instant now = Instant.parse("2030-01-01T12:00:00Z");
    private final InstantSource clock = () -> now;
    private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
    private final Bus bus = SharedState.inProcess(InstantSource.system()).bus();
    private Database database;
    private AnswerCache cache;

    @BeforeEach
    void open() {
        database = Database.open(DatabaseConfig.sqlite(home.resolve("test.db")), List.of());
        cache = AnswerCache.open(database, bus, metrics, clock);
    }

    @AfterEach
    void close() {
        cache.close();
        database.close();
    }

    private void pass(Duration time) {
        now = now.plus(time);
    }

    private void settings(int size, long expire, String... models) {
        cache.change(before -> new CacheSettings(Set.of(models), size, expire));
    }

    private static Question question(String group, String model, String content) {
        String body = "{\"messages\":[{\"role\":\"user\",\"content\":\"" + content + "\"}]}";
        return new Question(
                group, model, "", WireBody.read(Dialect.OPENAI_CHAT, body.getBytes(StandardCharsets.UTF_8)));
    }

    private static Question question() {
        return question("normal", "m", "Hi");
    }

    private static void answer(CacheVisit visit, String text) {
        AnswerRecorder recorder = new AnswerRecorder();
        recorder.on(new Text(text));
        recorder.on(new Finish("stop"));
        visit.answered(recorder, Set.of());
    }

    private static String text(CacheVisit visit) {
        StringBuilder text = new StringBuilder();
        visit.hit().orElseThrow().replay(event -> {
            if (event instanceof Text piece) {
                text.append(piece.text());
            }
        });
        return text.toString();
    }

    private Optional<String> found(Question question) {
        CacheVisit visit = cache.visit(question).orElseThrow();
        return visit.hit().isEmpty() ? Optional.empty() : Optional.of(text(visit));
    }

    private double counted(String event) {
        return metrics.counter("patchbay.relay.cache", "event", event).count();
    }

    @Test
    void anAnswerIsGivenAgainToTheSameQuestionOnly() {
        settings(1, 60, "m", "m2");
        answer(cache.visit(question()).orElseThrow(), "Hello");

        assertThat(found(question())).contains("Hello");
        assertThat(found(question("vip", "m", "Hi"))).isEmpty();
        assertThat(found(question("normal", "m2", "Hi"))).isEmpty();
        assertThat(found(question("normal", "m", "Ho"))).isEmpty();
        assertThat(counted("hit")).isEqualTo(1);
        assertThat(counted("miss")).isEqualTo(4);
        assertThat(counted("stored")).isEqualTo(1);
        assertThat(counted("rejected")).isZero();
    }

    @Test
    void withoutSettingsNothingIsCachedAndNothingIsRead() {
        Question unread = new Question("normal", "m", "", new UnreadableWire());
        assertThat(cache.visit(unread)).isEmpty();
        settings(1, 60, "other");
        assertThat(cache.visit(unread)).isEmpty();
        assertThat(counted("miss")).isZero();
    }

    @Test
    void callsInsideAConversationAreNotCached() {
        settings(1, 60, "m");
        Question asked = question();
        assertThat(cache.visit(new Question(asked.group(), asked.model(), "trip-1", asked.wire())))
                .isEmpty();
        assertThat(cache.visit(asked)).isPresent();
    }

    @Test
    void whatIsNoAnswerIsRejected() {
        settings(1, 60, "m");
        cache.visit(question()).orElseThrow().answered(new AnswerRecorder(), Set.of());
        assertThat(found(question())).isEmpty();
        assertThat(counted("rejected")).isEqualTo(1);
        assertThat(counted("stored")).isZero();
    }

    @Test
    void answersExpire() {
        settings(1, 60, "m");
        answer(cache.visit(question()).orElseThrow(), "Hello");
        pass(Duration.ofSeconds(59));
        assertThat(found(question())).contains("Hello");
        pass(Duration.ofSeconds(2));
        assertThat(found(question())).isEmpty();
        assertThat(cache.state().entries()).isZero();
    }

    @Test
    void aNewExpiryCountsForAnswersThatAreKept() {
        settings(1, 60, "m");
        answer(cache.visit(question()).orElseThrow(), "Hello");
        pass(Duration.ofSeconds(30));
        settings(1, 20, "m");
        assertThat(cache.state().entries()).isZero();
        assertThat(found(question())).isEmpty();

        answer(cache.visit(question()).orElseThrow(), "Hello");
        settings(1, 600, "m");
        pass(Duration.ofSeconds(500));
        assertThat(found(question())).contains("Hello");
    }

    @Test
    void severalAnswersToOneQuestionAreKeptAsManyAsTheSizeSays() {
        settings(3, 60, "m");
        for (int i = 0; cache.state().entries() < 3; i++) {
            CacheVisit visit = cache.visit(question()).orElseThrow();
            if (visit.hit().isEmpty()) {
                answer(visit, "answer " + i);
            }
        }
        Set<String> told = new HashSet<>();
        for (int i = 0; i < 200; i++) {
            told.add(found(question()).orElseThrow());
        }
        assertThat(told).hasSize(3);

        settings(1, 60, "m");
        Set<String> one = new HashSet<>();
        for (int i = 0; i < 50; i++) {
            one.add(found(question()).orElseThrow());
        }
        assertThat(one).hasSize(1);
    }

    @Test
    void aModelThatIsTakenOutIsNotAnsweredAndNotKept() {
        settings(1, 60, "m");
        CacheVisit before = cache.visit(question()).orElseThrow();
        settings(1, 60, "other");
        answer(before, "late");
        assertThat(cache.visit(question())).isEmpty();
        settings(1, 60, "m");
        assertThat(found(question())).isEmpty();
    }

    @Test
    void clearingForgetsEverywhereAndWhatIsUnderWayToo() {
        settings(1, 60, "m");
        try (AnswerCache elsewhere = AnswerCache.open(database, bus, new SimpleMeterRegistry(), clock)) {
            answer(cache.visit(question()).orElseThrow(), "Hello");
            CacheVisit there = elsewhere.visit(question()).orElseThrow();
            answer(there, "Hello");
            CacheVisit underWay = cache.visit(question("normal", "m", "Ho")).orElseThrow();

            cache.clear();

            answer(underWay, "old");
            assertThat(found(question())).isEmpty();
            assertThat(found(question("normal", "m", "Ho"))).isEmpty();
            assertThat(elsewhere.visit(question()).orElseThrow().hit()).isEmpty();
            assertThat(counted("rejected")).isEqualTo(1);
        }
    }

    @Test
    void otherNodesFollowTheSettings() {
        try (AnswerCache elsewhere = AnswerCache.open(database, bus, new SimpleMeterRegistry(), clock)) {
            settings(2, 60, "m");
            await().untilAsserted(() -> assertThat(elsewhere.settings()).isEqualTo(cache.settings()));
            assertThat(elsewhere.visit(question())).isPresent();
        }
    }

    @Test
    void tellsWhatItHolds() {
        settings(1, 60, "m");
        answer(cache.visit(question()).orElseThrow(), "x".repeat(10_000));
        found(question());
        AnswerCache.State state = cache.state();
        assertThat(state.settings()).isEqualTo(new CacheSettings(Set.of("m"), 1, 60));
        assertThat(state.entries()).isEqualTo(1);
        assertThat(state.bytes()).isBetween(10_000L, 11_000L);
        assertThat(state.hits()).isEqualTo(1);
        assertThat(state.misses()).isEqualTo(1);
        assertThat(metrics.get("patchbay.relay.cache.entries").gauge().value()).isEqualTo(1);
        assertThat(metrics.get("patchbay.relay.cache.bytes").gauge().value()).isEqualTo(state.bytes());
    }

    @Test
    void memoryIsBounded() {
        NodeAnswers store = new NodeAnswers(2_000_000, clock);
        Duration hour = Duration.ofHours(1);
        for (int i = 0; i < 100; i++) {
            AnswerRecorder recorder = new AnswerRecorder();
            recorder.on(new Text("x".repeat(100_000)));
            recorder.on(new Finish("stop"));
            store.keep(
                    new AnswerStore.Slot(new CacheKey(i, 0, 0, 0), 0),
                    recorder.answer(Set.of()).orElseThrow(),
                    hour);
        }
        AnswerStore.Holding holding = store.holding(hour);
        assertThat(holding.bytes()).isBetween(1_000_000L, 2_000_000L);
        assertThat(holding.entries()).isBetween(10L, 20L);
    }

    @Test
    void manyThreadsMayUseIt() throws Exception {
        settings(2, 60, "m");
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> all = new ArrayList<>();
            for (int i = 0; i < 64; i++) {
                String content = "question " + i % 4;
                all.add(threads.submit(() -> {
                    for (int round = 0; round < 50; round++) {
                        CacheVisit visit =
                                cache.visit(question("normal", "m", content)).orElseThrow();
                        if (visit.hit().isPresent()) {
                            assertThat(text(visit)).isEqualTo("answer to " + content);
                        } else {
                            answer(visit, "answer to " + content);
                        }
                    }
                }));
            }
            for (Future<?> one : all) {
                one.get(60, TimeUnit.SECONDS);
            }
        }
        assertThat(counted("hit") + counted("miss")).isEqualTo(64 * 50);
        assertThat(counted("stored")).isEqualTo(counted("miss"));
        assertThat(cache.state().entries()).isBetween(4L, 8L);
    }

    /** A request that must not be looked at. */
    private static final class UnreadableWire implements Wire {
        @Override
        public Dialect dialect() {
            throw new AssertionError("was looked at");
        }

        @Override
        public Set<String> names() {
            throw new AssertionError("was looked at");
        }

        @Override
        public JsonValue get(String name) {
            throw new AssertionError("was looked at");
        }

        @Override
        public Body edited(Map<String, JsonValue> set, Map<String, String> rename, Set<String> remove) {
            throw new AssertionError("was looked at");
        }
    }
}

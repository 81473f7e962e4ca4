package io.patchbay.relay.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.patchbay.relay.artifact.Artifacts;
import io.patchbay.spi.Fault;
import io.patchbay.spi.FaultKind;
import io.patchbay.spi.task.Artifact;
import io.patchbay.spi.task.TaskNews;
import io.patchbay.spi.task.TaskPhase;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Products that only the channel's key can fetch, from the promise to the file. */
final class ProductFetchesTest {
    private static final byte[] FILM =
            "\0\0\0\30ftypisom and the rest of the film".getBytes(StandardCharsets.ISO_8859_1);
    private static final Optional<Fault> DONE = Optional.empty();

    @TempDir
    private Path home;

    private TaskWorld world;

    @BeforeEach
    void open() {
        world = new TaskWorld(home);
    }

    @AfterEach
    void close() {
        assertThat(world.violations()).isEmpty();
        world.close();
    }

    private static TaskNews made(String... references) {
        TaskNews.Builder news = TaskNews.builder(TaskPhase.SUCCEEDED);
        for (String reference : references) {
            news.artifact(Artifact.atUpstream("video", reference, "video/mp4"));
        }
        return news.build();
    }

    private void bringsTheFilm() {
        world.script.content = (product, sink) -> {
            sink.write(FILM);
            return CompletableFuture.completedFuture(DONE);
        };
    }

    private void fails(FaultKind kind) {
        world.script.content =
                (product, sink) -> CompletableFuture.completedFuture(Optional.of(Fault.of(kind, "not now")));
    }

    private String name(Task task) {
        return world.artifacts.name(task.state().artifacts().getFirst().url()).orElseThrow();
    }

    private Optional<Fault> bring(String name) {
        return world.tasks
                .promisedFiles()
                .bring(name)
                .orElseThrow()
                .orTimeout(10, TimeUnit.SECONDS)
                .join();
    }

    private void awaitRefused(String name) {
        int attempts = 3;
        await().until(() -> world.script.fetched.size() >= attempts);
        // Whoever comes while the last attempt is ending joins it.
        assertThat(bring(name)).isPresent();
    }

    @Test
    void aProductHasItsAddressAtOnceAndIsFetchedRightAfterwards() throws IOException {
        CompletableFuture<Optional<Fault>> open = new CompletableFuture<>();
        world.script.content = (product, sink) -> {
            sink.write(FILM);
            return open;
        };
        Task task = world.tasks.news(world.accepted("r1", "17").id(), made("video"));

        assertThat(task.state().phase()).isEqualTo(TaskPhase.SUCCEEDED);
        Artifact product = task.state().artifacts().getFirst();
        assertThat(product.kind()).isEqualTo("video");
        assertThat(product.url()).matches("https://site\\.example/api/artifacts/[0-9a-f]{40}\\.mp4");
        await().until(() -> world.script.fetched.size() == 1);
        await().untilAsserted(() ->
                assertThat(world.ledger.balance(TaskWorld.USER).used()).isEqualTo(TaskWorld.PRICE));
        assertThat(world.artifacts.find(name(task))).isEmpty();

        open.complete(DONE);
        await().until(() -> world.artifacts.find(name(task)).isPresent());
        Artifacts.Found found = world.artifacts.find(name(task)).orElseThrow();
        assertThat(Files.readAllBytes(found.file())).isEqualTo(FILM);
        assertThat(bring(name(task))).isEmpty();
        assertThat(world.script.fetched).containsExactly(task.id() + " video");
    }

    @Test
    void theSameProductToldAgainKeepsItsAddress() {
        bringsTheFilm();
        String id = world.accepted("r1", "17").id();
        Task once = world.tasks.news(id, made("video", "thumbnail"));
        Task twice = world.tasks.news(id, made("video", "thumbnail"));

        assertThat(twice.state()).isEqualTo(once.state());
        assertThat(once.state().artifacts()).extracting(Artifact::url).doesNotHaveDuplicates();
        await().until(() -> world.script.fetched.size() == 2);
        List<ProductRow> rows = world.database.read(ProductMapper.class, mapper -> mapper.ofTask(id));
        assertThat(rows).hasSize(2);
    }

    @Test
    void whatCannotBeHadIsTriedAFewTimesAndAgainWhenSomebodyAsks() {
        fails(FaultKind.RETRY);
        Task task = world.tasks.news(world.accepted("r1", "17").id(), made("video"));
        awaitRefused(name(task));
        assertThat(bring(name(task)).orElseThrow().message()).isEqualTo("not now");
        assertThat(world.script.fetched).as("it rests now").hasSize(3);
        assertThat(world.task(task.id()).state().phase()).isEqualTo(TaskPhase.SUCCEEDED);
        assertThat(world.ledger.balance(TaskWorld.USER).used())
                .as("the upstream has made it")
                .isEqualTo(TaskWorld.PRICE);

        bringsTheFilm();
        world.advance(Duration.ofSeconds(11));
        assertThat(bring(name(task))).isEmpty();
        assertThat(world.artifacts.find(name(task))).isPresent();
        assertThat(world.script.fetched).hasSize(4);
        assertThat(world.ledger.balance(TaskWorld.USER).used()).isEqualTo(TaskWorld.PRICE);
    }

    @Test
    void whatOnlyTheOperatorCanMendIsNotTriedAgain() {
        fails(FaultKind.KEY_DEAD);
        Task task = world.tasks.news(world.accepted("r1", "17").id(), made("video"));
        await().until(() -> !world.script.fetched.isEmpty());
        assertThat(bring(name(task)).orElseThrow().kind()).isEqualTo(FaultKind.KEY_DEAD);
        assertThat(world.script.fetched).hasSize(1);
    }

    @Test
    void whatIsNoFilmIsNotKept() {
        world.script.content = (product, sink) -> {
            try {
                sink.write("<html>come back later</html>".getBytes(StandardCharsets.US_ASCII));
                return CompletableFuture.completedFuture(DONE);
            } catch (IllegalArgumentException e) {
                return CompletableFuture.completedFuture(
                        Optional.of(Fault.of(FaultKind.UPSTREAM, String.valueOf(e.getMessage()))));
            }
        };
        Task task = world.tasks.news(world.accepted("r1", "17").id(), made("video"));
        awaitRefused(name(task));
        assertThat(world.artifacts.find(name(task))).isEmpty();
    }

    @Test
    void anEmptyProductIsNone() {
        world.script.content = (product, sink) -> CompletableFuture.completedFuture(DONE);
        Task task = world.tasks.news(world.accepted("r1", "17").id(), made("video"));
        awaitRefused(name(task));
        assertThat(bring(name(task)).orElseThrow().message()).contains("no picture, film or sound");
    }

    @Test
    void manyWhoAskForOneProductAreServedByOneFetch() {
        List<CompletableFuture<Optional<Fault>>> open = new CopyOnWriteArrayList<>();
        world.script.content = (product, sink) -> {
            sink.write(FILM);
            CompletableFuture<Optional<Fault>> fetch = new CompletableFuture<>();
            open.add(fetch);
            return fetch;
        };
        Task task = world.tasks.news(world.accepted("r1", "17").id(), made("video"));
        List<CompletableFuture<Optional<Fault>>> asked = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            asked.add(world.tasks.promisedFiles().bring(name(task)).orElseThrow());
        }
        await().until(() -> open.size() == 1);
        open.getFirst().complete(DONE);
        asked.forEach(
                each -> assertThat(each.orTimeout(10, TimeUnit.SECONDS).join()).isEmpty());
        assertThat(world.script.fetched).hasSize(1);
    }

    @Test
    void noMoreThanTheAllowedNumberIsFetchedAtOnce() {
        AtomicInteger now = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        List<CompletableFuture<Optional<Fault>>> open = new CopyOnWriteArrayList<>();
        world.script.content = (product, sink) -> {
            most.accumulateAndGet(now.incrementAndGet(), Math::max);
            sink.write(FILM);
            CompletableFuture<Optional<Fault>> fetch = new CompletableFuture<>();
            open.add(fetch);
            return fetch;
        };
        Task task = world.tasks.news(world.accepted("r1", "17").id(), made("a", "b", "c", "d", "e"));
        for (int done = 0; done < 5; done++) {
            int expected = done;
            await().until(() -> open.size() > expected);
            now.decrementAndGet();
            open.get(done).complete(DONE);
        }
        await().until(() -> task.state().artifacts().stream()
                .allMatch(product -> world.artifacts
                        .name(product.url())
                        .flatMap(world.artifacts::find)
                        .isPresent()));
        assertThat(most).hasValue(2);
    }

    @Test
    void aRestartInTheMidstOfAFetchFetchesItAnew() {
        world.script.content = (product, sink) -> new CompletableFuture<>();
        Task task = world.tasks.news(world.accepted("r1", "17").id(), made("video"));
        await().until(() -> world.script.fetched.size() == 1);
        bringsTheFilm();
        world.restart();
        await().until(() -> world.artifacts.find(name(task)).isPresent());
        assertThat(world.script.fetched).hasSize(2);
        await().until(() -> world.database
                .read(ProductMapper.class, mapper -> mapper.open("node-1", 0, 10))
                .isEmpty());
        world.restart();
        assertThat(world.tasks.promisedFiles().bring(name(task)).orElseThrow().join())
                .isEmpty();
        assertThat(world.script.fetched)
                .as("what is there is not fetched again")
                .hasSize(2);
    }

    @Test
    void whatIsToldBeforeTheEndOrHasNoUsableNameIsLeftOut() {
        Task task = world.accepted("r1", "17");
        Task running = world.tasks.news(
                task.id(),
                TaskNews.builder(TaskPhase.RUNNING)
                        .artifact(Artifact.atUpstream("video", "early", null))
                        .build());
        assertThat(running.state().artifacts()).isEmpty();
        Task ended = world.tasks.news(task.id(), made("", "x".repeat(201)));
        assertThat(ended.state().phase()).as("nothing is left of what it made").isEqualTo(TaskPhase.FAILED);
        assertThat(world.script.fetched).isEmpty();
    }

    @Test
    void aNameThatNobodyPromisedIsUnknown() {
        assertThat(world.tasks.promisedFiles().bring("0".repeat(40) + ".mp4")).isEmpty();
    }
}

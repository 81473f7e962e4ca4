package io.patchbay.relay.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.patchbay.billing.ledger.Actor;
import io.patchbay.billing.ledger.Outcome;
import io.patchbay.spi.Fault;
import io.patchbay.spi.FaultKind;
import io.patchbay.spi.Usage;
import io.patchbay.spi.task.Artifact;
import io.patchbay.spi.task.Notice;
import io.patchbay.spi.task.Noticed;
import io.patchbay.spi.task.TaskNews;
import io.patchbay.spi.task.TaskPhase;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tasks from their row to their last micro-credit. */
final class TasksTest {
    private static final TaskNews HALF =
            TaskNews.builder(TaskPhase.RUNNING).progress(46).build();
    private static final TaskNews DONE = TaskNews.builder(TaskPhase.SUCCEEDED)
            .artifact(Artifact.image("https://cdn.example/grid.png"))
            .build();
    private static final TaskNews BANNED = TaskNews.failed(Fault.of(FaultKind.CONTENT, "a banned word"));

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

    private static TaskEnd ended(TaskWorld.Ear ear) {
        return ear.end.orTimeout(10, TimeUnit.SECONDS).join();
    }

    private TaskWorld.Ear ear(String id) {
        TaskWorld.Ear ear = new TaskWorld.Ear();
        world.tasks.watch(id, ear);
        return ear;
    }

    private void awaitChecks(int count) {
        await().until(() -> world.script.checked.size() >= count);
        await().until(() -> world.tasks.scheduler().size() == 0
                || world.tasks.board().unfinished("node-1").stream()
                                .mapToInt(Task::checks)
                                .sum()
                        >= count);
    }

    private Outcome outcome(String hold) {
        return world.ledger.outcome(hold).orElseThrow();
    }

    @Test
    void theRowIsThereBeforeTheWorkIsHandedIn() {
        Tasks.Begun begun = world.begin("r1");
        Task task = world.task(begun.task().id());
        assertThat(task.state()).isEqualTo(TaskState.NEW);
        assertThat(task.origin().requestId()).isEqualTo("r1");
        assertThat(task.origin().model()).isEqualTo("mj-upstream");
        assertThat(task.id()).hasSize(26);
        assertThat(begun.order().hook()).matches("https://site\\.example/api/hook/task/[0-9a-f]{48}");
        assertThat(begun.order().prompt()).isEqualTo("a cat");
        world.pass(Duration.ofHours(1));
        assertThat(world.script.checked)
                .as("nothing is asked for that was not accepted")
                .isEmpty();
    }

    @Test
    void anAcceptedTaskIsAskedForUntilItIsDoneAndPaidForOnce() {
        Task task = world.accepted("r1", "17");
        TaskWorld.Ear ear = ear(task.id());
        world.script.say(task.id(), HALF).say(task.id(), DONE);
        world.pass(Duration.ofSeconds(2));
        assertThat(world.script.checked).isEmpty();
        world.pass(Duration.ofMillis(1_600));
        awaitChecks(1);
        await().untilAsserted(() -> assertThat(ear.changes).hasSize(1));
        assertThat(ear.changes.getFirst().state().progress()).isEqualTo(46);
        assertThat(world.ledger.balance(TaskWorld.USER).reserved()).isEqualTo(TaskWorld.PRICE);
        world.pass(Duration.ofSeconds(5));
        TaskEnd end = ended(ear);
        assertThat(end.task().state().artifacts()).hasSize(1);
        assertThat(end.outcome().join().charged()).isEqualTo(TaskWorld.PRICE);
        assertThat(world.ledger.balance(TaskWorld.USER).used()).isEqualTo(TaskWorld.PRICE);
        assertThat(world.task(task.id()).bill().closed()).isTrue();
        world.tasks.news(task.id(), BANNED);
        world.pass(Duration.ofHours(1));
        assertThat(world.script.checked).hasSize(2);
        assertThat(world.ledger.balance(TaskWorld.USER).used()).isEqualTo(TaskWorld.PRICE);
        assertThat(world.tasks.scheduler().size()).isZero();
    }

    @Test
    void whatFailsCostsNothing() {
        Task task = world.accepted("r1", "17");
        TaskWorld.Ear ear = ear(task.id());
        world.script.say(task.id(), BANNED);
        world.pass(Duration.ofSeconds(5));
        TaskEnd end = ended(ear);
        assertThat(Objects.requireNonNull(end.task().state().fault()).kind()).isEqualTo(FaultKind.CONTENT);
        assertThat(end.outcome().join().kind()).isEqualTo(Outcome.Kind.RELEASED);
        assertThat(world.ledger.balance(TaskWorld.USER).available()).isEqualTo(1_000_000);
    }

    @Test
    void workTheUpstreamRefusedIsHandedBackWithItsReservation() {
        Tasks.Begun begun = world.begin("r1");
        world.tasks.handBack(begun.task().id(), Fault.of(FaultKind.RATE, "queue full"));
        Task task = world.task(begun.task().id());
        assertThat(task.state().phase()).isEqualTo(TaskPhase.FAILED);
        assertThat(task.bill().closed()).isTrue();
        assertThat(world.ledger.outcome("r1")).isEmpty();
        world.restart();
        assertThat(world.script.checked).isEmpty();
    }

    @Test
    void usageTheVendorTellsIsWhatIsRecorded() {
        Task task = world.accepted("r1", "17");
        TaskWorld.Ear ear = ear(task.id());
        world.tasks.news(
                task.id(),
                TaskNews.builder(TaskPhase.SUCCEEDED)
                        .text("a cat")
                        .usage(Usage.of(5, 9))
                        .build());
        assertThat(ended(ear).used().output()).isEqualTo(9);
    }

    @Test
    void aFailedCheckSaysNothingOfTheTaskAndIsRepeatedLaterAndLater() {
        Task task = world.accepted("r1", "17");
        for (int i = 0; i < 3; i++) {
            world.script.fail(task.id(), Fault.of(FaultKind.UPSTREAM, "proxy is down"));
        }
        world.script.say(task.id(), DONE);
        world.pass(Duration.ofMillis(3_600));
        awaitChecks(1);
        world.pass(Duration.ofMillis(3_900));
        assertThat(world.script.checked).as("5 s less a fifth").hasSize(1);
        world.pass(Duration.ofMillis(2_200));
        awaitChecks(2);
        world.pass(Duration.ofMillis(7_900));
        assertThat(world.script.checked).as("10 s less a fifth").hasSize(2);
        world.pass(Duration.ofMillis(4_200));
        awaitChecks(3);
        assertThat(world.task(task.id()).state().phase()).isEqualTo(TaskPhase.QUEUED);
        TaskWorld.Ear ear = ear(task.id());
        world.pass(Duration.ofSeconds(24));
        assertThat(ended(ear).task().state().phase()).isEqualTo(TaskPhase.SUCCEEDED);
    }

    @Test
    void aTaskThatTakesTooLongHasFailedAndIsCancelled() {
        Task task = world.accepted("r1", "17");
        TaskWorld.Ear ear = ear(task.id());
        world.pass(Duration.ofMinutes(29));
        awaitChecks(1);
        assertThat(world.task(task.id()).isFinal()).isFalse();
        world.pass(Duration.ofMinutes(2));
        TaskFault fault = Objects.requireNonNull(ended(ear).task().state().fault());
        assertThat(fault.kind()).isEqualTo(FaultKind.RETRY);
        assertThat(fault.sub()).isEqualTo("timeout");
        await().until(() -> world.script.cancelled.contains(task.id()));
        assertThat(outcome("r1").kind()).isEqualTo(Outcome.Kind.RELEASED);
    }

    @Test
    void noMoreThanTheAllowedNumberIsAskedForAtOnce() {
        world.ledger.credit(TaskWorld.USER, 100_000_000, new Actor(1, "root"), "test");
        List<CompletableFuture<TaskFlows.Asked>> open = new ArrayList<>();
        for (int i = 0; i < 80; i++) {
            CompletableFuture<TaskFlows.Asked> answer = new CompletableFuture<>();
            open.add(answer);
            world.script.say(world.accepted("r" + i, "u" + i).id(), answer);
        }
        world.pass(Duration.ofSeconds(4));
        await().until(() -> world.script.checked.size() == TaskScheduler.MOST_AT_ONCE);
        world.tasks.scheduler().tick();
        assertThat(world.script.checked).hasSize(TaskScheduler.MOST_AT_ONCE);
        open.forEach(answer -> answer.complete(new TaskFlows.Asked(List.of(), null)));
        await().until(() -> world.script.checked.size() == 80);
    }

    @Test
    void callsOfTheUpstreamAreMergedAndBelievedNoMoreThanThat() {
        Tasks.Begun begun = world.begin("r1");
        String id = begun.task().id();
        String token = Objects.requireNonNull(begun.order().hook()).replaceAll(".*/", "");
        Notice notice = new Notice("POST", Map.of(), "", "", null);
        world.tasks.news(
                id,
                TaskNews.builder(TaskPhase.RUNNING)
                        .upstreamId("17")
                        .progress(60)
                        .build());
        assertThat(world.tasks.noticed("0".repeat(48), notice, "192.0.2.1")).isEmpty();
        assertThat(world.tasks.noticed("", notice, "192.0.2.1")).isEmpty();

        world.script.noticed = Noticed.of(HALF);
        assertThat(world.tasks.noticed(token, notice, "192.0.2.1")).isPresent();
        assertThat(world.task(id).state().progress()).as("an old number").isEqualTo(60);
        world.script.noticed = Noticed.of(DONE);
        world.tasks.noticed(token, notice, "192.0.2.1");
        assertThat(world.task(id).state().phase()).isEqualTo(TaskPhase.SUCCEEDED);
        await().until(() -> world.task(id).bill().closed());
        world.script.noticed = Noticed.of(BANNED);
        world.tasks.noticed(token, notice, "192.0.2.1");
        assertThat(world.task(id).state().phase()).as("forged after the end").isEqualTo(TaskPhase.SUCCEEDED);
        assertThat(outcome("r1").charged()).isEqualTo(TaskWorld.PRICE);
        world.script.noticed = null;
        assertThat(world.tasks.noticed(token, notice, "192.0.2.1"))
                .as("not allowed")
                .isEmpty();
    }

    @Test
    void aCallWithoutNewsHasTheTaskAskedForSoon() {
        Tasks.Begun begun = world.begin("r1");
        String token = Objects.requireNonNull(begun.order().hook()).replaceAll(".*/", "");
        world.tasks.news(
                begun.task().id(),
                TaskNews.builder(TaskPhase.QUEUED)
                        .upstreamId("17")
                        .checkAfter(Duration.ofMinutes(2))
                        .build());
        world.pass(Duration.ofSeconds(30));
        assertThat(world.script.checked).isEmpty();
        world.tasks.noticed(token, new Notice("POST", Map.of(), "", "", null), "192.0.2.1");
        world.pass(Duration.ofMillis(1_100));
        awaitChecks(1);
    }

    @Test
    void tasksAreFoundByTheirUsersOnly() {
        world.accepted("r1", "17");
        Task second = world.accepted("r2", "17");
        assertThat(world.tasks
                        .ofUser(TaskWorld.USER, "midjourney", "17")
                        .orElseThrow()
                        .id())
                .isIn(
                        second.id(),
                        world.tasks.board().unfinished("node-1").getFirst().id());
        assertThat(world.tasks.ofUser(8, "midjourney", "17")).isEmpty();
        assertThat(world.tasks.ofUser(TaskWorld.USER, "stable-diffusion", "17")).isEmpty();
        assertThat(world.tasks.ofUser(TaskWorld.USER, "midjourney", "18")).isEmpty();
    }

    @Test
    void theKeyIsRememberedWithoutBeingStored() {
        Task task = world.accepted("r1", "17");
        assertThat(task.origin().keyMark()).hasSize(64).doesNotContain("key");
        assertThat(world.tasks.channels().keyLine(task, world.channel())).isEqualTo("key two");
        world.channels.delete(world.channel().id());
        assertThat(world.tasks.channels().channel(task)).isEmpty();
    }

    @Test
    void newsFromManySidesAtOnceLoseNothing() throws Exception {
        Task task = world.accepted("r1", "17");
        Random random = new Random(5);
        List<Thread> sides = new ArrayList<>();
        for (int side = 0; side < 8; side++) {
            List<TaskNews> story = random.ints(20, 0, 99)
                    .mapToObj(percent -> TaskNews.builder(TaskPhase.RUNNING)
                            .progress(percent)
                            .build())
                    .toList();
            sides.add(Thread.ofVirtual().start(() -> story.forEach(news -> world.tasks.news(task.id(), news))));
        }
        sides.add(Thread.ofVirtual()
                .start(() -> world.tasks.news(
                        task.id(),
                        TaskNews.builder(TaskPhase.RUNNING).progress(99).build())));
        for (Thread side : sides) {
            side.join();
        }
        assertThat(world.task(task.id()).state().progress()).isEqualTo(99);
    }

    @Test
    void productsThatComeAsDataAreStoredAndOthersAreLeftOut() {
        Task task = world.accepted("r1", "17");
        String png = "data:image/png;base64,iVBORw0KGgoAAAANSUhEUg==";
        world.tasks.news(
                task.id(),
                TaskNews.builder(TaskPhase.RUNNING)
                        .artifact(new Artifact("image", png, null, true))
                        .artifact(new Artifact("image", "javascript:alert(1)", null, true))
                        .build());
        assertThat(world.task(task.id()).state().artifacts()).isEmpty();
        world.tasks.news(
                task.id(),
                TaskNews.builder(TaskPhase.SUCCEEDED)
                        .artifact(Artifact.image(png))
                        .artifact(Artifact.image("javascript:alert(1)"))
                        .build());
        assertThat(world.task(task.id()).state().artifacts())
                .singleElement()
                .extracting(Artifact::url)
                .asString()
                .matches("https://site\\.example/api/artifacts/[0-9a-f]{40}\\.png");
    }

    @Test
    void aTaskOfWhoseProductsNothingIsLeftHasFailed() {
        Task task = world.accepted("r1", "17");
        TaskWorld.Ear ear = ear(task.id());
        world.tasks.news(
                task.id(),
                TaskNews.builder(TaskPhase.SUCCEEDED)
                        .artifact(Artifact.image("data:text/html;base64,PGh0bWw+"))
                        .build());
        assertThat(ended(ear).task().state().phase()).isEqualTo(TaskPhase.FAILED);
        assertThat(outcome("r1").kind()).isEqualTo(Outcome.Kind.RELEASED);
    }

    // ---- restart ----

    @Test
    void aRestartNeverHandsInAgainWhatMayHaveBeenHandedIn() {
        Tasks.Begun begun = world.begin("r1");
        world.restart();
        Task task = world.task(begun.task().id());
        assertThat(Objects.requireNonNull(task.state().fault()).kind()).isEqualTo(FaultKind.UNKNOWN_OUTCOME);
        await().until(() -> world.task(task.id()).bill().closed());
        assertThat(world.ledger.balance(TaskWorld.USER).available()).isEqualTo(1_000_000);
        world.pass(Duration.ofMinutes(1));
        assertThat(world.script.checked).isEmpty();
    }

    @Test
    void aRestartHoldsTheCreditsAgainAndTheTaskGoesOn() {
        Task task = world.accepted("r1", "17");
        world.restart();
        assertThat(outcome("r1").kind()).as("given back by the ledger").isEqualTo(Outcome.Kind.RELEASED);
        assertThat(world.ledger.balance(TaskWorld.USER).reserved())
                .as("and held again")
                .isEqualTo(TaskWorld.PRICE);
        world.restart();
        assertThat(world.ledger.balance(TaskWorld.USER).reserved()).isEqualTo(TaskWorld.PRICE);
        world.script.say(task.id(), DONE);
        TaskWorld.Ear ear = ear(task.id());
        world.pass(Duration.ofSeconds(10));
        assertThat(ended(ear).outcome().join().charged()).isEqualTo(TaskWorld.PRICE);
        world.restart();
        assertThat(world.ledger.balance(TaskWorld.USER).used()).isEqualTo(TaskWorld.PRICE);
        assertThat(world.ledger.balance(TaskWorld.USER).reserved()).isZero();
    }

    @Test
    void whatWasDoneButNotPaidForWhenTheServerStoppedIsPaidForAtTheStart() {
        Task done = world.accepted("r1", "17");
        Task failed = world.accepted("r2", "18");
        world.tasks.board().merge(done.id(), DONE);
        world.tasks.board().merge(failed.id(), BANNED);
        world.restart();
        await().until(() -> world.tasks.board().unfinished("node-1").isEmpty());
        assertThat(world.ledger.balance(TaskWorld.USER).used()).isEqualTo(TaskWorld.PRICE);
        assertThat(world.ledger.balance(TaskWorld.USER).reserved()).isZero();
        assertThat(world.script.checked).isEmpty();
    }

    @Test
    void aTaskWhoseCreditsAreGoneAfterARestartGoesOnAndIsFree() {
        Task task = world.accepted("r1", "17");
        world.ledger.setBalance(TaskWorld.USER, 10, new Actor(1, "root"), "test");
        world.restart();
        TaskWorld.Ear ear = ear(task.id());
        world.script.say(task.id(), DONE);
        world.pass(Duration.ofSeconds(10));
        Outcome outcome = ended(ear).outcome().join();
        assertThat(outcome.charged()).isZero();
        assertThat(outcome.writtenOff()).isEqualTo(TaskWorld.PRICE);
        assertThat(world.task(task.id()).bill().closed()).isTrue();
    }

    @Test
    void aServerThatWasAwayForAnHourStillFindsWhatWasDone() {
        Task task = world.accepted("r1", "17");
        world.advance(Duration.ofHours(1));
        world.restart();
        world.script.say(task.id(), DONE);
        TaskWorld.Ear ear = ear(task.id());
        world.pass(Duration.ofSeconds(10));
        assertThat(ended(ear).task().state().phase()).isEqualTo(TaskPhase.SUCCEEDED);
    }

    @Test
    void thePriceIsThatOfTheTimeItWasOrdered() {
        Task task = world.accepted("r1", "17");
        world.prices.delete(world.prices.rules().getFirst().id());
        TaskWorld.Ear ear = ear(task.id());
        world.tasks.news(task.id(), DONE);
        assertThat(ended(ear).outcome().join().charged()).isEqualTo(TaskWorld.PRICE);
    }
}

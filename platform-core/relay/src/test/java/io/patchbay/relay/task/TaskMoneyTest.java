package io.patchbay.relay.task;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.billing.admission.Admitted;
import io.patchbay.billing.ledger.Outcome;
import io.patchbay.billing.ledger.Reservation;
import io.patchbay.billing.price.Price;
import io.patchbay.spi.task.Artifact;
import io.patchbay.spi.task.TaskNews;
import io.patchbay.spi.task.TaskPhase;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What tasks cost that make several pictures at a price for a call. */
final class TaskMoneyTest {
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

    /** A task the upstream has, for which so many pictures are paid for beforehand. */
    private Task accepted(int pictures) {
        long held = pictures * TaskWorld.PRICE;
        world.ledger.reserve(
                new Reservation("r1", TaskWorld.USER, held, "mj", world.prices.version(), world.clock.instant()));
        Price price = world.prices.find("mj").orElseThrow();
        TaskRequest request = new TaskRequest(
                "r1",
                TaskWorld.USER,
                new Admitted("r1", price, held, pictures),
                12,
                world.channel(),
                "key two",
                world.order());
        return world.tasks.news(
                world.tasks.begin(request).task().id(),
                TaskNews.builder(TaskPhase.QUEUED).upstreamId("17").build());
    }

    private Outcome made(Task task, int pictures) {
        TaskWorld.Ear ear = new TaskWorld.Ear();
        world.tasks.watch(task.id(), ear);
        TaskNews.Builder done = TaskNews.builder(TaskPhase.SUCCEEDED)
                .artifact(new Artifact("image", "https://cdn.example/blurred.png", null, true))
                .artifact(new Artifact("audio", "https://cdn.example/bell.mp3", null, false));
        for (int i = 1; i <= pictures; i++) {
            done.artifact(Artifact.image("https://cdn.example/" + i + ".png"));
        }
        world.tasks.news(task.id(), done.build());
        return ear.end.orTimeout(10, TimeUnit.SECONDS).join().outcome().join();
    }

    @ParameterizedTest
    @CsvSource({"1, 1, 1", "1, 4, 1", "3, 3, 3", "3, 2, 2", "3, 5, 3", "3, 0, 1"})
    void eachPictureThatWasAskedForAndMadeIsCharged(int asked, int made, int charged) {
        Task task = accepted(asked);
        assertThat(world.ledger.balance(TaskWorld.USER).reserved()).isEqualTo(asked * TaskWorld.PRICE);

        assertThat(made(task, made).charged()).isEqualTo(charged * TaskWorld.PRICE);
        assertThat(world.ledger.balance(TaskWorld.USER).reserved()).isZero();
        assertThat(world.ledger.balance(TaskWorld.USER).used()).isEqualTo(charged * TaskWorld.PRICE);
    }

    @Test
    void andNoLessAfterARestart() {
        Task task = accepted(3);

        world.restart();

        assertThat(made(world.task(task.id()), 3).charged()).isEqualTo(3 * TaskWorld.PRICE);
    }
}

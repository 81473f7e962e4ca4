package io.patchbay.relay.task;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.billing.TokenUsage;
import io.patchbay.spi.Fault;
import io.patchbay.spi.FaultKind;
import io.patchbay.spi.Usage;
import io.patchbay.spi.task.Artifact;
import io.patchbay.spi.task.TaskButton;
import io.patchbay.spi.task.TaskNews;
import io.patchbay.spi.task.TaskPhase;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class TaskStateTest {
    private static final Artifact PREVIEW = new Artifact("image", "https://cdn.example/half.webp", null, true);
    private static final Artifact PICTURE = Artifact.image("https://cdn.example/grid.png");

    private static TaskNews.Builder running(int progress) {
        return TaskNews.builder(TaskPhase.RUNNING).progress(progress);
    }

    private static TaskState after(TaskNews... news) {
        TaskState state = TaskState.NEW;
        for (TaskNews one : news) {
            state = state.merged(one);
        }
        return state;
    }

    @Test
    void laterNewsReplaceWhatTheyNameAndLeaveTheRest() {
        TaskState state = after(
                TaskNews.builder(TaskPhase.QUEUED).upstreamId("17").memo("m1").build(),
                running(46).artifact(PREVIEW).build(),
                TaskNews.builder(TaskPhase.SUCCEEDED)
                        .artifact(PICTURE)
                        .button(new TaskButton("U1", "/UPSCALE 17 1", 0))
                        .usage(Usage.of(5, 7))
                        .build());
        assertThat(state.upstreamId()).isEqualTo("17");
        assertThat(state.memo()).isEqualTo("m1");
        assertThat(state.progress()).isEqualTo(100);
        assertThat(state.artifacts()).containsExactly(PICTURE);
        assertThat(state.buttons()).hasSize(1);
        assertThat(state.used()).isEqualTo(new TokenUsage(5, 7, 0, 0, false));
    }

    @Test
    void lateNewsLeaveNothingBehindButTheIdWhenItWasMissing() {
        TaskState state = after(
                running(60).artifact(PICTURE).memo("new").build(),
                running(20)
                        .artifact(PREVIEW)
                        .memo("old")
                        .text("old")
                        .upstreamId("17")
                        .build(),
                TaskNews.builder(TaskPhase.QUEUED).memo("oldest").build());
        assertThat(state)
                .isEqualTo(new TaskState(
                        "17", TaskPhase.RUNNING, 60, List.of(PICTURE), List.of(), null, null, null, "new", Map.of()));
    }

    @Test
    void aFinalStateStaysWhateverIsForged() {
        TaskState done = after(TaskNews.builder(TaskPhase.SUCCEEDED)
                .upstreamId("17")
                .artifact(PICTURE)
                .build());
        assertThat(done.merged(TaskNews.failed(Fault.of(FaultKind.CONTENT, "no"))))
                .isSameAs(done);
        assertThat(done.merged(TaskNews.builder(TaskPhase.SUCCEEDED)
                        .artifact(Artifact.image("https://evil.example/x.png"))
                        .build()))
                .isSameAs(done);
        TaskState failed = after(TaskNews.failed(Fault.of(FaultKind.CONTENT, "no")));
        assertThat(failed.merged(TaskNews.builder(TaskPhase.SUCCEEDED).build())).isSameAs(failed);
    }

    @Test
    void theUpstreamsIdIsSetOnceAndAPreviewReplacesNoProduct() {
        TaskState state = after(
                running(10).upstreamId("17").artifact(PICTURE).build(),
                running(20).upstreamId("18").artifact(PREVIEW).build());
        assertThat(state.upstreamId()).isEqualTo("17");
        assertThat(state.artifacts()).containsExactly(PICTURE);
    }

    @Test
    void whatTheUpstreamSaysOfTheWorkIsAddedWithinBounds() {
        TaskState ordered = TaskState.ordered(Map.of("seconds", "8", "size", "720x1280"));
        TaskState state = ordered.merged(running(10)
                .detail("seconds", "4")
                .detail("long", "x".repeat(201))
                .detail("x".repeat(41), "name")
                .build());
        assertThat(state.details()).isEqualTo(Map.of("seconds", "4", "size", "720x1280"));
        TaskNews.Builder many = running(20);
        for (int i = 0; i < 30; i++) {
            many.detail("d" + i, "v");
        }
        assertThat(state.merged(many.build()).details()).hasSize(16).containsEntry("seconds", "4");
        assertThat(state.merged(running(10).detail("seconds", "4").build())).isSameAs(state);
    }

    @Test
    void whatFailedHasAReasonAndWhatGoesOnHasNone() {
        assertThat(after(TaskNews.builder(TaskPhase.FAILED).build()).fault()).isNotNull();
        assertThat(after(TaskNews.builder(TaskPhase.CANCELLED).build()).fault()).isNotNull();
        assertThat(after(running(5).fault(Fault.of(FaultKind.UPSTREAM, "odd")).build())
                        .fault())
                .isNull();
    }

    @Test
    void newsWithoutAnythingNewAreNoChange() {
        TaskState state = after(running(10).upstreamId("17").build());
        assertThat(state.merged(running(10).build())).isSameAs(state);
        assertThat(state.merged(running(-1).build())).isSameAs(state);
        assertThat(state.merged(running(10).memo("x".repeat(16_001)).build())).isSameAs(state);
    }

    /** Ten thousand tasks, each told the same true story in a random order with lies in between. */
    @Test
    void whateverTheOrderNothingEverMovesBack() {
        Random random = new Random(20_261_125);
        for (int round = 0; round < 10_000; round++) {
            List<TaskNews> story = new ArrayList<>();
            for (int i = random.nextInt(8); i >= 0; i--) {
                TaskNews.Builder one = TaskNews.builder(TaskPhase.values()[random.nextInt(TaskPhase.values().length)])
                        .progress(random.nextInt(-1, 101));
                if (random.nextBoolean()) {
                    one.upstreamId("id" + random.nextInt(3));
                }
                if (random.nextBoolean()) {
                    one.artifact(random.nextBoolean() ? PICTURE : PREVIEW);
                }
                story.add(one.build());
            }
            Collections.shuffle(story, random);
            TaskState before = TaskState.NEW;
            for (TaskNews news : story) {
                TaskState after = before.merged(news);
                assertThat(after.progress()).isGreaterThanOrEqualTo(before.progress());
                assertThat(after.phase()).isGreaterThanOrEqualTo(before.phase());
                if (before.phase().isFinal()) {
                    assertThat(after).isSameAs(before);
                }
                if (before.upstreamId() != null) {
                    assertThat(after.upstreamId()).isEqualTo(before.upstreamId());
                }
                if (before.artifacts().contains(PICTURE)) {
                    assertThat(after.artifacts()).containsExactly(PICTURE);
                }
                assertThat(after.fault() != null)
                        .isEqualTo(after.phase() == TaskPhase.FAILED || after.phase() == TaskPhase.CANCELLED);
                assertThat(after.merged(news)).as("told twice").isSameAs(after);
                before = after;
            }
        }
    }
}

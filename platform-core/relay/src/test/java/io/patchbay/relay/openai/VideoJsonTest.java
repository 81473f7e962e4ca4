package io.patchbay.relay.openai;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.relay.task.Task;
import io.patchbay.relay.task.TaskBill;
import io.patchbay.relay.task.TaskFault;
import io.patchbay.relay.task.TaskOrigin;
import io.patchbay.relay.task.TaskState;
import io.patchbay.spi.FaultKind;
import io.patchbay.spi.task.TaskPhase;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class VideoJsonTest {
    private static final Instant CREATED = Instant.ofEpochSecond(1_770_000_000);

    private static Task task(TaskPhase phase, int progress, @Nullable TaskFault fault, Map<String, String> details) {
        TaskOrigin origin = new TaskOrigin(
                "01TASK", "r1", 7, 1, "openai", "mark", "video", "sora-2-2026", "sora-2", "node", CREATED);
        TaskState state =
                new TaskState("video_up1", phase, progress, List.of(), List.of(), null, null, fault, "", details);
        Instant finished = phase.isFinal() ? CREATED.plusSeconds(90) : null;
        return new Task(origin, state, new TaskBill("r1", 0, 1, 0, false), 0, 1, CREATED, finished);
    }

    @Test
    void isTheObjectOfTheFormat() {
        Task queued = task(TaskPhase.QUEUED, -1, null, Map.of("seconds", "8", "size", "720x1280"));
        assertThat(VideoJson.write(queued, "A cat"))
                .hasToString("{\"id\":\"video_01TASK\",\"object\":\"video\",\"model\":\"sora-2\",\"status\":\"queued\","
                        + "\"progress\":0,\"created_at\":1770000000,\"completed_at\":null,\"expires_at\":null,"
                        + "\"prompt\":\"A cat\",\"seconds\":\"8\",\"size\":\"720x1280\","
                        + "\"remixed_from_video_id\":null,\"error\":null}");
    }

    @ParameterizedTest
    @CsvSource({
        "QUEUED, queued, ",
        "RUNNING, in_progress, ",
        "SUCCEEDED, completed, 1770000090",
        "FAILED, failed, ",
        "CANCELLED, failed, "
    })
    void saysHowItStandsInTheWordsOfTheFormat(TaskPhase phase, String status, @Nullable Long completed) {
        assertThat(VideoJson.write(task(phase, 46, null, Map.of()), null)
                        .path("status")
                        .asText())
                .isEqualTo(status);
        assertThat(VideoJson.write(task(phase, 46, null, Map.of()), null)
                        .get("completed_at")
                        .isNull())
                .isEqualTo(completed == null);
        assertThat(VideoJson.write(task(phase, 46, null, Map.of()), null)
                        .get("seconds")
                        .isNull())
                .isTrue();
    }

    @Test
    void saysWhyItFailedAsRefusalsAreSaid() {
        TaskFault blocked = new TaskFault(FaultKind.CONTENT, "blocked by moderation", null, "moderation_blocked");
        assertThat(VideoJson.write(task(TaskPhase.FAILED, 46, blocked, Map.of()), null)
                        .get("error"))
                .hasToString("{\"code\":\"content_filter\",\"message\":\"blocked by moderation\"}");
        TaskFault key = new TaskFault(FaultKind.KEY_DEAD, "the key sk-1 is locked", null, null);
        assertThat(VideoJson.write(task(TaskPhase.FAILED, 46, key, Map.of()), null)
                        .get("error")
                        .toString())
                .doesNotContain("locked");
    }

    @Test
    void idsGoBothWays() {
        assertThat(VideoJson.taskId(VideoJson.id(task(TaskPhase.QUEUED, 0, null, Map.of()))))
                .contains("01TASK");
        assertThat(VideoJson.taskId("01TASK")).isEmpty();
    }
}

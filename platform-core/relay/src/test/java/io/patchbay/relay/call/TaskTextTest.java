package io.patchbay.relay.call;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.relay.task.Task;
import io.patchbay.relay.task.TaskBill;
import io.patchbay.relay.task.TaskOrigin;
import io.patchbay.relay.task.TaskState;
import io.patchbay.spi.task.Artifact;
import io.patchbay.spi.task.TaskButton;
import io.patchbay.spi.task.TaskPhase;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class TaskTextTest {
    private static Task task(String model, List<Artifact> artifacts, List<TaskButton> buttons, @Nullable String text) {
        TaskOrigin origin = new TaskOrigin(
                "01TASK", "r1", 7, 1, "midjourney", "mark", "IMAGINE", "upstream", model, "node", Instant.EPOCH);
        TaskState state =
                new TaskState("17", TaskPhase.SUCCEEDED, 100, artifacts, buttons, text, null, null, "", Map.of());
        return new Task(origin, state, new TaskBill("r1", 0, 1, 0, false), 0, 1, Instant.EPOCH, Instant.EPOCH);
    }

    private static String text(List<Artifact> artifacts, TaskButton... buttons) {
        return TaskText.of(task("mj", artifacts, List.of(buttons), null));
    }

    @Test
    void showsPicturesAndFilmsAndLinksSounds() {
        assertThat(text(List.of(
                        Artifact.image("https://cdn.example/a.png"),
                        new Artifact("video", "https://cdn.example/b.mp4", "video/mp4", false),
                        new Artifact("audio", "/api/artifacts/c.mp3", null, false))))
                .isEqualTo("![image](https://cdn.example/a.png)\n\n![video](https://cdn.example/b.mp4)\n\n"
                        + "[audio](/api/artifacts/c.mp3)");
    }

    @Test
    void previewsAreShownOnlyWhenThereIsNothingElse() {
        Artifact preview = new Artifact("image", "https://cdn.example/half.webp", null, true);
        assertThat(text(List.of(preview))).contains("half.webp");
        assertThat(text(List.of(preview, Artifact.image("https://cdn.example/a.png"))))
                .doesNotContain("half.webp");
    }

    @Test
    void buttonsAreVirtualLinksARowALineThatSplitAtTheirLastColons() {
        String text = text(
                List.of(),
                new TaskButton("U1", "/UPSCALE 1704441600123456 1", 0),
                new TaskButton("🔄 [again]", "/ACTION 17 MJ::JOB::reroll::0::3dbb-46::SOLO", 2),
                new TaskButton("U2", "/UPSCALE 1704441600123456 2", 0));
        assertThat(text)
                .isEqualTo("[U1](https://chatnio.virtual/UPSCALE%201704441600123456%201::mj)"
                        + " [U2](https://chatnio.virtual/UPSCALE%201704441600123456%202::mj)\n\n"
                        + "[🔄 \\[again\\]](https://chatnio.virtual/ACTION%2017%20MJ%3A%3AJOB%3A%3Areroll%3A%3A0%3A%3A"
                        + "3dbb-46%3A%3ASOLO::mj)");
    }

    @Test
    void nothingAnUpstreamSaysBreaksOutOfALink() {
        assertThat(text(List.of(Artifact.image("https://cdn.example/a.png) [x](javascript:alert(1)"))))
                .isEqualTo("![image](https://cdn.example/a.png%29%20[x]%28javascript:alert%281%29)");
        assertThat(text(List.of(new Artifact("a](b\nc", "https://cdn.example/a", null, false))))
                .isEqualTo("[a\\](b c](https://cdn.example/a)");
    }

    @Test
    void wordsStandBetweenProductsAndButtons() {
        Task described = task(
                "mj",
                List.of(Artifact.image("https://cdn.example/a.png")),
                List.of(new TaskButton("1", "/IMAGINE a", 0)),
                "1. a cat\n2. a dog");
        assertThat(TaskText.of(described)).contains("a.png)\n\n1. a cat\n2. a dog\n\n[1](");
    }

    @Test
    void tellsTheSameAsData() {
        Task task = task(
                "mj",
                List.of(Artifact.image("https://cdn.example/a.png")),
                List.of(new TaskButton("U1", "/UPSCALE 17 1", 0)),
                null);
        assertThat(TaskText.members(task).toJson())
                .isEqualTo("{\"task\":{\"id\":\"01TASK\",\"action\":\"IMAGINE\",\"buttons\":[{\"label\":\"U1\","
                        + "\"command\":\"/UPSCALE 17 1\",\"model\":\"mj\"}],\"artifacts\":[{\"kind\":\"image\","
                        + "\"url\":\"https://cdn.example/a.png\"}]}}");
    }
}

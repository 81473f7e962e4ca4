package io.patchbay.plugin.midjourney;

import io.patchbay.spi.json.JsonObject;
import io.patchbay.spi.json.JsonValue;
import io.patchbay.spi.task.Artifact;
import io.patchbay.spi.task.TaskButton;
import io.patchbay.spi.task.TaskNews;
import io.patchbay.spi.task.TaskPhase;
import io.patchbay.spi.task.TaskRef;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads the proxy's task object, as it is fetched and as it is called back. */
final class TaskReport {
    private static final int ROW = 5;

    private TaskReport() {}

    /** Returns the news, or {@code null} when the object is no task, or another one. */
    static @Nullable TaskNews of(JsonObject told, TaskRef task) {
        JsonValue id = told.get("id");
        String status = told.string("status");
        if (status == null || (id != null && !task.upstreamId().equals(id.scalarText()))) {
            return null;
        }
        TaskPhase phase = phase(status);
        if (phase == null) {
            return null;
        }
        TaskNews.Builder news = TaskNews.builder(phase).progress(progress(told));
        String picture = told.string("imageUrl", "");
        if (picture.startsWith("http://") || picture.startsWith("https://")) {
            news.artifact(new Artifact("image", picture, null, phase != TaskPhase.SUCCEEDED));
        }
        if (phase == TaskPhase.SUCCEEDED) {
            news.progress(100).text(words(told, task));
            buttons(told, task).forEach(news::button);
        } else if (phase.isFinal()) {
            news.fault(Proxy.failure(told.string("failReason", "")));
        }
        return news.build();
    }

    private static @Nullable TaskPhase phase(String status) {
        return switch (status) {
            case "NOT_START", "SUBMITTED", "MODAL" -> TaskPhase.QUEUED;
            case "IN_PROGRESS" -> TaskPhase.RUNNING;
            case "SUCCESS" -> TaskPhase.SUCCEEDED;
            case "FAILURE" -> TaskPhase.FAILED;
            case "CANCEL" -> TaskPhase.CANCELLED;
            default -> null;
        };
    }

    /** Proxies write {@code 46%}, {@code 46}, words or nothing. */
    private static int progress(JsonObject told) {
        JsonValue value = told.get("progress");
        String text = value == null ? null : value.scalarText();
        String digits = text == null ? "" : text.replaceAll("[^0-9]", "");
        return digits.isEmpty() || digits.length() > 3 ? -1 : Integer.parseInt(digits);
    }

    /** A described picture has prompts for a product. */
    private static @Nullable String words(JsonObject told, TaskRef task) {
        if (!task.action().equals("DESCRIBE") && !task.action().equals("SHORTEN")) {
            return null;
        }
        JsonValue last = told.at("properties", "finalPrompt");
        return last != null && last.string() != null ? last.string() : told.string("prompt");
    }

    private static List<TaskButton> buttons(JsonObject told, TaskRef task) {
        List<JsonValue> offered = told.elements("buttons");
        List<TaskButton> buttons = new ArrayList<>();
        for (JsonValue button : offered) {
            String custom = button.string("customId", "");
            String label = (button.string("emoji", "") + " " + button.string("label", "")).strip();
            if (custom.startsWith("MJ::") && !custom.startsWith("MJ::BOOKMARK")) {
                buttons.add(new TaskButton(
                        label.isEmpty() ? custom : label,
                        "/ACTION " + task.upstreamId() + " " + custom,
                        buttons.size() / ROW));
            }
        }
        if (offered.isEmpty()
                && List.of("IMAGINE", "VARIATION", "REROLL", "BLEND").contains(task.action())) {
            for (int index = 1; index <= 4; index++) {
                buttons.add(new TaskButton("U" + index, "/UPSCALE " + task.upstreamId() + " " + index, 0));
            }
            for (int index = 1; index <= 4; index++) {
                buttons.add(new TaskButton("V" + index, "/VARIATION " + task.upstreamId() + " " + index, 1));
            }
            buttons.add(new TaskButton("REROLL", "/REROLL " + task.upstreamId(), 2));
        }
        return buttons;
    }
}

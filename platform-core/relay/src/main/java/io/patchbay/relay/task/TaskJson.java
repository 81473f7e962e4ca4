package io.patchbay.relay.task;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchbay.foundation.json.Json;
import io.patchbay.spi.task.Artifact;
import io.patchbay.spi.task.TaskButton;
import java.util.Locale;

/** A task as its owner sees it. */
final class TaskJson {
    private TaskJson() {}

    /**
     * Returns a task as JSON.
     *
     * @param reason why it failed, in words for its owner; empty when it did not
     */
    static ObjectNode write(Task task, String reason) {
        TaskState state = task.state();
        ObjectNode json = Json.mapper().createObjectNode();
        json.put("id", task.id());
        json.put("action", task.origin().action());
        json.put("model", task.origin().publicModel());
        json.put("phase", state.phase().name().toLowerCase(Locale.ROOT));
        json.put("progress", state.progress());
        for (Artifact artifact : state.artifacts()) {
            ObjectNode one = json.withArray("artifacts").addObject();
            one.put("kind", artifact.kind());
            one.put("url", artifact.url());
            one.put("preview", artifact.preview());
        }
        for (TaskButton button : state.buttons()) {
            ObjectNode one = json.withArray("buttons").addObject();
            one.put("label", button.label());
            one.put("command", button.command());
            one.put("model", task.origin().publicModel());
            one.put("row", button.row());
        }
        json.put("text", state.text());
        json.put("error", reason.isEmpty() ? null : reason);
        json.put("created_at", task.origin().createdAt().toString());
        json.put("updated_at", task.updatedAt().toString());
        json.put(
                "finished_at",
                task.finishedAt() == null ? null : task.finishedAt().toString());
        return json;
    }
}

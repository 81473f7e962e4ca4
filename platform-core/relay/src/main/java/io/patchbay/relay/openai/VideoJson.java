package io.patchbay.relay.openai;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchbay.dialects.WireError;
import io.patchbay.foundation.json.Json;
import io.patchbay.relay.call.RelayErrors;
import io.patchbay.relay.task.Task;
import io.patchbay.relay.task.TaskFault;
import io.patchbay.relay.task.TaskState;
import io.patchbay.spi.task.TaskPhase;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Tasks as the video objects of OpenAI's format. */
final class VideoJson {
    private static final String PREFIX = "video_";

    private VideoJson() {}

    /** Returns the id of a task as clients know it. */
    static String id(Task task) {
        return PREFIX + task.id();
    }

    /** Returns the id of the task a client means, as it is stored; empty when it is none. */
    static Optional<String> taskId(String id) {
        return id.startsWith(PREFIX) ? Optional.of(id.substring(PREFIX.length())) : Optional.empty();
    }

    /** Returns the word for how a task stands. */
    static String status(TaskPhase phase) {
        return switch (phase) {
            case QUEUED -> "queued";
            case RUNNING -> "in_progress";
            case SUCCEEDED -> "completed";
            case FAILED, CANCELLED -> "failed";
        };
    }

    /**
     * Returns a video object.
     *
     * @param prompt what was asked for, {@code null} where that is not known any more: prompts are not kept
     */
    static ObjectNode write(Task task, @Nullable String prompt) {
        TaskState state = task.state();
        boolean completed = state.phase() == TaskPhase.SUCCEEDED;
        ObjectNode json = Json.mapper().createObjectNode();
        json.put("id", id(task));
        json.put("object", "video");
        json.put("model", task.origin().publicModel());
        json.put("status", status(state.phase()));
        json.put("progress", Math.max(0, state.progress()));
        json.put("created_at", task.origin().createdAt().getEpochSecond());
        json.put("completed_at", completed ? seconds(task.finishedAt()) : null);
        json.putNull("expires_at");
        json.put("prompt", prompt);
        json.put("seconds", state.details().get("seconds"));
        json.put("size", state.details().get("size"));
        json.putNull("remixed_from_video_id");
        TaskFault fault = state.fault();
        if (fault == null) {
            json.putNull("error");
        } else {
            WireError error = RelayErrors.of(fault.toFault());
            json.putObject("error").put("code", error.code()).put("message", error.message());
        }
        return json;
    }

    private static @Nullable Long seconds(@Nullable Instant time) {
        return time == null ? null : time.getEpochSecond();
    }
}

package io.patchbay.relay.task;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import io.patchbay.billing.TokenUsage;
import io.patchbay.foundation.json.Json;
import io.patchbay.spi.task.Artifact;
import io.patchbay.spi.task.TaskButton;
import io.patchbay.spi.task.TaskPhase;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Turns tasks into rows and back. */
final class TaskCodec {
    private static final TypeReference<List<Artifact>> ARTIFACTS = new TypeReference<>() {};
    private static final TypeReference<List<TaskButton>> BUTTONS = new TypeReference<>() {};
    private static final TypeReference<TokenUsage> USED = new TypeReference<>() {};
    private static final TypeReference<LinkedHashMap<String, String>> DETAILS = new TypeReference<>() {};
    private static final TypeReference<TaskFault> FAULT = new TypeReference<>() {};

    private TaskCodec() {}

    static TaskRow row(Task task, String hookHash, Instant nextCheck) {
        TaskOrigin origin = task.origin();
        TaskState state = task.state();
        TaskBill bill = task.bill();
        return new TaskRow(
                origin.id(),
                origin.requestId(),
                origin.userId(),
                origin.channelId(),
                origin.channelType(),
                origin.keyMark(),
                origin.action(),
                origin.model(),
                origin.publicModel(),
                hookHash,
                origin.node(),
                state.upstreamId(),
                state.phase().name(),
                state.progress(),
                Json.write(state.artifacts()),
                Json.write(state.buttons()),
                state.text(),
                written(state.used()),
                written(state.fault()),
                state.memo(),
                state.details().isEmpty() ? null : Json.write(state.details()),
                bill.hold(),
                bill.micro(),
                bill.priceVersion(),
                bill.inputEstimate(),
                bill.closed(),
                nextCheck.toEpochMilli(),
                task.checks(),
                task.version(),
                origin.createdAt().toEpochMilli(),
                task.updatedAt().toEpochMilli(),
                task.finishedAt() == null ? null : task.finishedAt().toEpochMilli());
    }

    static Task task(TaskRow row) {
        return new Task(
                new TaskOrigin(
                        row.id(),
                        row.requestId(),
                        row.userId(),
                        row.channelId(),
                        row.channelType(),
                        row.keyMark(),
                        row.action(),
                        row.model(),
                        row.publicModel(),
                        row.node(),
                        Instant.ofEpochMilli(row.createdAt())),
                new TaskState(
                        row.upstreamId(),
                        TaskPhase.valueOf(row.phase()),
                        row.progress(),
                        read(row.artifacts(), ARTIFACTS),
                        read(row.buttons(), BUTTONS),
                        row.words(),
                        row.used() == null ? null : read(row.used(), USED),
                        row.fault() == null ? null : read(row.fault(), FAULT),
                        row.memo(),
                        row.details() == null ? Map.of() : read(row.details(), DETAILS)),
                new TaskBill(row.hold(), row.held(), row.priceVersion(), row.inputEstimate(), row.closed()),
                row.checks(),
                row.version(),
                Instant.ofEpochMilli(row.updatedAt()),
                row.finishedAt() == null ? null : Instant.ofEpochMilli(row.finishedAt()));
    }

    private static @Nullable String written(@Nullable Object value) {
        return value == null ? null : Json.write(value);
    }

    private static <T> T read(String json, TypeReference<T> type) {
        try {
            return Json.read(json, type);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a field of a task could not be read", e);
        }
    }
}

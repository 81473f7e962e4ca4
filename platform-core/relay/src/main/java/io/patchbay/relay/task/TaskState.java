package io.patchbay.relay.task;

import io.patchbay.billing.TokenUsage;
import io.patchbay.relay.record.ReportedUsage;
import io.patchbay.spi.Fault;
import io.patchbay.spi.FaultKind;
import io.patchbay.spi.task.Artifact;
import io.patchbay.spi.task.TaskButton;
import io.patchbay.spi.task.TaskNews;
import io.patchbay.spi.task.TaskPhase;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a task. It only ever moves forward, in whatever order news arrive and whoever brings them: a final
 * phase stays, phase and progress never fall, the upstream's id is set once, and a product is not replaced by a
 * preview.
 *
 * @param upstreamId the upstream's id, {@code null} while it is not known
 * @param progress in percent, 0 to 100, or −1 when nothing is known
 * @param text words that are a product themselves
 * @param used what the vendor said was consumed
 * @param fault set exactly when the phase is FAILED or CANCELLED
 * @param memo what the plugin wants to find again
 * @param details what was ordered, or what the upstream says of it: {@code seconds}, {@code size}
 */
public record TaskState(
        @Nullable String upstreamId,
        TaskPhase phase,
        int progress,
        List<Artifact> artifacts,
        List<TaskButton> buttons,
        @Nullable String text,
        @Nullable TokenUsage used,
        @Nullable TaskFault fault,
        String memo,
        Map<String, String> details) {
    private static final int MOST_MEMO = 16_000;
    private static final int MOST_TEXT = 100_000;
    private static final int MOST_PARTS = 64;
    private static final int MOST_DETAILS = 16;
    private static final int LONGEST_NAME = 40;
    private static final int LONGEST_DETAIL = 200;

    /** A task that was not yet handed in. */
    static final TaskState NEW =
            new TaskState(null, TaskPhase.QUEUED, -1, List.of(), List.of(), null, null, null, "", Map.of());

    public TaskState {
        artifacts = List.copyOf(artifacts);
        buttons = List.copyOf(buttons);
        details = Collections.unmodifiableMap(new LinkedHashMap<>(details));
    }

    /** Returns the state of a task that was not yet handed in, with what is known of it. */
    static TaskState ordered(Map<String, String> details) {
        return new TaskState(
                null, TaskPhase.QUEUED, -1, List.of(), List.of(), null, null, null, "", bounded(Map.of(), details));
    }

    /** Returns the state after these news, this very object when they change nothing. */
    TaskState merged(TaskNews news) {
        if (phase.isFinal()) {
            return this;
        }
        TokenUsage told = ReportedUsage.billed(news.usage());
        String id = upstreamId == null ? news.upstreamId() : upstreamId;
        boolean late = !news.phase().isFinal()
                && (news.phase().compareTo(phase) < 0 || (news.progress() >= 0 && news.progress() < progress));
        TaskState next = late
                ? new TaskState(id, phase, progress, artifacts, buttons, text, used, fault, memo, details)
                : new TaskState(
                        id,
                        news.phase(),
                        news.phase() == TaskPhase.SUCCEEDED ? 100 : Math.max(progress, news.progress()),
                        products(news.artifacts()),
                        news.buttons().isEmpty() ? buttons : first(news.buttons()),
                        news.text() == null || news.text().isEmpty() ? text : cut(news.text()),
                        told == null ? used : told,
                        reason(news),
                        news.memo() == null || news.memo().length() > MOST_MEMO ? memo : news.memo(),
                        bounded(details, news.details()));
        return next.equals(this) ? this : next;
    }

    private List<Artifact> products(List<Artifact> told) {
        boolean worse =
                told.stream().allMatch(Artifact::preview) && !artifacts.stream().allMatch(Artifact::preview);
        return told.isEmpty() || worse ? artifacts : first(told);
    }

    /** More than anybody looks at is not kept: rows are bounded. */
    private static <T> List<T> first(List<T> parts) {
        return parts.size() <= MOST_PARTS ? parts : parts.subList(0, MOST_PARTS);
    }

    private static Map<String, String> bounded(Map<String, String> known, Map<String, String> told) {
        if (told.isEmpty()) {
            return known;
        }
        Map<String, String> all = new LinkedHashMap<>(known);
        told.forEach((name, value) -> {
            boolean fits = name.length() <= LONGEST_NAME && value.length() <= LONGEST_DETAIL;
            if (fits && (all.size() < MOST_DETAILS || all.containsKey(name))) {
                all.put(name, value);
            }
        });
        return all;
    }

    private static String cut(String text) {
        return text.length() <= MOST_TEXT ? text : text.substring(0, MOST_TEXT);
    }

    private static @Nullable TaskFault reason(TaskNews news) {
        if (news.phase() != TaskPhase.FAILED && news.phase() != TaskPhase.CANCELLED) {
            return null;
        }
        Fault told = news.fault();
        if (told != null) {
            return TaskFault.of(told);
        }
        String words =
                news.phase() == TaskPhase.FAILED ? "the upstream failed to do the task" : "the task was cancelled";
        return TaskFault.of(Fault.of(FaultKind.UPSTREAM, words));
    }
}

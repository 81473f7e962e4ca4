package io.patchbay.spi.task;

import io.patchbay.spi.Fault;
import io.patchbay.spi.Usage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ProviderType;

/** What is known of a task at one moment. Later news replaces what it names and leaves the rest. Immutable. */
@ProviderType
public final class TaskNews {
    private final TaskPhase phase;
    private final @Nullable String upstreamId;
    private final int progress;
    private final List<Artifact> artifacts;
    private final List<TaskButton> buttons;
    private final Map<String, String> details;
    private final @Nullable String text;
    private final @Nullable Usage usage;
    private final @Nullable Fault fault;
    private final @Nullable String memo;
    private final @Nullable Duration checkAfter;

    private TaskNews(Builder builder) {
        this.phase = builder.phase;
        this.upstreamId = builder.upstreamId;
        this.progress = builder.progress;
        this.artifacts = List.copyOf(builder.artifacts);
        this.buttons = List.copyOf(builder.buttons);
        this.details = Collections.unmodifiableMap(new LinkedHashMap<>(builder.details));
        this.text = builder.text;
        this.usage = builder.usage;
        this.fault = builder.fault;
        this.memo = builder.memo;
        this.checkAfter = builder.checkAfter;
    }

    /** Returns a builder. */
    public static Builder builder(TaskPhase phase) {
        return new Builder(phase);
    }

    /** Returns news of a task that failed for that reason. */
    public static TaskNews failed(Fault fault) {
        return builder(TaskPhase.FAILED).fault(fault).build();
    }

    /** Returns how the task stands. */
    public TaskPhase phase() {
        return phase;
    }

    /** Returns the upstream's id of the task; wanted from the submit, later ones do not replace it. */
    public @Nullable String upstreamId() {
        return upstreamId;
    }

    /** Returns the progress in percent, 0 to 100, or −1 when nothing is known. */
    public int progress() {
        return progress;
    }

    /** Returns the products or previews so far. */
    public List<Artifact> artifacts() {
        return artifacts;
    }

    /** Returns what a user may do next. */
    public List<TaskButton> buttons() {
        return buttons;
    }

    /**
     * Returns what the upstream says of the work itself, by the names of OpenAI's videos: {@code seconds}, {@code size}.
     * Shown to the task's owner.
     */
    public Map<String, String> details() {
        return details;
    }

    /** Returns words that are a product themselves, such as the prompts of a described picture. */
    public @Nullable String text() {
        return text;
    }

    /** Returns what the task consumed, as the vendor counts it. */
    public @Nullable Usage usage() {
        return usage;
    }

    /** Returns why the task failed. */
    public @Nullable Fault fault() {
        return fault;
    }

    /** Returns what the plugin wants to find in the next {@link TaskRef}. */
    public @Nullable String memo() {
        return memo;
    }

    /** Returns when to ask again, or {@code null} for the host's own pace. */
    public @Nullable Duration checkAfter() {
        return checkAfter;
    }

    @Override
    public String toString() {
        return phase + (progress < 0 ? "" : " " + progress + "%") + (fault == null ? "" : " " + fault);
    }

    /** Collects news; not safe for use by several threads. */
    public static final class Builder {
        private final TaskPhase phase;
        private @Nullable String upstreamId;
        private int progress = -1;
        private final List<Artifact> artifacts = new ArrayList<>();
        private final List<TaskButton> buttons = new ArrayList<>();
        private final Map<String, String> details = new LinkedHashMap<>();
        private @Nullable String text;
        private @Nullable Usage usage;
        private @Nullable Fault fault;
        private @Nullable String memo;
        private @Nullable Duration checkAfter;

        private Builder(TaskPhase phase) {
            this.phase = Objects.requireNonNull(phase, "phase is null");
        }

        /** Sets the upstream's id. */
        public Builder upstreamId(@Nullable String value) {
            this.upstreamId = value;
            return this;
        }

        /** Sets the progress in percent; what is out of range is moved into it, negative stands for unknown. */
        public Builder progress(int value) {
            this.progress = Math.clamp(value, -1, 100);
            return this;
        }

        /** Adds a product or preview. */
        public Builder artifact(Artifact value) {
            artifacts.add(value);
            return this;
        }

        /** Adds something a user may do next. */
        public Builder button(TaskButton value) {
            buttons.add(value);
            return this;
        }

        /**
         * Adds something the upstream says of the work; {@code null} says nothing.
         *
         * @param name at most 40 characters, such as {@code seconds}
         * @param value at most 200 characters; longer ones are not kept
         */
        public Builder detail(String name, @Nullable String value) {
            if (value != null) {
                details.put(name, value);
            }
            return this;
        }

        /** Sets words that are a product themselves. */
        public Builder text(@Nullable String value) {
            this.text = value;
            return this;
        }

        /** Sets what the task consumed. */
        public Builder usage(@Nullable Usage value) {
            this.usage = value;
            return this;
        }

        /** Sets why the task failed. */
        public Builder fault(@Nullable Fault value) {
            this.fault = value;
            return this;
        }

        /** Sets what is to be remembered. */
        public Builder memo(@Nullable String value) {
            this.memo = value;
            return this;
        }

        /** Sets when to ask again. */
        public Builder checkAfter(@Nullable Duration value) {
            this.checkAfter = value;
            return this;
        }

        /** Returns the news. */
        public TaskNews build() {
            return new TaskNews(this);
        }
    }
}

package io.patchbay.toolkit.openai;

import io.patchbay.dialects.fault.FaultReader;
import io.patchbay.spi.Fault;
import io.patchbay.spi.FaultKind;
import io.patchbay.spi.http.Answer;
import io.patchbay.spi.json.JsonObject;
import io.patchbay.spi.json.JsonValue;
import io.patchbay.spi.task.Artifact;
import io.patchbay.spi.task.TaskNews;
import io.patchbay.spi.task.TaskPhase;
import java.math.BigDecimal;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Reads the video object of {@code /v1/videos}, also in the words of servers that copy the route for other vendors. */
final class VideoReport {
    private VideoReport() {}

    /** Returns what an order came to, or {@code null} when the answer tells no video that could be asked for. */
    static @Nullable TaskNews begun(Answer answer) {
        TaskNews news = of(answer);
        return news == null || (news.upstreamId() == null && !news.phase().isFinal()) ? null : news;
    }

    /** Returns how a video stands, or {@code null} when the answer is no video. */
    static @Nullable TaskNews of(Answer answer) {
        if (!(answer.json() instanceof JsonObject video)) {
            return null;
        }
        TaskPhase phase = phase(video.string("status", "").toLowerCase(Locale.ROOT));
        if (phase == null) {
            return null;
        }
        TaskNews.Builder news = TaskNews.builder(phase)
                .upstreamId(text(video, "id"))
                .progress(phase == TaskPhase.SUCCEEDED ? 100 : progress(video))
                .detail("seconds", text(video, "seconds"))
                .detail("size", text(video, "size"));
        if (phase == TaskPhase.SUCCEEDED) {
            news.artifact(Artifact.atUpstream("video", "video", "video/mp4"));
        } else if (phase.isFinal()) {
            news.fault(fault(video));
        }
        return news.build();
    }

    private static @Nullable TaskPhase phase(String status) {
        return switch (status) {
            case "queued", "pending", "submitted", "created" -> TaskPhase.QUEUED;
            case "in_progress", "running", "processing" -> TaskPhase.RUNNING;
            case "completed", "succeeded", "success" -> TaskPhase.SUCCEEDED;
            case "failed", "expired", "error" -> TaskPhase.FAILED;
            case "cancelled", "canceled" -> TaskPhase.CANCELLED;
            default -> null;
        };
    }

    private static @Nullable String text(JsonObject video, String name) {
        JsonValue value = video.get(name);
        String text = value == null ? null : value.scalarText();
        return text == null || text.isEmpty() ? null : text;
    }

    private static int progress(JsonObject video) {
        JsonValue value = video.get("progress");
        BigDecimal number = value == null ? null : value.number();
        return number == null ? -1 : Math.clamp(Math.round(number.doubleValue()), 0, 100);
    }

    private static Fault fault(JsonObject video) {
        JsonValue error = video.get("error");
        return error == null || error.isNull()
                ? Fault.of(FaultKind.UPSTREAM, "the upstream did not make the video and told no reason")
                : FaultReader.inBand(error);
    }
}

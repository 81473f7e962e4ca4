package io.patchbay.relay.task;

import io.patchbay.spi.Fault;
import io.patchbay.spi.task.Artifact;
import io.patchbay.spi.task.TaskNews;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** News with one thing changed. */
public final class TaskNewsCopy {
    private TaskNewsCopy() {}

    /** Returns these news with their fault run through that operator, to strip what nobody must read. */
    public static TaskNews cleaned(TaskNews news, UnaryOperator<Fault> cleaning) {
        Fault fault = news.fault();
        return fault == null ? news : copy(news, news.artifacts(), cleaning.apply(fault));
    }

    /** Returns these news with other products. */
    static TaskNews with(TaskNews news, List<Artifact> artifacts) {
        return copy(news, artifacts, news.fault());
    }

    private static TaskNews copy(TaskNews news, List<Artifact> artifacts, @Nullable Fault fault) {
        TaskNews.Builder builder = TaskNews.builder(news.phase())
                .upstreamId(news.upstreamId())
                .progress(news.progress())
                .text(news.text())
                .usage(news.usage())
                .fault(fault)
                .memo(news.memo())
                .checkAfter(news.checkAfter());
        artifacts.forEach(builder::artifact);
        news.buttons().forEach(builder::button);
        news.details().forEach(builder::detail);
        return builder.build();
    }
}
